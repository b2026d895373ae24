"""The photos that everybody is measured with: a mix like a personal library.

Six in ten are 12-megapixel JPEG files as a camera makes them, two in ten about one megapixel as a messenger sends
them, one in ten a PNG file, one in ten a 12-megapixel HEIC file. What is on them comes from the photos inside two
wheels (Tests/requirements-photos.txt); the large ones are enlarged from those, with noise as a sensor has it, because
without it their files would be unlike a camera's: too small and too quick to decode.
"""

from __future__ import annotations

import importlib.util
import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyvips

SCENES = ["astronaut", "chelsea", "china", "coffee", "flower", "rocket"]
AS_THEY_ARE = ["astronaut", "chelsea", "coffee", "motorcycle_left"]
SHARES = {"12 MP JPEG": 0.6, "1 MP JPEG": 0.2, "PNG": 0.1, "12 MP HEIC": 0.1}


@dataclass(frozen=True)
class Photo:
    """One photo of the mix. Many are made of the same file, but no two have the same bytes."""

    kind: str
    file: Path
    number: int

    @property
    def key(self) -> str:
        return f"{self.number:05}{self.file.suffix}"

    def content(self) -> bytes:
        """The file with the photo's number in a place that decoders pass over."""
        return numbered(self.file.read_bytes(), self.file.suffix, self.number)


def numbered(data: bytes, suffix: str, number: int) -> bytes:
    """The same picture with other bytes: a comment, a text chunk, an empty box."""
    mark = struct.pack(">Q", number)
    if suffix == ".jpg":
        return data[:2] + b"\xff\xfe" + struct.pack(">H", 2 + len(mark)) + mark + data[2:]
    if suffix == ".png":
        body = b"tEXtComment\0" + mark.hex().encode()
        chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
        return data[:-12] + chunk + data[-12:]
    return data + struct.pack(">I4s", 8 + len(mark), b"free") + mark


def make_mix(folder: Path, count: int, say: Callable[[str], None]) -> list[Photo]:
    """`count` photos in an order that is the same every time; their files are made in `folder` if they are missing."""
    files = make_files(folder, say)
    mix: list[Photo] = []
    for kind, share in SHARES.items():
        for index in range(round(count * share)):
            mix.append(Photo(kind, files[kind][index % len(files[kind])], len(mix)))
    random.Random(1).shuffle(mix)
    return mix


def make_files(folder: Path, say: Callable[[str], None]) -> dict[str, list[Path]]:
    """The files of each kind."""
    folder.mkdir(parents=True, exist_ok=True)
    originals = find_originals()
    files: dict[str, list[Path]] = {kind: [] for kind in SHARES}
    files["PNG"] = [originals[name] for name in AS_THEY_ARE]
    for index, scene in enumerate(SCENES):
        source = originals[scene]
        # Every third was taken upright, which cameras only note.
        turned = 6 if index % 3 == 2 else 1
        files["12 MP JPEG"].append(
            made(folder / f"{scene}-12.jpg", say, lambda: camera_jpeg(source, 4000, 3000, noise=4, turned=turned)))
        files["1 MP JPEG"].append(
            made(folder / f"{scene}-1.jpg", say, lambda: camera_jpeg(source, 1200, 900, noise=2, turned=1)))
    if can_write_heic():
        for scene in ["chelsea", "coffee"]:
            source = originals[scene]
            files["12 MP HEIC"].append(made(folder / f"{scene}-12.heic", say, lambda: camera_heic(source)))
    else:
        say("this libvips writes no HEIC: JPEG files take its place in the mix")
        files["12 MP HEIC"] = files["12 MP JPEG"]
    return files


def find_originals() -> dict[str, Path]:
    """The photos inside the wheels, by name; the wheels are never imported."""
    found: dict[str, Path] = {}
    for package, folder in [("skimage", "data"), ("sklearn", "datasets/images")]:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise SystemExit(f"The photos of {package} are missing; run Scripts/bench, which installs them.")
        for path in (Path(spec.origin).parent / folder).iterdir():
            if path.suffix in {".png", ".jpg"}:
                found[path.stem] = path
    return found


def made(path: Path, say: Callable[[str], None], make: Callable[[], bytes]) -> Path:
    if not path.exists():
        say(f"making {path.name}")
        part = path.with_suffix(".part")
        part.write_bytes(make())
        part.rename(path)
    return path


def camera_jpeg(source: Path, width: int, height: int, *, noise: float, turned: int) -> bytes:
    """A JPEG file with a wide colour profile, as telephones write it."""
    image = enlarged(source, width, height, noise)
    image.set_type(pyvips.GValue.gint_type, "orientation", turned)
    return image.jpegsave_buffer(Q=90, profile="p3")


def camera_heic(source: Path) -> bytes:
    """A HEIC file; the encoder is slow, so few are made."""
    return enlarged(source, 4032, 3024, noise=3).heifsave_buffer(Q=45, compression="hevc", effort=0)


def can_write_heic() -> bool:
    try:
        pyvips.Image.black(64, 64, bands=3).heifsave_buffer(compression="hevc", effort=0)
        return True
    except pyvips.Error:
        return False


def enlarged(source: Path, width: int, height: int, noise: float) -> pyvips.Image:
    image = pyvips.Image.new_from_file(str(source))[0:3]
    scale = max(width / image.width, height / image.height)
    image = image.resize(scale, kernel="cubic").smartcrop(width, height, interesting="centre")
    grain = pyvips.Image.gaussnoise(width, height, mean=0, sigma=noise, seed=1)
    return (image + grain).cast("uchar").copy(interpretation="srgb").copy_memory()
