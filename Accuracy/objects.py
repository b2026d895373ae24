"""The photos of which the manifest lists what is to be found, by what is shown at defaults."""

from __future__ import annotations

from dataclasses import dataclass

from Accuracy import truth
from Accuracy.data import Picture
from Accuracy.names import all_names, named
from Accuracy.reference.labels import MIN_CONFIDENCE, Classifier, LabelAnswer
from Accuracy.reference.objects import Detector
from Accuracy.rows import Miss, Row
from Accuracy.run import Run
from Accuracy.truth import Judgement


@dataclass(frozen=True)
class Sighting:
    """What was expected on a photo, what was shown with or without a box, and what a person judged besides."""

    file: str
    expected: frozenset[str]
    shown: list[LabelAnswer]
    boxed: list[LabelAnswer]
    judgement: Judgement | None

    @property
    def absent(self) -> list[str]:
        """The expected things that are not among the shown labels or what they are a kind of."""
        return sorted(self.expected - all_names(self.shown))

    @property
    def wrong(self) -> list[LabelAnswer]:
        """The labels with a box that are neither expected nor judged to be true."""
        return [
            label for label in self.boxed
            if not self.expected & all_names([label]) and not (self.judgement and self.judgement.of(label.name))]


def recall(sightings: list[Sighting]) -> float | None:
    """The share of expected things that are shown."""
    expected = sum(len(sighting.expected) for sighting in sightings)
    return 1 - sum(len(sighting.absent) for sighting in sightings) / expected if expected else None


def precision(sightings: list[Sighting]) -> float | None:
    """The share of labels with a box that are right."""
    boxed = sum(len(sighting.boxed) for sighting in sightings)
    return 1 - sum(len(sighting.wrong) for sighting in sightings) / boxed if boxed else None


def rows(run: Run) -> list[Row]:
    ours, alone = sightings(run)
    return [
        Row("known objects", "recall at defaults", sum(len(photo.expected) for photo in ours), recall(ours),
            recall(alone), of="objects", at_least=0.8, misses=[
                Miss(photo.file, f"not shown: {', '.join(photo.absent)}; shown: {named(photo.shown) or 'nothing'}")
                for photo in ours if photo.absent]),
        Row("labels with a box", "precision at defaults", sum(len(photo.boxed) for photo in ours), precision(ours),
            precision(alone), of="labels", at_least=0.85, misses=[
                Miss(photo.file, f"{named(photo.wrong)}; expected: {', '.join(sorted(photo.expected))}")
                for photo in ours if photo.wrong]),
    ]


def sightings(run: Run) -> tuple[list[Sighting], list[Sighting]]:
    """By Fovea, and by the bare classifier and the bare detector."""
    classifier, detector = Classifier(run.reference), Detector(run.reference)
    judgements = truth.judgements()
    ours, alone = [], []
    for picture in run.data.pictures:
        analysis = run.analysis(picture)
        if "objects" not in picture.expect or analysis is None:
            continue
        expected = frozenset(name.casefold() for name in picture.expect["objects"])
        judgement = judgements.get(picture.sha256)
        shown = [LabelAnswer.read(label) for label in analysis["labels"]]
        boxed = [LabelAnswer.read(label) for label in analysis["labels"] if label["instances"]]
        ours.append(Sighting(picture.file, expected, shown, boxed, judgement))
        things = detected(picture, detector)
        alone.append(Sighting(picture.file, expected, classifier.shown(picture) + things, things, judgement))
    return ours, alone


def detected(picture: Picture, detector: Detector) -> list[LabelAnswer]:
    """The bare detector's objects as labels, each name once, at the least confidence that is shown."""
    surest: dict[str, float] = {}
    for thing in detector.objects(picture, MIN_CONFIDENCE / 100):
        surest.setdefault(thing.name, 100 * thing.score)
    return [LabelAnswer(name, confidence, ()) for name, confidence in surest.items()]
