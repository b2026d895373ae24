"""PicoDet-S alone: stretched to 416 × 416, decoded as its authors do, non-maximum suppression by class at 0.6."""

from __future__ import annotations

from dataclasses import dataclass

import numpy
from PIL import Image

from Accuracy.data import Picture
from Accuracy.reference import Reference

MODEL = "picodet_s_416_coco.onnx"
SIDE = 416
STRIDES = [8, 16, 32, 64]
OVERLAP = 0.6
MEAN = numpy.array([0.485, 0.456, 0.406], numpy.float32)
DEVIATION = numpy.array([0.229, 0.224, 0.225], numpy.float32)


@dataclass(frozen=True)
class Found:
    """A thing with its score, 0 to 1, and its box: left, top, right, bottom, as shares of the picture."""

    name: str
    score: float
    box: tuple[float, float, float, float]


class Detector:
    """The object model, and nothing else."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        names = reference.folder / "coco_labels.txt"
        #: It comes from no PyPI package: without a folder that has it nothing has a box.
        self.is_there = names.is_file() and (reference.folder / MODEL).is_file()
        self.names = names.read_text().splitlines() if self.is_there else []

    def objects(self, picture: Picture, threshold: float) -> list[Found]:
        """What is surer than the threshold, surest first; nothing without the model."""
        if not self.is_there:
            return []
        image = self.reference.upright(picture).resize((SIDE, SIDE), Image.Resampling.BICUBIC, reducing_gap=3)
        pixels = (numpy.asarray(image, numpy.float32) / 255 - MEAN) / DEVIATION
        tensor = numpy.ascontiguousarray(pixels.transpose(2, 0, 1)[None])
        outputs = self.reference.session(MODEL).run(None, {"image": tensor})
        found: list[Found] = []
        for number, stride in enumerate(STRIDES):
            found += self.grid(outputs[number][0], outputs[number + len(STRIDES)][0], stride, threshold)
        return suppressed(found)

    def grid(self, scores: numpy.ndarray, sides: numpy.ndarray, stride: int, threshold: float) -> list[Found]:
        """Reads one grid: for each cell the scores of the classes, and how far the sides are, as distributions."""
        columns = -(-SIDE // stride)
        powers = numpy.exp(sides.reshape(len(scores), 4, 8))
        distances = (powers / powers.sum(2, keepdims=True) @ numpy.arange(8)) * stride
        found = []
        for cell, number in zip(*numpy.nonzero(scores > threshold)):
            x, y = (cell % columns + 0.5) * stride, (cell // columns + 0.5) * stride
            left, top, right, bottom = distances[cell]
            box = numpy.clip(numpy.array([x - left, y - top, x + right, y + bottom]) / SIDE, 0, 1)
            found.append(Found(self.names[number], float(scores[cell, number]), tuple(map(float, box))))
        return found


def suppressed(found: list[Found]) -> list[Found]:
    """Of things of one name that lie over each other only the surest."""
    kept: list[Found] = []
    for thing in sorted(found, key=lambda thing: -thing.score):
        if not any(other.name == thing.name and overlap(other.box, thing.box) > OVERLAP for other in kept):
            kept.append(thing)
    return kept


def overlap(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    """The shared area of two boxes by the area of both."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    shared = max(width, 0) * max(height, 0)
    both = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared
    return shared / both if both > 0 else 0
