"""What tests make up: files as a browser hands them over, pictures of a plain colour, and findings."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import JSHandle, Page, Route

TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".txt": "text/plain"}


def plain_png(red: int, green: int, blue: int, side: int = 32) -> bytes:
    """A PNG of one colour (PNG specification, §5 and §9)."""
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = (b"\0" + bytes([red, green, blue]) * side) * side
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def transfer(page: Page, *paths: Path) -> JSHandle:
    """Files as a drop or a paste carries them."""
    files = [{"name": path.name, "type": TYPES[path.suffix], "bytes": list(path.read_bytes())} for path in paths]
    return page.evaluate_handle(
        """files => {
            const transfer = new DataTransfer();
            for (const { name, type, bytes } of files) {
                transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
            }
            return transfer;
        }""", files)


def turned(jpeg: bytes, orientation: int) -> bytes:
    """A JPEG that says how it is to be turned: an Exif segment with tag 0x0112 alone (Exif 2.3, §4.5 and §4.6)."""
    tiff = struct.pack(">2sHLHHHLHHL", b"MM", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    exif = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:]


def amend(page: Page, change: Callable[[Any], None]) -> None:
    """What the server says of photos, with something else in it."""

    def answer(route: Route) -> None:
        response = route.fetch()
        document = response.json()
        for photo in document.get("photos", [document]):
            change(photo)
        route.fulfill(response=response, json=document)

    page.route(re.compile(r"/api/v1/photos(/[0-9a-f-]+)?\?"), answer)
    # What the page was told before, as things happened, is not amended: it has to begin anew.
    page.goto("about:blank")
