"""Pictures that the tests make themselves."""

import struct
import zlib


def png(width: int, height: int, seed: int = 0) -> bytes:
    """A PNG of coloured noise in stripes: large ones take the decoder a while, and no two seeds give the same bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(1)
    rows = bytearray()
    for y in range(height):
        value = (y * 7 + seed * 31) % 256
        rows += packer.compress(b"\x00" + bytes([value, (value * 3) % 256, seed % 256]) * width)
    rows += packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", bytes(rows)) + chunk(b"IEND", b"")
