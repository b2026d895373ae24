"""Unpacks the free pictures that the head was trained on out of Debian's packages.

collect.py --into DIR

Needs apt-get and dpkg. The pictures of gcompris lie in Qt resource files, one after another, each after its length in four
bytes: they are cut out by their first bytes. `pictures.tsv` knows all by their SHA-256, so what is cut wrongly is not used.
"""

import argparse
import subprocess
from collections.abc import Iterator
from pathlib import Path

PACKAGES = (
    "gcompris-qt-data",
    "gimp-help-en",
    "gnome-backgrounds",
    "gnome-user-docs",
    "lomiri-wallpapers-16.04",
    "lomiri-wallpapers-20.04",
    "mate-backgrounds",
    "opencv-doc",
    "plasma-workspace-wallpapers",
    "tuxpaint-stamps-default",
    "ukui-wallpapers",
)
#: First bytes of a picture, and how its file is called.
BEGINNINGS = ((b"RIFF", "webp"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"))


def pictures_in(content: bytes) -> Iterator[tuple[str, bytes]]:
    """What looks like a picture behind its length."""
    for beginning, kind in BEGINNINGS:
        place = content.find(beginning)
        while place >= 0:
            length = int.from_bytes(content[place - 4 : place], "big")
            if kind == "webp":
                length = int.from_bytes(content[place + 4 : place + 8], "little") + 8
            is_whole = len(beginning) < length <= len(content) - place
            if is_whole:
                yield kind, content[place : place + length]
            place = content.find(beginning, place + (length if is_whole else len(beginning)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, required=True)
    into: Path = parser.parse_args().into
    into.mkdir(parents=True, exist_ok=True)
    subprocess.run(["apt-get", "download", *PACKAGES], cwd=into, check=True)
    for package in sorted(into.glob("*.deb")):
        subprocess.run(["dpkg", "-x", package, into / package.name.split("_")[0]], check=True)
        package.unlink()
    cut = 0
    for resource in sorted(into.rglob("*.rcc")):
        for kind, content in pictures_in(resource.read_bytes()):
            (into / f"{resource.stem}-{cut}.{kind}").write_bytes(content)
            cut += 1
    print(f"unpacked; {cut} pictures cut out of resource files")


if __name__ == "__main__":
    main()
