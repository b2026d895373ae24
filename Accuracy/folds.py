"""Who judges must not have learned from the answers: pictures that the head for kinds of pictures was trained on are looked
at with a head that was trained without them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from Accuracy.data import ROOT

HEAD = "kinds_head.onnx"
KINDS = ROOT / "Models/own/kinds"


@cache
def folds() -> dict[str, int]:
    """The fold of each picture that the head was trained on, by SHA-256."""
    lines = (KINDS / "pictures.tsv").read_text("utf-8").splitlines()
    fields = (line.split("\t") for line in lines if not line.startswith("#"))
    return {sha256: int(fold) for sha256, _, fold, *_ in fields}


@contextmanager
def models_without(fold: int | None, models: Path) -> Iterator[Path]:
    """The models with a head that did not see this fold; the models themselves for pictures of none."""
    head = KINDS / "folds" / f"kinds_head_{fold}.onnx"
    if fold is None or not head.exists():
        yield models
        return
    with tempfile.TemporaryDirectory(prefix="fovea-fold-") as folder:
        for file in models.iterdir():
            (Path(folder) / file.name).symlink_to(head if file.name == HEAD else file)
        yield Path(folder)
