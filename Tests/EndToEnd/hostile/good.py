"""Good files of every accepted format, made from one photo: what mutations begin with."""

from __future__ import annotations

import io
import struct
from functools import lru_cache
from pathlib import Path
from typing import Any

import pillow_heif
from PIL import Image, ImageCms

from .exif import HONEST

pillow_heif.register_heif_opener()

# What Pillow is told for each kind; the name before the dash is the format.
RECIPES: dict[str, dict[str, Any]] = {
    "jpeg-baseline": {"quality": 85, "exif": HONEST, "icc": True},
    "jpeg-progressive": {"quality": 85, "progressive": True, "subsampling": 0},
    "jpeg-restarts": {"quality": 70, "restart_marker_rows": 1},
    "jpeg-grey": {"mode": "L", "quality": 85},
    "jpeg-cmyk": {"mode": "CMYK", "quality": 85},
    "png-colour": {"exif": HONEST, "icc": True},
    "png-alpha": {"mode": "RGBA"},
    "png-palette": {"mode": "P"},
    "png-deep": {"mode": "I;16"},
    "png-animated": {"frames": 3},
    "webp-lossy": {"quality": 80, "exif": HONEST, "icc": True},
    "webp-lossless": {"mode": "RGBA", "lossless": True},
    "webp-animated": {"frames": 3, "quality": 60},
    "heic-plain": {"format": "HEIF", "quality": 70, "exif": HONEST},
    "heic-alpha": {"format": "HEIF", "mode": "RGBA", "quality": 70},
    "avif-plain": {"quality": 60, "speed": 9, "exif": HONEST, "icc": True},
    "avif-alpha": {"mode": "RGBA", "quality": 60, "speed": 9},
    "avif-animated": {"frames": 3, "quality": 50, "speed": 10},
    "tiff-plain": {"icc": True},
    "tiff-lzw": {"compression": "tiff_lzw"},
    "tiff-deflate": {"compression": "tiff_adobe_deflate", "mode": "RGBA"},
    "tiff-jpeg": {"compression": "jpeg"},
    "tiff-fax": {"mode": "1", "compression": "group4"},
    "tiff-pages": {"frames": 3, "compression": "tiff_lzw"},
    "tiff-big": {"big_tiff": True, "compression": "tiff_lzw"},
    "gif-plain": {"mode": "P"},
    "gif-animated": {"frames": 4},
}


@lru_cache
def profile() -> bytes:
    """A colour profile that every decoder understands."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # Without the time of its making (ICC.1:2022, section 7.2), so that the same seed gives the same bytes tomorrow.
    return made[:24] + struct.pack(">6H", 2024, 5, 1, 0, 0, 0) + made[36:]


@lru_cache
def photo(path: Path, mode: str = "RGB") -> Image.Image:
    """A photo, small enough that thousands of its files are looked at in minutes."""
    with Image.open(path) as image:
        image.draft("RGB", (320, 240))
        small = image.convert("RGB").resize((320, 213))
    if mode == "RGBA":
        small.putalpha(small.convert("L"))
        return small
    if mode == "I;16":
        return small.convert("L").convert("I").point(lambda value: value * 257).convert("I;16")
    return small.convert(mode)


def without_times(data: bytes) -> bytes:
    """The file without the times of its making in the headers of an animated AVIF (ISO/IEC 14496-12, section 8)."""
    made = bytearray(data)
    for name in (b"mvhd", b"tkhd", b"mdhd") if data[8:12] == b"avis" else ():
        start = made.find(name) + 8
        times = 16 if made[start - 4] else 8
        made[start : start + times] = bytes(times)
    return bytes(made)


def encode(path: Path, kind: str, **changes: Any) -> bytes:
    """The photo as a file of a kind of `RECIPES`, with options of Pillow changed."""
    options = {**RECIPES[kind], **changes}
    image = photo(path, options.pop("mode", "RGB"))
    if options.pop("icc", False):
        options["icc_profile"] = profile()
    if frames := options.pop("frames", 0):
        options |= {"save_all": True, "append_images": [image.rotate(20 * turn) for turn in range(1, frames)]}
    file = io.BytesIO()
    image.save(file, options.pop("format", kind.partition("-")[0].upper()), **options)
    return without_times(file.getvalue())


def good_pictures(path: Path) -> dict[str, bytes]:
    """One good file of each kind, all of the same photo."""
    return {kind: encode(path, kind) for kind in RECIPES}
