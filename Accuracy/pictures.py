"""Small pictures for pages that stand alone: data URIs."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from PIL import Image

from Accuracy.reference import decode


def data_uri(path: Path, side: int) -> str | None:
    """The picture upright, its longer side at most `side` pixels; nothing for a file that Pillow cannot read."""
    try:
        image = decode(path)
    except Exception:  # Pillow raises many kinds on damaged files; the page then tells that there is no picture.
        return None
    image.thumbnail((side, side), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    image.save(file, "WEBP", quality=70, method=4)
    return "data:image/webp;base64," + base64.b64encode(file.getvalue()).decode()
