"""Reads the tables of this folder: what people said of pictures and of labels."""

from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Picture:
    """A picture that somebody looked at."""

    sha256: str
    source: str
    fold: int
    words: tuple[str, ...]
    codes: frozenset[str]


@dataclass(frozen=True)
class Verdict:
    """Whether a label that a model gave is right. `score` is the detector's; the classifier's are computed anew."""

    sha256: str
    origin: str
    label: str
    score: float | None
    is_right: bool


def kinds() -> dict[str, str]:
    """Code → label."""
    return dict(_rows("kinds.tsv"))


def pictures() -> dict[str, Picture]:
    """SHA-256 → picture."""
    found = {}
    for sha256, source, fold, words, codes in _rows("pictures.tsv"):
        found[sha256] = Picture(sha256, source, int(fold), tuple(filter(None, words.split(","))), frozenset(codes))
    return found


def verdicts() -> list[Verdict]:
    """All verdicts on labels."""
    return [
        Verdict(sha256, origin, label, float(score) if score else None, answer == "yes")
        for sha256, origin, label, score, answer in _rows("verdicts.tsv")
    ]


def _rows(name: str) -> list[list[str]]:
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
