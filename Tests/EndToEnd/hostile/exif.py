"""EXIF written by hand, so that it can say what no encoder would write (EXIF 2.32, section 4.6)."""

from __future__ import annotations

import random
import struct

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}
Field = tuple[int, int, int, bytes]  # tag, type, count, values


def ascii_field(tag: int, text: bytes) -> Field:
    return tag, 2, len(text) + 1, text + b"\0"


def rationals(tag: int, *pairs: tuple[int, int], signed: bool = False) -> Field:
    values = b"".join(struct.pack("<ii" if signed else "<II", *pair) for pair in pairs)
    return tag, 10 if signed else 5, len(pairs), values


def directory(fields: list[Field], place: int, following: int = 0) -> bytes:
    """A directory at `place` with its values behind it."""
    entries, values = b"", b""
    behind = place + 2 + 12 * len(fields) + 4
    for tag, kind, count, data in sorted(fields, key=lambda field: field[0]):
        if len(data) > 4:
            data, values = struct.pack("<I", behind + len(values)), values + data
        entries += struct.pack("<HHI", tag, kind, count) + data.ljust(4, b"\0")
    return struct.pack("<H", len(fields)) + entries + struct.pack("<I", following) + values


def exif(main: list[Field], taking: list[Field], gps: list[Field], following: int = 0) -> bytes:
    """The three directories with EXIF's introduction."""
    pointers = [(0x8769, 4, 1, b"\0" * 4), (0x8825, 4, 1, b"\0" * 4)]
    second = 8 + len(directory(main + pointers, 8))
    third = second + len(directory(taking, second))
    pointers = [(0x8769, 4, 1, struct.pack("<I", second)), (0x8825, 4, 1, struct.pack("<I", third))]
    return b"Exif\0\0II*\0\x08\0\0\0" + directory(main + pointers, 8, following) + directory(taking, second) \
        + directory(gps, third)


def place(latitude: Field, longitude: Field) -> list[Field]:
    return [ascii_field(1, b"N"), latitude, ascii_field(3, b"E"), longitude]


HONEST = exif(
    [ascii_field(0x010F, b"Maker"), ascii_field(0x0110, b"Model 1"), (0x0112, 3, 1, b"\x06\0")],
    [ascii_field(0x9003, b"2024:05:01 18:30:00")],
    place(rationals(2, (52, 1), (22, 1), (12, 1)), rationals(4, (4, 1), (53, 1), (42, 1))))


# What an encoder takes without a second look, to write hostile bytes of the same length over it afterwards.
EMPTY = exif([], [], [])


def hostile(chance: random.Random) -> bytes:
    """EXIF that says impossible things in valid fields, valid things in impossible fields, or nonsense."""
    huge = 0xFFFFFFFF
    some = chance.choice
    number = lambda: some([0, 1, 2, 0x7FFFFFFF, 0x80000000, huge, chance.getrandbits(32)])
    text = lambda: some([
        b"", b"\0" * 40, b"A" * 60_000, b"\xff\xfe\xfd" * 20, b"\xff" * 30_000,
        "é\u202e\u0000ü".encode() * 9, b"2024:99:99 25:61:61",
        b"<script>alert(1)</script>", b"'; DROP TABLE photos; --", b"\n\r\t\x1b[31m", b"../../../etc/passwd"])
    angle = lambda tag: some([
        rationals(tag, (1, 0), (1, 0), (1, 0)), rationals(tag, (0, 0), (0, 0), (0, 0)),
        rationals(tag, *[(number(), number()) for _ in range(some([1, 2, 3, 4, 300]))]),
        rationals(tag, (-1, 1), (2**31 - 1, -1), (-(2**31), 1), signed=True),
        ascii_field(tag, b"52 22 12"), (tag, 5, 3, b"\xff" * 4), (tag, some([0, 6, 12, 13, 0xFFFF]), 3, b"\0" * 24)])
    made = bytearray(exif(
        [ascii_field(0x010F, text()[:30_000]), ascii_field(0x0110, text()[:30_000]),
         (0x0112, 3, 1, struct.pack("<H", some([0, 1, 5, 6, 8, 9, 255, 65535]))), ascii_field(0x0132, text()[:1000])],
        [ascii_field(tag, text()[:500]) for tag in (0x9003, 0x9011, 0x927C, 0x9286)],
        place(angle(2), angle(4)) + [rationals(6, (number(), number())), (5, 1, 1, bytes([some([0, 1, 255])]))],
        following=some([0, 8, 0, huge])))
    if chance.random() < 0.5:
        # Counts, types and offsets of the first entries that lead anywhere.
        for _ in range(chance.randint(1, 6)):
            entry = 16 + 12 * chance.randrange(0, 6)
            where, form = some([(entry + 2, "<H"), (entry + 4, "<I"), (entry + 8, "<I"), (10, "<I"), (14, "<H")])
            struct.pack_into(form, made, where, number() & (0xFFFF if form == "<H" else huge))
    return bytes(made[:65_000])
