"""The names of parts, which say what a part is: false ones lead a decoder into code that never saw such bytes."""

from __future__ import annotations

import random
import re
import struct

from .layout import parts

# Names in HEIC and AVIF files: items, references, properties and boxes (ISO/IEC 23008-12).
ITEMS = [b"hvc1", b"av01", b"grid", b"iden", b"iovl", b"Exif", b"mime", b"auxl", b"dimg", b"thmb", b"cdsc", b"pict",
         b"hvcC", b"av1C", b"ispe", b"pixi", b"irot", b"imir", b"clap", b"colr", b"pasp", b"auxC", b"iref", b"idat"]


def false_names(chance: random.Random, kind: str, data: bytes) -> bytes:
    """Parts that are called what they are not, and references from items to themselves."""
    made = bytearray(data)
    form = kind.partition("-")[0]
    for _ in range(chance.choice([1, 1, 2, 4])):
        if form in ("heic", "avif"):
            place = chance.choice([found.start() for found in re.finditer(b"|".join(ITEMS), made)] or [4])
            made[place : place + 4] = chance.choice(ITEMS)
            if (references := made.find(b"iref")) > 0 and chance.random() < 0.5:
                struct.pack_into(">HHH", made, references + 16, *chance.choices([0, 1, 2, 3, 0xFFFF], k=3))
            continue
        first, second = chance.choice(parts(kind, data)), chance.choice(parts(kind, data))
        place, size = {"png": (4, 4), "webp": (0, 4), "jpeg": (1, 1), "gif": (0, 2), "tiff": (0, 4)}[form]
        name = data[second.start + place : second.start + place + size]
        if form == "jpeg" and chance.random() < 0.5:
            name = bytes([chance.randrange(0xC0, 0xFF)])
        if form == "tiff" and chance.random() < 0.7:
            # Its type; or a tag of EXIF, of tiles, of compressions, of private use.
            place, size = chance.choice([(0, 2), (2, 2)])
            name = struct.pack("<H", chance.choice([0, 1, 2, 3, 4, 5, 12, 16, 17, 259, 262, 317, 322, 330, 347, 34665]))
        made[first.start + place : first.start + place + size] = name
    return bytes(made)
