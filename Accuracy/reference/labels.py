"""EfficientNet-Lite2 alone, on the two views that Fovea gives it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import numpy
from PIL import Image

from Accuracy.data import Picture
from Accuracy.reference import Reference, precision

SIDE = 260
# Sources/Perception/Labels/LabelTask.swift: the shares of the views, how much the scores are sharpened.
SHARES = [260 / 292, 0.6]
TEMPERATURE = 0.62
# Sources/Domain/Analysis/LabelLimits.swift
MAX_LABELS = 10
MIN_CONFIDENCE = 75.0
FLOOR = 5.0


@dataclass(frozen=True)
class LabelAnswer:
    """A label with its confidence, 0 to 100, and what it is a kind of."""

    name: str
    confidence: float
    parents: tuple[str, ...]

    @classmethod
    def read(cls, label: dict[str, Any]) -> LabelAnswer:
        """A label of Fovea's JSON."""
        return cls(label["name"], label["confidence"], tuple(label["parents"]))


class Classifier:
    """The label model with its vocabulary, and nothing else."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.model = f"efficientnet_lite2_260_{precision()}.onnx"
        vocabulary = json.loads((reference.folder / "labels.json").read_text())
        self.names = [label["name"] for label in vocabulary["labels"]]
        self.parents = [tuple(label["parents"]) for label in vocabulary["labels"]]
        self.classes: list[int] = vocabulary["classes"]
        numbers = {name: number for number, name in enumerate(self.names)}
        # Which labels hold when a class of the model does: its own and all that it is a kind of.
        self.holding = numpy.zeros((len(self.classes), len(self.names)))
        for row, label in zip(self.holding, self.classes):
            row[[label] + [numbers[parent] for parent in self.parents[label] if parent in numbers]] = 1

    def probabilities(self, picture: Picture) -> numpy.ndarray:
        """Of each class of the model."""
        image = self.reference.upright(picture)
        pixels = numpy.stack([numpy.asarray(view(image, share), numpy.float32) for share in SHARES])
        tensor = numpy.ascontiguousarray((pixels.transpose(0, 3, 1, 2) - 127) / 128)
        session = self.reference.session(self.model)
        logits = session.run(["logits"], {"image": tensor})[0].mean(axis=0) / TEMPERATURE
        weights = numpy.exp(logits - logits.max())
        return weights / weights.sum()

    def first(self, picture: Picture, count: int) -> list[LabelAnswer]:
        """The likeliest classes, nothing added up."""
        probabilities = self.probabilities(picture)
        return [
            LabelAnswer(self.names[label], 100 * float(probabilities[number]), self.parents[label])
            for number in numpy.argsort(-probabilities)[:count] for label in [self.classes[number]]]

    def labels(self, picture: Picture) -> list[LabelAnswer]:
        """All labels that Fovea would store, surest first and the more specific first among equals."""
        confidences = numpy.minimum(self.probabilities(picture) @ self.holding * 100, 100)
        found = [
            LabelAnswer(self.names[number], round(float(confidences[number]), 2), self.parents[number])
            for number in numpy.flatnonzero(confidences >= FLOOR)]
        return sorted(found, key=lambda label: (-label.confidence, -len(label.parents), label.name))

    def shown(self, picture: Picture) -> list[LabelAnswer]:
        """What a person would see at defaults, were there no other model."""
        return [label for label in self.labels(picture) if label.confidence >= MIN_CONFIDENCE][:MAX_LABELS]


def view(image: Image.Image, share: float) -> Image.Image:
    """The square in the middle with this share of the shorter side."""
    side = min(image.size) * share
    left, top = (image.width - side) / 2, (image.height - side) / 2
    return image.resize((SIDE, SIDE), Image.Resampling.LANCZOS, (left, top, left + side, top + side))
