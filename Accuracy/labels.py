"""Labels of photos whose class is known, objects, and how often a label of some confidence is true."""

from __future__ import annotations

from dataclasses import dataclass

from Accuracy import calibration, objects
from Accuracy.data import Picture
from Accuracy.names import all_names, leaves
from Accuracy.reference.labels import Classifier, LabelAnswer
from Accuracy.rows import Miss, Row, Section
from Accuracy.run import Run

FIRST = 5


@dataclass(frozen=True)
class Guess:
    """The first labels of a photo whose class is known, under all its names (`own`), and perhaps its group."""

    own: set[str]
    group: set[str]
    first: list[LabelAnswer]
    kinds: list[LabelAnswer]

    @property
    def has_either(self) -> bool:
        """Whether the class or its group is among the first labels or what they are a kind of."""
        return bool((self.own | self.group) & all_names(self.first))

    @property
    def has_own(self) -> bool:
        """Whether the class itself is among the first labels, those left out that another is a kind of."""
        return bool(self.own & all_names(self.kinds))


def measure(run: Run) -> Section:
    return Section("Labels", TEXT.strip(), known_classes(run) + objects.rows(run), calibration.tables(run))


def known_classes(run: Run) -> list[Row]:
    """The photos with a class of the label model, by their first labels."""
    classifier = Classifier(run.reference)
    ours: list[Guess] = []
    alone: list[Guess] = []
    without, unnamed = [], []
    for picture in run.data.pictures:
        labels = run.all_labels(picture)
        if "imagenet_index" not in picture.expect or labels is None:
            continue
        own, group = class_names(picture, classifier), group_names(picture)
        found, classes = [LabelAnswer.read(label) for label in labels], classifier.first(picture, FIRST)
        guess = Guess(own, group, found[:FIRST], leaves(found)[:FIRST])
        ours.append(guess)
        alone.append(Guess(own, group, classes, classes))
        first = ", ".join(label.name for label in guess.first) or "nothing"
        miss = Miss(picture.file, f"{picture.expect['label']}; first labels: {first}")
        if not guess.has_either:
            without.append(miss)
        elif not guess.has_own:
            unnamed.append(miss)
    return [
        Row("label or group", "among the first five labels", len(ours), share([guess.has_either for guess in ours]),
            share([guess.has_either for guess in alone]), at_least=0.9, misses=without),
        Row("the label itself", "among the first five, ancestors left out", len(ours),
            share([guess.has_own for guess in ours]), share([guess.has_own for guess in alone]), misses=unnamed),
    ]


def share(values: list[bool]) -> float | None:
    """How many of them hold; nothing of nothing."""
    return sum(values) / len(values) if values else None


def class_names(picture: Picture, classifier: Classifier) -> set[str]:
    """What the class of a photo is called: by the manifest, and as a label."""
    label = classifier.names[classifier.classes[picture.expect["imagenet_index"]]]
    return {picture.expect["label"].casefold(), label.casefold()}


def group_names(picture: Picture) -> set[str]:
    """`monkey or ape` names two groups of which either is right."""
    return {name.casefold() for name in picture.expect.get("group", "").split(" or ") if name}


TEXT = """
**Known classes**: photos of which the manifest names a class of the label model. Most are from that model's own
training set, so these figures say that the port is right, not how good the model is on new photos. The reference is
the classifier alone with its five likeliest classes on two of its views. Fovea's labels hold ancestors too, so the
second row leaves out labels that another one is a kind of; listed there are the misses that the first row does not
have. Both are behind the reference where a right class has less than five in a hundred: such labels are not stored.

**Known objects**: photos of which the manifest lists things to be found. Recall is of these things among the labels
shown at defaults or what those are a kind of. Precision is of the labels with a box: right are the listed things and
what a person judged to be true; the lists are not complete, so it is a lower bound. The reference is the bare
classifier and the bare detector, each at the same least confidence.

**Confidence**: of all stored labels of the everyday photos, by their confidence, how many are true. A label that
nobody judged is left out of the first share and counts as wrong in the last.
"""
