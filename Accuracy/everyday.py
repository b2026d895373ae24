"""What a person sees at defaults on everyday photos, held to what a person says of them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from Accuracy.names import all_names, named
from Accuracy.reference.labels import Classifier, LabelAnswer
from Accuracy.rows import Miss, Row, Section
from Accuracy.run import Run
from Accuracy.truth import Judgement, judgements


@dataclass(frozen=True)
class Seen:
    """The labels shown for a photo, surest first, and what is right for it."""

    file: str
    labels: list[LabelAnswer]
    judgement: Judgement

    @property
    def wrong(self) -> list[LabelAnswer]:
        """Labels that somebody judged to be false."""
        return [label for label in self.labels if self.judgement.of(label.name) is False]

    @property
    def unjudged(self) -> list[LabelAnswer]:
        """Labels that nobody judged."""
        return [label for label in self.labels if self.judgement.of(label.name) is None]

    @property
    def has_word(self) -> bool:
        """Whether a person's first word is among the labels or what they are a kind of."""
        return not all_names(self.labels).isdisjoint(self.judgement.words)


def without_label(photos: list[Seen]) -> float | None:
    """The share of photos that show no label at all."""
    return sum(not photo.labels for photo in photos) / len(photos) if photos else None


def median_labels(photos: list[Seen]) -> float | None:
    """How many labels a photo shows."""
    return median(len(photo.labels) for photo in photos) if photos else None


def precision(photos: list[Seen], *, judged_only: bool = False) -> float | None:
    """The share of shown labels that are true. What nobody judged counts as wrong, or not at all."""
    labels = sum(len(photo.labels) for photo in photos)
    unjudged = sum(len(photo.unjudged) for photo in photos)
    true = labels - unjudged - sum(len(photo.wrong) for photo in photos)
    of = labels - unjudged if judged_only else labels
    return true / of if of else None


def with_word(photos: list[Seen]) -> float | None:
    """The share of photos whose first word is shown, of those that have one."""
    asked = [photo for photo in photos if photo.judgement.words]
    return sum(photo.has_word for photo in asked) / len(asked) if asked else None


def seen(run: Run) -> tuple[list[Seen], list[Seen]]:
    """The judged photos of the folder as Fovea shows them, and as the classifier alone would."""
    truth = judgements()
    classifier = Classifier(run.reference)
    ours, alone = [], []
    for picture in run.data.pictures:
        if picture.sha256 not in truth or (analysis := run.analysis(picture)) is None:
            continue
        labels = [LabelAnswer.read(label) for label in analysis["labels"]]
        ours.append(Seen(picture.file, labels, truth[picture.sha256]))
        alone.append(Seen(picture.file, classifier.shown(picture), truth[picture.sha256]))
    return ours, alone


def measure(run: Run) -> Section:
    ours, alone = seen(run)
    labels = sum(len(photo.labels) for photo in ours)
    unjudged = sum(len(photo.unjudged) for photo in ours)
    asked = sum(bool(photo.judgement.words) for photo in ours)
    return Section("Everyday photos, at defaults", TEXT.strip(), [
        Row("photos without any label", "share", len(ours), without_label(ours), without_label(alone), at_most=0.05,
            misses=[Miss(photo.file, f"no label; a person says {said(photo)}") for photo in ours if not photo.labels]),
        Row("labels a photo", "median", len(ours), median_labels(ours), median_labels(alone), "count", at_least=4),
        Row("labels that are true", "precision, unjudged counted as wrong", labels, precision(ours), of="labels",
            at_least=0.9, misses=[Miss(photo.file, "wrong: " + named(photo.wrong)) for photo in ours if photo.wrong]),
        Row("labels that nobody judged", "share", labels, unjudged / labels if labels else None, of="labels",
            misses=[Miss(photo.file, named(photo.unjudged)) for photo in ours if photo.unjudged]),
        Row("judged labels that are true", "precision", labels - unjudged, precision(ours, judged_only=True),
            of="labels"),
        Row("a person's first word", "share among labels or their parents", asked, with_word(ours), with_word(alone),
            at_least=0.75, misses=[
                Miss(photo.file, f"a person says {said(photo)}; shown: {named(photo.labels) or 'nothing'}")
                for photo in ours if photo.judgement.words and not photo.has_word]),
    ])


def said(photo: Seen) -> str:
    return " or ".join(photo.judgement.words) or "nothing"


TEXT = """
Photos that a person looked at (`Accuracy/everyday.json`, by the SHA-256 of the file), with the labels that Fovea
shows when nobody says otherwise. The person wrote down the first word they would say and which labels are true. A
label that is not among those judged counts as wrong until somebody judges it (`python -m Accuracy.judge`). The
reference is the classifier alone, at the same limits; its precision has no figure because its labels were not judged.
Photos that the head for kinds of pictures learned from are looked at with one that was trained without them
(`Models/own/kinds`); the few constants of merging were fitted on all.
"""
