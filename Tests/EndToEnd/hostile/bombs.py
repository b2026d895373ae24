"""Small files that unpack to more than anybody has: in pixels, in frames, or in one long chain."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable

from PIL import Image


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def zeros(count: int) -> bytes:
    """So many zeros, deflated."""
    packer = zlib.compressobj(9)
    block = bytes(1 << 20)
    pieces = [packer.compress(block) for _ in range(count >> 20)]
    return b"".join(pieces) + packer.compress(bytes(count & 0xFFFFF)) + packer.flush()


# Where the passes of an interlaced PNG begin, and their steps (PNG, third edition, section 8.1).
ADAM7 = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]


def png(width: int, height: int, depth: int = 1, colour: int = 0, extra: bytes = b"", interlaced: int = 0) -> bytes:
    """A complete PNG, all black."""
    bits = depth * {0: 1, 2: 3, 6: 4}[colour]
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    data = zeros(sum(
        -(-(height - y) // down) * (1 + (-(-(width - x) // right) * bits + 7) // 8)
        for x, y, right, down in (ADAM7 if interlaced else [(0, 0, 1, 1)])))
    head = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header)
    return head + extra + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")


def tiff(
    width: int, height: int, rows: int, samples: int = 1, depth: int = 8, following: int = 0, maker: bytes = b"",
) -> bytes:
    """A TIFF whose strips are all the same deflated bytes."""
    strips = -(-height // rows)
    packed = zeros(rows * width * samples * depth // 8)
    values = 8 + len(packed) + len(packed) % 2
    shape = struct.pack(f"<{samples}H", *[depth] * samples).ljust(8, b"\0")
    offsets, counts = struct.pack(f"<{strips}I", *[8] * strips), struct.pack(f"<{strips}I", *[len(packed)] * strips)
    place = values + len(shape) + len(offsets) + len(counts) + len(maker)
    first = values + len(shape)
    fields = [
        (256, 4, 1, width), (257, 4, 1, height),
        (258, 3, samples, values if samples > 2 else depth), (259, 3, 1, 8), (262, 3, 1, 2 if samples > 2 else 1),
        *([(271, 2, len(maker), place - len(maker))] if maker else []),
        (273, 4, strips, first if strips > 1 else 8), (277, 3, 1, samples), (278, 4, 1, rows),
        (279, 4, strips, first + len(offsets) if strips > 1 else len(packed)), (284, 3, 1, 1)]
    entries = b"".join(struct.pack("<HHII", *field) for field in fields)
    return struct.pack("<2sHI", b"II", 42, place) + packed.ljust(values - 8, b"\0") + shape + offsets + counts + maker \
        + struct.pack("<H", len(fields)) + entries + struct.pack("<I", place if following else 0)


def gif(frames: int, width: int = 1, height: int = 1) -> bytes:
    """An animation of frames that each clear one pixel of a large screen."""
    frame = b"\x21\xf9\x04\x08\0\0\0\0" + struct.pack("<BHHHHB", 0x2C, 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff" + frame * frames + b"\x3b"


def encoded(form: str, size: tuple[int, int], mode: str = "L", frames: int = 1, **options: object) -> bytes:
    image = Image.new(mode, size)
    if frames > 1:
        others = [Image.new(mode, size, turn % 250) for turn in range(1, frames)]
        options |= {"save_all": True, "append_images": others}
    file = io.BytesIO()
    image.save(file, form, **options)
    return file.getvalue()


def claimed(data: bytes, side: int) -> bytes:
    """A HEIC or AVIF file that says so many pixels a side in every `ispe` box."""
    pieces = data.split(b"ispe")
    return b"ispe".join(pieces[:1] + [piece[:4] + struct.pack(">II", side, side) + piece[12:] for piece in pieces[1:]])


def webp_canvas(data: bytes, side: int) -> bytes:
    """An extended WebP file that says so many pixels a side."""
    canvas = (side - 1).to_bytes(3, "little") * 2
    return data[:24] + canvas + data[30:] if data[12:16] == b"VP8X" else data


def scans(jpeg: bytes, count: int) -> bytes:
    """A progressive JPEG whose last scan comes so many times: each goes over all pixels again."""
    last = jpeg.rfind(b"\xff\xda")
    return jpeg[:last] + jpeg[last:-2] * count + jpeg[-2:]


def text_chunks(count: int) -> bytes:
    """Compressed texts of a megabyte each, in a PNG's chunk."""
    return png_chunk(b"zTXt", b"a\0\0" + zeros(1 << 20)) * count


