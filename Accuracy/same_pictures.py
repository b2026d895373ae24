"""Files of the folder that show the same picture."""

from __future__ import annotations

import json
from collections import defaultdict

from Accuracy.data import ROOT, Data, Picture

# In other formats: found by looking, by the SHA-256 of the files.
FILE = ROOT / "Accuracy/same_pictures.json"


def turned(data: Data) -> list[list[Picture]]:
    """Groups that are the same once they are turned as EXIF says; the manifest tells. The upright file comes first."""
    groups: dict[str, list[Picture]] = defaultdict(list)
    for picture in data.pictures:
        if name := picture.expect.get("same_when_upright"):
            groups[name].append(picture)
    return [sorted(group, key=lambda picture: picture.expect.get("orientation") != 1) for group in groups.values()]


def converted(data: Data) -> list[list[Picture]]:
    """Groups that are the same in other formats."""
    files = {picture.sha256: picture for picture in data.pictures}
    groups = json.loads(FILE.read_text()).values()
    return [[files[sha256] for sha256 in group if sha256 in files] for group in groups]


def groups(data: Data) -> list[list[Picture]]:
    """All of them."""
    return turned(data) + converted(data)
