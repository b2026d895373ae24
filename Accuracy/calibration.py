"""How often a label of some confidence is true."""

from __future__ import annotations

from dataclasses import dataclass

from Accuracy import truth
from Accuracy.rows import Table
from Accuracy.run import Run

BANDS = [(50, 60), (60, 70), (70, 80), (80, 90), (90, 100)]


@dataclass(frozen=True)
class Judged:
    """A label's confidence, 0 to 100, and whether it is true; nothing if nobody said."""

    confidence: float
    is_true: bool | None
    fold: str = ""


def band(labels: list[Judged], least: float, below: float) -> list[Judged]:
    """The labels in a band; the last one holds 100 too."""
    return [label for label in labels if least <= label.confidence and (label.confidence < below or below == 100)]


def true_share(labels: list[Judged], *, unjudged_as_wrong: bool = False) -> float | None:
    """How many of the labels are true, of those judged or of all."""
    of = labels if unjudged_as_wrong else [label for label in labels if label.is_true is not None]
    return sum(label.is_true is True for label in of) / len(of) if of else None


def curve(title: str, labels: list[Judged]) -> Table:
    """A line for each band."""
    lines = []
    for least, below in BANDS:
        inside = band(labels, least, below)
        mean = f"{sum(label.confidence for label in inside) / len(inside):.0f}" if inside else "–"
        lines.append([
            f"{least} to {below}", str(len(inside)), str(sum(label.is_true is None for label in inside)), mean,
            percent(true_share(inside)), percent(true_share(inside, unjudged_as_wrong=True))])
    return Table(
        title, ["confidence", "labels", "unjudged", "mean confidence", "true of those judged", "true of all"], lines)


def tables(run: Run) -> list[Table]:
    """The curve of the everyday photos, and of each fold where they have one."""
    judgements = truth.judgements()
    judged: list[Judged] = []
    for picture in run.data.pictures:
        judgement, labels = judgements.get(picture.sha256), run.all_labels(picture)
        if judgement and labels:
            judged += [Judged(label["confidence"], judgement.of(label["name"]), judgement.fold) for label in labels]
    curves = [curve("Labels by confidence, everyday photos", judged)] if judged else []
    for fold in sorted({label.fold for label in judged if label.fold}):
        curves.append(curve(f"The same, fold {fold}", [label for label in judged if label.fold == fold]))
    return curves


def percent(value: float | None) -> str:
    return f"{value:.0%}" if value is not None else "–"
