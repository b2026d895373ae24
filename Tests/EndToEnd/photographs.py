"""Many small photos out of a few real ones, and whether bytes are a picture."""

from io import BytesIO
from pathlib import Path

from PIL import Image


def small_photos(photos: dict[str, Path], count: int, side: int = 240) -> list[bytes]:
    """JPEGs of real photos: cut and compressed a little differently each time, and no two of the same bytes."""
    names = sorted(photos)
    small = {name: _small(photos[name], side) for name in names}
    made = []
    for number in range(count):
        turn, place = divmod(number, len(names))
        picture, cut = small[names[place]], turn % 16
        file = BytesIO()
        picture.crop((cut, cut, *picture.size)).save(file, "JPEG", quality=70 + turn // 16, comment=f"{number}")
        made.append(file.getvalue())
    assert len(set(made)) == count
    return made


def is_picture(data: bytes) -> bool:
    """Whether the bytes decode to their last row."""
    try:
        Image.open(BytesIO(data)).load()
    except OSError:
        return False
    return True


def _small(photo: Path, side: int) -> Image.Image:
    picture = Image.open(photo).convert("RGB")
    picture.thumbnail((side, side))
    return picture
