"""A folder of pictures with a `manifest.json` that says what is on them."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
# What pages are written into; git does not see it.
PAGES = ROOT / ".build/accuracy"


@dataclass(frozen=True, eq=False)
class Picture:
    """A file of the folder. `kind` is the first folder of its path, `expect` what the manifest says of it."""

    file: str
    path: Path
    sha256: str
    kind: str
    expect: dict[str, Any]
    verified: dict[str, Any]


@dataclass(frozen=True)
class Data:
    """All pictures of a folder, in the order of the manifest."""

    folder: Path
    pictures: list[Picture]

    def of(self, *kinds: str) -> list[Picture]:
        """The pictures of these kinds."""
        return [picture for picture in self.pictures if picture.kind in kinds]


def folder() -> Path:
    """The folder that is measured on: FOVEA_TEST_DATA, else `shared/data` beside the checkout.

    (FOVEA_DATA is another thing: where a server keeps its photos.)"""
    return Path(os.environ.get("FOVEA_TEST_DATA") or ROOT.parent / "shared/data").resolve()


def load(folder: Path) -> Data:
    """Reads the manifest; files that it names and that are not there are a mistake."""
    manifest = folder / "manifest.json"
    if not manifest.exists():
        raise SystemExit(f"{folder} has no manifest.json; FOVEA_TEST_DATA names the folder of pictures to measure on.")
    pictures = [
        Picture(
            entry["file"], folder / entry["file"], entry["sha256"], entry["file"].split("/")[0],
            entry.get("expect") or {}, entry.get("verified") or {})
        for entry in json.loads(manifest.read_text())["files"]
    ]
    for picture in pictures:
        if not picture.path.exists():
            raise SystemExit(f"{manifest} names {picture.file}, which is not there.")
    return Data(folder, pictures)
