"""The same picture as other files: turned, with a note in EXIF that says so, and in other formats."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from PIL import Image

from Accuracy import truth
from Accuracy.data import Picture
from Accuracy.run import Run

SIDE = 1024
COUNT = 12
# What turns an upright picture into the one of which EXIF says that number.
TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
FORMATS: dict[str, dict[str, Any]] = {
    "tiff": {"compression": "tiff_lzw"}, "jpg": {"quality": 90}, "webp": {"quality": 90}, "heic": {"quality": 80},
    "avif": {"quality": 80}, "gif": {},
}


def originals(run: Run) -> list[Picture]:
    """Some photos with faces or a judgement of the folder, by their SHA-256 so that it is no choice."""
    judged = truth.judgements()
    fit = [
        picture for picture in run.data.pictures
        if (picture.sha256 in judged or "faces" in picture.expect) and run.analysis(picture)
        and min(picture.verified["width"], picture.verified["height"]) >= 300]
    return sorted(fit, key=lambda picture: picture.sha256)[:COUNT]


class Copies:
    """The copies of one picture; `base` is the one that the others are held to, upright and without loss."""

    def __init__(self, run: Run, picture: Picture, folder: Path) -> None:
        image = run.reference.upright(picture).copy()
        image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        self.name = Path(picture.file).stem
        self.folder = folder / picture.sha256[:8]
        self.folder.mkdir(parents=True, exist_ok=True)
        self.base = self.made("upright.png", image)
        self.turned = {
            number: self.made(f"turned-{number}.png", image.transpose(turn), exif=orientation(number))
            for number, turn in TURNED.items()}
        self.formats = {suffix: self.made(f"as.{suffix}", image, **options) for suffix, options in FORMATS.items()}

    @property
    def all(self) -> list[Picture]:
        return [self.base, *self.turned.values(), *self.formats.values()]

    def made(self, name: str, image: Image.Image, **options: Any) -> Picture:
        path = self.folder / name
        image.save(path, **options)
        return Picture(
            f"{self.name}, {path.stem if path.suffix == '.png' else name}", path,
            hashlib.sha256(path.read_bytes()).hexdigest(), "copies", {}, {})


def orientation(number: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = number
    return exif
