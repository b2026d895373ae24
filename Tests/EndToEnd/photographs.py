"""Many small photos out of a few real ones, and whether bytes are a picture; by the libvips that Fovea needs anyway."""

import ctypes
import ctypes.util
import os
from pathlib import Path

# With the development package there is always the plain name.
_vips = ctypes.CDLL(ctypes.util.find_library("vips") or "libvips.so")
# Some real photos have odd colour profiles; that need not be said each time.
os.environ["VIPS_WARNING"] = "0"
_vips.vips_init(b"tests")
del os.environ["VIPS_WARNING"]
_vips.vips_image_new_from_buffer.restype = ctypes.c_void_p


def small_photos(photos: dict[str, Path], count: int, side: int = 240) -> list[bytes]:
    """JPEGs of real photos, no two of the same bytes: cut and compressed a little differently each time."""
    names = sorted(photos)
    made = []
    for number in range(count):
        turn, place = divmod(number, len(names))
        made.append(_small(photos[names[place]], side, cut=turn % 16, quality=70 + turn // 16))
    assert len(set(made)) == count
    return made


def is_picture(data: bytes) -> bool:
    """Whether the bytes decode to their last row."""
    image = _vips.vips_image_new_from_buffer(data, ctypes.c_size_t(len(data)), b"[fail_on=truncated]", None)
    if not image:
        return False
    average = ctypes.c_double()
    failed = _vips.vips_avg(ctypes.c_void_p(image), ctypes.byref(average), None)
    _vips.g_object_unref(ctypes.c_void_p(image))
    return failed == 0


def _small(photo: Path, side: int, cut: int, quality: int) -> bytes:
    small, part = ctypes.c_void_p(), ctypes.c_void_p()
    bytes_, length = ctypes.c_void_p(), ctypes.c_size_t()
    assert _vips.vips_thumbnail(str(photo).encode(), ctypes.byref(small), side, None) == 0
    width, height = _vips.vips_image_get_width(small), _vips.vips_image_get_height(small)
    assert _vips.vips_extract_area(small, ctypes.byref(part), cut, cut, width - cut, height - cut, None) == 0
    assert _vips.vips_jpegsave_buffer(
        part, ctypes.byref(bytes_), ctypes.byref(length), b"Q", ctypes.c_int(quality), None) == 0
    data = ctypes.string_at(bytes_, length.value)
    _vips.g_free(bytes_)
    for image in (small, part):
        _vips.g_object_unref(image)
    return data