# The name of each bomb and how to make it. Those below 100 megapixels pass the first check and must be borne.
BOMBS: dict[str, Callable[[dict[str, bytes]], bytes]] = {
    "png-30000": lambda good: png(30_000, 30_000),
    "png-100-megapixels": lambda good: png(10_000, 10_000),
    "png-deep": lambda good: png(7_000, 7_000, 16, 6),
    "png-deep-interlaced": lambda good: png(7_000, 7_000, 16, 6, interlaced=1),
    "png-deep-interlaced-large": lambda good: png(10_000, 10_000, 16, 6, interlaced=1),
    "png-wide": lambda good: png(50_000_000, 1, 8),
    "png-tall": lambda good: png(1, 5_000_000, 8),
    "png-texts": lambda good: png(64, 64, 8, extra=text_chunks(400)),
    "png-profile": lambda good: png(
        64, 64, 8, 2, extra=png_chunk(b"iCCP", b"a\0\0" + zeros(300 << 20))),
    "tiff-30000": lambda good: tiff(30_000, 30_000, 100),
    "tiff-one-strip": lambda good: tiff(9_900, 9_900, 9_900, 3),
    "tiff-many-strips": lambda good: tiff(4, 20_000_000, 40),
    "tiff-deep": lambda good: tiff(7_000, 7_000, 500, 4, 16),
    "tiff-bands": lambda good: tiff(3_000, 3_000, 2, 1_000),
    "tiff-maker-without-end": lambda good: tiff(64, 64, 8, maker=b"\xff" * 1_000_000),
    "tiff-itself-next": lambda good: tiff(64, 64, 8, following=1),
    "webp-98-megapixels": lambda good: encoded("WEBP", (9_900, 9_900), "RGB", method=0, quality=1),
    "webp-claims-16777216": lambda good: webp_canvas(good["webp-lossy"], 1 << 24),
    "webp-frames": lambda good: encoded("WEBP", (16, 16), "RGB", 3_000, lossless=True, allow_mixed=False, kmax=1),
    "avif-claims-30000": lambda good: claimed(good["avif-plain"], 30_000),
    "avif-9900": lambda good: encoded("AVIF", (9_900, 9_900), "L", quality=1, speed=10),
    "heic-claims-30000": lambda good: claimed(good["heic-plain"], 30_000),
    "heic-claims-9900": lambda good: claimed(good["heic-plain"], 9_900),
    "jpeg-65500": lambda good: encoded("JPEG", (65_500, 1_500), quality=1),
    "jpeg-progressive": lambda good: encoded("JPEG", (9_900, 9_900), "RGB", quality=1, progressive=True, subsampling=0),
    "jpeg-scans": lambda good: scans(
        encoded("JPEG", (9_900, 9_900), quality=1, progressive=True), 20_000),
    "gif-frames": lambda good: gif(200_000, 100, 100),
    "gif-large-screen": lambda good: gif(1, 65_535, 65_535),
    "gif-98-megapixels": lambda good: encoded("GIF", (9_900, 9_900), "P"),
    "apng-frames": lambda good: png(
        64, 64, 8, extra=png_chunk(b"acTL", struct.pack(">II", 0xFFFFFFFF, 0))),
}


def bomb(chance: random.Random, good: dict[str, bytes]) -> tuple[str, bytes]:
    """Any bomb, some of them cut off somewhere."""
    name = chance.choice(list(BOMBS))
    data = made(name, good)
    return (name, data) if chance.random() < 0.7 else (f"{name}, cut", data[: chance.randrange(40, len(data))])


_made: dict[str, bytes] = {}


def made(name: str, good: dict[str, bytes]) -> bytes:
    """A bomb; each is made once."""
    if name not in _made:
        _made[name] = BOMBS[name](good)
    return _made[name]
