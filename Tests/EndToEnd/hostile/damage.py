"""What happens to bytes: on disks and lines by chance, and by people who aim at the fields that steer a decoder."""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable

from .layout import parts

Damage = Callable[[random.Random, str, bytes], bytes]


def flips(chance: random.Random, data: bytes, start: int, end: int, most: int) -> bytes:
    made = bytearray(data)
    for _ in range(chance.randint(1, most)):
        made[chance.randrange(start, min(end, len(made)))] ^= 1 << chance.randrange(8)
    return bytes(made)


def flip_header(chance: random.Random, kind: str, data: bytes) -> bytes:
    return flips(chance, data, chance.choice([0, 12]), 200, 6)


def flip_body(chance: random.Random, kind: str, data: bytes) -> bytes:
    return flips(chance, data, 200, len(data), chance.choice([1, 4, 30, 300]))


def cut_anywhere(chance: random.Random, kind: str, data: bytes) -> bytes:
    return data[: chance.randrange(1, len(data))]


def cut_between_parts(chance: random.Random, kind: str, data: bytes) -> bytes:
    part = chance.choice(parts(kind, data))
    place = chance.choice([part.start, part.field, part.end]) + chance.choice([0, 0, 1])
    return data[: max(1, min(len(data) - 1, place))]


def blocks(chance: random.Random, kind: str, data: bytes) -> bytes:
    """A block removed, repeated, zeroed, or filled with noise, as bad disks and interrupted copies do it."""
    start = chance.randrange(len(data))
    block = data[start : start + chance.choice([1, 16, 512, 4096])]
    instead = chance.choice([b"", block * chance.randint(2, 9), bytes(len(block)), chance.randbytes(len(block))])
    return data[:start] + instead + data[start + len(block) :]


def shuffled_parts(chance: random.Random, kind: str, data: bytes) -> bytes:
    """Parts left out, doubled, or in another order."""
    found = parts(kind, data)
    first, second = chance.choice(found), chance.choice(found)
    piece = data[first.start : first.end]
    rest = data[: first.start] + data[first.end :] if chance.random() < 0.6 else data
    if chance.random() < 0.3:
        return rest
    return rest[: second.start] + piece * chance.choice([1, 1, 2, 500]) + rest[second.start :]


def lengths(chance: random.Random, kind: str, data: bytes) -> bytes:
    """Length fields, offsets and counts that say too much, too little, or nothing."""
    made = bytearray(data)
    found = parts(kind, data)
    for _ in range(chance.choice([1, 1, 2, 5])):
        part = chance.choice(found)
        most = (1 << 8 * struct.calcsize(part.form)) - 1
        said = struct.unpack_from(part.form, made, part.field)[0]
        lie = chance.choice([
            0, 1, most, most // 2, most // 2 + 1, said + 1, said - 1, said * 2, said + 2**16, len(data), part.start,
            chance.randint(0, most)])
        struct.pack_into(part.form, made, part.field, lie & most)
    return bytes(made)


def with_checksums(kind: str, data: bytes) -> bytes:
    """The file with the right checksums, where its format has any."""
    made = bytearray(data)
    for part in parts(kind, data) if kind.startswith("png") else []:
        struct.pack_into(">I", made, part.end - 4, zlib.crc32(made[part.start + 4 : part.end - 4]))
    return bytes(made)


def checked_png(chance: random.Random, kind: str, data: bytes) -> bytes:
    """Flips inside a PNG's chunks with checksums that are right, so that the decoder believes them."""
    made = bytearray(data)
    part = chance.choice([part for part in parts(kind, data) if part.end - part.start > 12])
    for _ in range(chance.randint(1, 8)):
        made[chance.randrange(part.start + 8, part.end - 4)] ^= 1 << chance.randrange(8)
    return with_checksums(kind, bytes(made))


def sizes(chance: random.Random, kind: str, data: bytes) -> bytes:
    """Width and height that are none, enormous, or swapped for something else."""
    made = bytearray(data)

    def side(most: int) -> int:
        return min(most, chance.choice([0, 1, 2, 3, 255, 319, 321, 4_000, 9_999, 30_000, 65_535, 2**31 - 1, 2**32 - 1]))

    form = kind.partition("-")[0]
    if form == "png":
        struct.pack_into(">II", made, 16, side(2**32 - 1), side(2**32 - 1))
        struct.pack_into(">I", made, 29, zlib.crc32(made[12:29]))
    elif form == "gif":
        frame = chance.choice([None, *[part.start for part in parts(kind, data) if made[part.start] == 0x2C]])
        struct.pack_into("<HH", made, 6 if frame is None else frame + 5, side(65_535), side(65_535))
    elif form == "jpeg":
        for part in parts(kind, data):
            if made[part.start + 1] in (0xC0, 0xC1, 0xC2):
                struct.pack_into(">HH", made, part.start + 5, side(65_535), side(65_535))
    elif form == "tiff":
        entries = [part for part in parts(kind, data) if part.end - part.start in (12, 20)]
        for part in chance.sample(entries, min(len(entries), 6)):
            if struct.unpack_from("<H", made, part.start)[0] in (256, 257, 258, 277, 278, 322, 323):
                struct.pack_into("<I", made, part.end - (4 if part.form == "<I" else 8), side(2**32 - 1))
        part = chance.choice([part for part in entries if made[part.start : part.start + 2] in (b"\0\1", b"\1\1")])
        struct.pack_into("<HI", made, part.start + 2, 4, 1)
        struct.pack_into("<I", made, part.end - (4 if part.form == "<I" else 8), side(2**32 - 1))
    elif form == "webp":
        if data[12:16] == b"VP8X":
            made[24:30] = b"".join(side(0xFFFFFF).to_bytes(3, "little") for _ in range(2))
        if (lossy := data.find(b"\x9d\x01\x2a")) > 0 and chance.random() < 0.6:
            struct.pack_into("<HH", made, lossy + 3, side(65_535), side(65_535))
    else:
        for part in parts(kind, data):
            if data[part.start + 4 : part.start + 8] == b"ispe" and chance.random() < 0.7:
                struct.pack_into(">II", made, part.start + 12, side(2**32 - 1), side(2**32 - 1))
    return bytes(made)


def loops(chance: random.Random, kind: str, data: bytes) -> bytes:
    """TIFF directories that lead back to themselves, to each other, or out of the file."""
    made = bytearray(data)
    ends = [part for part in parts(kind, data) if part.start == part.field]
    head = ends[0].start
    for part in ends:
        target = chance.choice([struct.unpack_from("<I", data, 4)[0], part.start, head, 1, 8, len(data) - 1, 2**32 - 2])
        struct.pack_into(part.form, made, part.field, target)
    if chance.random() < 0.3:
        first = chance.choice([0, 1, 4, len(data), len(data) - 3, 2**32 - 1])
        struct.pack_into("<I", made, 8 if data[2] == 43 else 4, first)
    return bytes(made)
