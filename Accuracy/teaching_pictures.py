"""The pictures on which teaching is measured, found by their content wherever they lie.

They come from packages of Debian 12, whose files need not be installed (`apt-get download`, `dpkg-deb -x`), and from the
folder of test pictures. The pictures of GCompris lie in resource files of Qt, which are read here.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGES = ["gcompris-qt-data", "gimp-help-en", "gnome-backgrounds", "lomiri-wallpapers-16.04", "lomiri-wallpapers-20.04",
            "mate-backgrounds", "opencv-doc", "plasma-workspace-wallpapers", "tuxpaint-stamps-default", "ukui-wallpapers"]
TRUTH = Path(__file__).with_name("teaching_truth.json")
DIGITS = 16
ENDINGS = {".avif", ".gif", ".heic", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}


@dataclass(frozen=True)
class Truth:
    """What a person saw: by label, the pictures that have it and those on which one may differ."""

    pictures: frozenset[str]
    yes: dict[str, frozenset[str]]
    unsure: dict[str, frozenset[str]]

    @classmethod
    def load(cls) -> Truth:
        groups = json.loads(TRUTH.read_text())["groups"]
        pictures = {tuple(group["photos"].split()): group for group in groups}

        def having(kind: str) -> dict[str, frozenset[str]]:
            labels = sorted({label for group in groups for label in group["yes"]})
            return {label: frozenset(photo for photos, group in pictures.items() if label in group[kind]
                                     for photo in photos) for label in labels}

        return cls(frozenset(photo for photos in pictures for photo in photos), having("yes"), having("unsure"))


def found(folders: list[Path], wanted: frozenset[str]) -> dict[str, bytes]:
    """The wanted pictures below the folders, by the first digits of their SHA-256."""
    pictures: dict[str, bytes] = {}
    for folder in folders:
        for data in contents(folder):
            digits = hashlib.sha256(data).hexdigest()[:DIGITS]
            if digits in wanted:
                pictures[digits] = data
    return pictures


def contents(folder: Path) -> Iterator[bytes]:
    """What each picture below a folder holds, those in resource files among them."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in ENDINGS and path.is_file():
            yield path.read_bytes()
        elif path.suffix == ".rcc":
            yield from resources(path.read_bytes())


def resources(data: bytes) -> Iterator[bytes]:
    """The files in a resource file of Qt (qresource.cpp): a tree of entries of fixed size, and their contents."""
    magic, version, tree, contents = struct.unpack_from(">4sIII", data)
    if magic != b"qres":
        return
    size = 22 if version >= 2 else 14
    waiting = [0]
    while waiting:
        entry = tree + size * waiting.pop()
        flags, first, second = struct.unpack_from(">HII", data, entry + 4)
        if flags & 2:
            waiting += range(second, second + first)
        elif not flags & 4:
            (place,) = struct.unpack_from(">I", data, entry + 10)
            (length,) = struct.unpack_from(">I", data, contents + place)
            body = data[contents + place + 4:contents + place + 4 + length]
            yield zlib.decompress(body[4:]) if flags & 1 else body
