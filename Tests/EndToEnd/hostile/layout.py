"""Where in a file its parts begin and which fields say how long they are: the places where damage hurts most."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A piece of a file, and the field that says its length: where it is and how `struct` writes it."""

    start: int
    end: int
    field: int
    form: str


def parts(kind: str, data: bytes) -> list[Part]:
    """The parts of a file of a kind such as `png-alpha`."""
    walk = {"png": png, "jpeg": jpeg, "webp": riff, "gif": gif, "tiff": tiff, "heic": boxes, "avif": boxes}
    return list(walk[kind.partition("-")[0]](data))


def png(data: bytes) -> Iterator[Part]:
    place = 8
    while place + 12 <= len(data):
        end = place + 12 + struct.unpack_from(">I", data, place)[0]
        yield Part(place, end, place, ">I")
        place = end


def jpeg(data: bytes) -> Iterator[Part]:
    """The segments up to the end; what is between scans belongs to the scan before."""
    place = 2
    while place + 4 <= len(data):
        if data[place] != 0xFF or data[place + 1] in (0, 0xFF, *range(0xD0, 0xD9)):
            place += 1
            continue
        if data[place + 1] == 0xD9:
            return
        end = place + 2 + struct.unpack_from(">H", data, place + 2)[0]
        yield Part(place, end, place + 2, ">H")
        place = end


def riff(data: bytes, place: int = 12, end: int | None = None) -> Iterator[Part]:
    if place == 12:
        yield Part(0, len(data), 4, "<I")
    while place + 8 <= (end or len(data)):
        length = struct.unpack_from("<I", data, place + 4)[0]
        yield Part(place, place + 8 + length + length % 2, place + 4, "<I")
        if data[place : place + 4] == b"ANMF":
            yield from riff(data, place + 24, place + 8 + length)
        place += 8 + length + length % 2


def gif(data: bytes) -> Iterator[Part]:
    place = 13 + (3 << (data[10] & 7) + 1 if data[10] & 0x80 else 0)
    while place < len(data) and data[place] != 0x3B:
        start = place
        if data[place] == 0x2C:
            flags = data[place + 9]
            place += 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
        else:
            place += 2
        field = place
        while data[place]:
            place += data[place] + 1
        place += 1
        yield Part(start, place, field, "<B")


def tiff(data: bytes) -> Iterator[Part]:
    """The entries of all directories, each with its count as its length."""
    order = "<" if data[:2] == b"II" else ">"
    big = data[2:4] in (b"+\0", b"\0+")
    word, number, size = ("Q", "Q", 20) if big else ("H", "I", 12)
    place = struct.unpack_from(order + number, data, 8 if big else 4)[0]
    while place:
        count = struct.unpack_from(order + word, data, place)[0]
        place += struct.calcsize(word)
        for entry in range(place, place + count * size, size):
            yield Part(entry, entry + size, entry + 4, order + number)
            yield Part(entry, entry + size, entry + size - struct.calcsize(number), order + number)
        place += count * size
        yield Part(place, place + struct.calcsize(number), place, order + number)
        place = struct.unpack_from(order + number, data, place)[0]


# Boxes with boxes inside, and how many bytes come before those.
NESTS = {b"meta": 4, b"iprp": 0, b"ipco": 0, b"iinf": 6, b"moov": 0, b"trak": 0, b"mdia": 0, b"minf": 0, b"stbl": 0}


def boxes(data: bytes, place: int = 0, end: int | None = None) -> Iterator[Part]:
    end = len(data) if end is None else end
    while place + 8 <= end:
        length, name = struct.unpack_from(">I4s", data, place)
        stop = place + length if length >= 8 else end
        yield Part(place, stop, place, ">I")
        if name in NESTS:
            yield from boxes(data, place + 8 + NESTS[name], stop)
        elif name in (b"iloc", b"ispe", b"pitm", b"ipma", b"stsz", b"stco", b"hvcC", b"av1C"):
            for field in range(place + 8, min(stop, place + 72) - 3, 4):
                yield Part(place, stop, field, ">I")
        place = stop
