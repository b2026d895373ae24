"""Faces by the bare models: YuNet (CenterFace where it is missing) at 640 pixels with its authors' threshold, the heads on
dlib's aligned face, the expression network on the box. Nothing is calibrated, nothing looked at twice."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy
from PIL import Image, ImageFilter

from Accuracy.data import Picture
from Accuracy.reference import Reference, precision

SIDE = 640
OVERLAP = 0.3
Point = tuple[float, float]
# Where each detector's landmarks lie in dlib's aligned face of 150 pixels: Sources/Perception/Faces.
TEMPLATES: dict[str, list[Point]] = {
    "yunet": [(46.1, 45.8), (100.5, 44.8), (73.5, 76.3), (51.9, 100.2), (96.7, 99.2)],
    "centerface": [(47.6, 48.2), (100.4, 47.8), (73.9, 76.4), (52.4, 98.1), (95.6, 97.7)],
}
EXPRESSION_MODEL = "face_expression_112.onnx"
EXPRESSIONS = ["calm", "happy", "sad", "angry", "fear", "disgusted", "surprised"]


@dataclass(frozen=True)
class Found:
    """A face in the pixels of the picture: left, top, width, height, and five landmarks."""

    score: float
    box: tuple[float, float, float, float]
    landmarks: list[Point]

    def scaled(self, by: float) -> Found:
        left, top, width, height = (value * by for value in self.box)
        return Found(self.score, (left, top, width, height), [(x * by, y * by) for x, y in self.landmarks])


@dataclass(frozen=True)
class Attributes:
    """What the bare models read out of a face."""

    age_low: float
    age_high: float
    male: float
    expressions: dict[str, float]


class Faces:
    """Detector and readers, and nothing else."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self.detector = "yunet" if (reference.folder / "yunet_n_dynamic.onnx").exists() else "centerface"

    def faces(self, picture: Picture) -> list[Found]:
        """The faces of a picture, the largest first."""
        image = self.reference.upright(picture)
        small = image.copy()
        small.thumbnail((SIDE, SIDE), Image.Resampling.BILINEAR)
        pixels = numpy.asarray(small, numpy.float32)
        sheet = numpy.zeros((rounded(small.height), rounded(small.width), 3), numpy.float32)
        sheet[: small.height, : small.width] = pixels
        found = self.yunet(sheet) if self.detector == "yunet" else self.centerface(sheet)
        kept = [face.scaled(image.width / small.width) for face in suppressed(found)]
        return sorted(kept, key=lambda face: -face.box[2] * face.box[3])

    def yunet(self, sheet: numpy.ndarray) -> list[Found]:
        session = self.reference.session("yunet_n_dynamic.onnx")
        names = [output.name for output in session.get_outputs()]
        tensor = numpy.ascontiguousarray(sheet[:, :, ::-1].transpose(2, 0, 1)[None])
        maps = dict(zip(names, session.run(None, {"input": tensor})))
        found = []
        for stride in (8, 16, 32):
            scores = numpy.sqrt(
                maps[f"cls_{stride}"][0, :, 0].clip(0, 1) * maps[f"obj_{stride}"][0, :, 0].clip(0, 1))
            for cell in numpy.flatnonzero(scores > 0.6):
                corner = numpy.array([cell % (sheet.shape[1] // stride), cell // (sheet.shape[1] // stride)])
                box, points = maps[f"bbox_{stride}"][0, cell], maps[f"kps_{stride}"][0, cell].reshape(5, 2)
                size = numpy.exp(box[2:]) * stride
                left, top = (corner + box[:2]) * stride - size / 2
                marks = [(float(x), float(y)) for x, y in (corner + points) * stride]
                found.append(Found(float(scores[cell]), (left, top, size[0], size[1]), marks))
        return found

    def centerface(self, sheet: numpy.ndarray) -> list[Found]:
        session = self.reference.session(f"centerface_dyn_{precision()}.onnx")
        names = [output.name for output in session.get_outputs()]
        tensor = numpy.ascontiguousarray(sheet.transpose(2, 0, 1)[None])
        maps = dict(zip(names, session.run(None, {session.get_inputs()[0].name: tensor})))
        found = []
        for row, column in zip(*numpy.nonzero(maps["heatmap"][0, 0] > 0.5)):
            height, width = numpy.exp(maps["scale"][0, :, row, column]) * 4
            down, across = maps["offset"][0, :, row, column]
            left = max((column + across + 0.5) * 4 - width / 2, 0)
            top = max((row + down + 0.5) * 4 - height / 2, 0)
            points = maps["landmarks"][0, :, row, column].reshape(5, 2)
            marks = [(float(left + x * width), float(top + y * height)) for y, x in points]
            score = float(maps["heatmap"][0, 0, row, column])
            found.append(Found(score, (left, top, width, height), marks))
        return found

    def attributes(self, picture: Picture, face: Found) -> Attributes:
        """Age and gender by the head on dlib's net, expressions by their own network."""
        image = self.reference.upright(picture)
        net = self.reference.session(f"dlib_face_resnet_150_{precision()}.onnx")
        head = self.reference.session("face_attributes_head.onnx")
        layers = net.run(["flat", "r12"], {net.get_inputs()[0].name: tensor(self.aligned(image, face))})
        names = ["age_low", "age_high", "gender_male_probability"]
        low, high, male = (float(value[0]) for value in head.run(names, dict(zip(["flat", "r12"], layers))))
        return Attributes(low, high, male, self.expressions(image, face))

    def expressions(self, image: Image.Image, face: Found) -> dict[str, float]:
        """All as likely as each other without the network, which comes from no PyPI package."""
        if not (self.reference.folder / EXPRESSION_MODEL).is_file():
            return dict.fromkeys(EXPRESSIONS, 1 / len(EXPRESSIONS))
        network = self.reference.session(EXPRESSION_MODEL)
        answer = network.run(["probs"], {network.get_inputs()[0].name: tensor(self.square(image, face))})[0][0]
        return dict(zip(EXPRESSIONS, map(float, answer)))

    def aligned(self, image: Image.Image, face: Found) -> Image.Image:
        """The face as dlib's net wants it: turned and scaled so that its landmarks meet the template (least squares)."""
        here, there = numpy.array(TEMPLATES[self.detector]), numpy.array(face.landmarks)
        x, y = (here - here.mean(0)).T
        u, v = (there - there.mean(0)).T
        spread = (x * x + y * y).sum()
        along, across = (x * u + y * v).sum() / spread, (x * v - y * u).sum() / spread
        (mx, my), (mu, mv) = here.mean(0), there.mean(0)
        scale = math.hypot(along, across)
        if scale > 1 / 0.7:
            image = image.filter(ImageFilter.GaussianBlur(0.45 * scale))
        return image.transform(
            (150, 150), Image.Transform.AFFINE,
            (along, -across, mu - along * mx + across * my, across, along, mv - across * mx - along * my),
            Image.Resampling.BILINEAR)

    def square(self, image: Image.Image, face: Found) -> Image.Image:
        """The square round the box, cut at the edge of the picture."""
        left, top, width, height = face.box
        side = max(width, height)
        left, top = left + (width - side) / 2, top + (height - side) / 2
        area = (max(left, 0), max(top, 0), min(left + side, image.width), min(top + side, image.height))
        return image.resize((112, 112), Image.Resampling.BILINEAR, area)


def tensor(image: Image.Image) -> numpy.ndarray:
    return numpy.ascontiguousarray(numpy.asarray(image, numpy.float32).transpose(2, 0, 1)[None])


def rounded(length: int) -> int:
    return (length + 31) // 32 * 32


def suppressed(found: list[Found]) -> list[Found]:
    """Of faces over each other the surest."""
    kept: list[Found] = []
    for face in sorted(found, key=lambda face: -face.score):
        if all(overlap(face.box, other.box) <= OVERLAP for other in kept):
            kept.append(face)
    return kept


def overlap(first: tuple[float, ...], second: tuple[float, ...]) -> float:
    width = min(first[0] + first[2], second[0] + second[2]) - max(first[0], second[0])
    height = min(first[1] + first[3], second[1] + second[3]) - max(first[1], second[1])
    shared = max(width, 0) * max(height, 0)
    return shared / (first[2] * first[3] + second[2] * second[3] - shared)
