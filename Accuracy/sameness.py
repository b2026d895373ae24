"""Whether files that show the same picture get the same answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from Accuracy.data import Picture
from Accuracy.reference.labels import LabelAnswer
from Accuracy.rows import Miss, Row

FIRST = 3


@dataclass(frozen=True)
class Pair:
    """A file beside another that shows the same. `labels` and `alone` tell how far the first labels agree, 0 to 1, by
    Fovea and by the bare classifier."""

    file: str
    base: str
    labels: float
    alone: float
    faces: bool
    said: str


def agreement(one: list[str], other: list[str]) -> float:
    """How much two lists of labels have in common, by the longer one; no label is the same as no label."""
    longest = max(len(one), len(other))
    return len(set(one) & set(other)) / longest if longest else 1


def pair(
    base: Picture, other: Picture, answers: dict[str, dict[str, Any]],
    alone: Callable[[Picture], list[LabelAnswer]],
) -> Pair:
    """Compares two files. One that was refused agrees in nothing."""
    names, faces = [], []
    for picture in (base, other):
        answer = answers[picture.sha256]
        if answer["status"] != "analysed":
            return Pair(other.file, base.file, 0, 0, False, f"{picture.file} was refused")
        names.append([label["name"] for label in answer["analysis"]["labels"]][:FIRST])
        faces.append(len(answer["analysis"]["faces"]))
    bare = [[label.name for label in alone(picture)][:FIRST] for picture in (base, other)]
    said = " instead of ".join(
        f"{', '.join(names[place]) or 'no label'} ({faces[place]} faces)" for place in (1, 0))
    return Pair(other.file, base.file, agreement(*names), agreement(*bare), faces[0] == faces[1], said)


def rows(name: str, pairs: list[Pair], *, labels_at_least: float, faces_at_least: float) -> list[Row]:
    """Labels and faces of pairs."""
    count = len(pairs)
    return [
        Row(name, f"first {FIRST} labels in common", count, mean([pair.labels for pair in pairs]),
            mean([pair.alone for pair in pairs]), of="pairs", at_least=labels_at_least,
            misses=[Miss(pair.file, pair.said) for pair in pairs if pair.labels < 0.5]),
        Row(name, "share with as many faces", count, mean([float(pair.faces) for pair in pairs]), of="pairs",
            at_least=faces_at_least, misses=[Miss(pair.file, pair.said) for pair in pairs if not pair.faces]),
    ]


def mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
