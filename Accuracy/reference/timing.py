"""How long the bare models take on tensors that are ready."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy
import onnxruntime

from Accuracy.data import Picture
from Accuracy.reference import Reference, decode, precision

WORKING_SIDE = 1280
CORES = len(os.sched_getaffinity(0))


@dataclass(frozen=True)
class Times:
    """Milliseconds of a core for each photo: of each step, and by the clock over all that a photo needs."""

    steps: dict[str, float]
    whole: float

    @property
    def seeing(self) -> float:
        """All steps together; `faces/mesh` is a part of `faces`."""
        return sum(value for name, value in self.steps.items() if "/" not in name)


@dataclass(frozen=True)
class BareModel:
    """A model, and the shape of its input for an upright photo of this width and height."""

    file: str
    shape: Callable[[int, int], tuple[int, ...]]


def faces_shape(width: int, height: int) -> tuple[int, ...]:
    """No larger than 640, on a sheet whose sides are multiples of 32."""
    scale = min(640 / max(width, height), 1)
    return 1, 3, -(-round(height * scale) // 32) * 32, -(-round(width * scale) // 32) * 32


def text_shape(width: int, height: int) -> tuple[int, ...]:
    """No larger than 960, each side rounded to a multiple of 32."""
    scale = min(960 / max(width, height), 1)
    return 1, 3, max(round(height * scale / 32), 1) * 32, max(round(width * scale / 32), 1) * 32


# By the name of Fovea's step that has the same model.
BARE = {
    "labels": BareModel(f"efficientnet_lite2_260_{precision()}.onnx", lambda *_: (2, 3, 260, 260)),
    "objects": BareModel("picodet_s_416_coco.onnx", lambda *_: (1, 3, 416, 416)),
    "faces/detect": BareModel("yunet_n_dynamic.onnx", faces_shape),
    "moderation/parts": BareModel("nudenet_320n.onnx", lambda *_: (1, 3, 320, 320)),
    "moderation/judge": BareModel("nsfw_mobilenet_v2_224_int8.onnx", lambda *_: (1, 3, 224, 224)),
    "text/find": BareModel(f"ppocrv4_det_{precision()}.onnx", text_shape),
}


class BareModels:
    """The models that there are, with a tensor for each photo."""

    def __init__(self, reference: Reference, photos: list[Picture]) -> None:
        self.photos = photos
        random = numpy.random.default_rng(1)
        self.models: list[tuple[str, onnxruntime.InferenceSession]] = []
        self.tensors: dict[tuple[str, str], dict[str, numpy.ndarray]] = {}
        for name, model in BARE.items():
            if not (reference.folder / model.file).exists():
                continue
            session = reference.session(model.file)
            self.models.append((name, session))
            for photo in photos:
                shape = model.shape(*working_size(reference.upright(photo).size))
                self.tensors[name, photo.sha256] = {session.get_inputs()[0].name: random.random(shape, numpy.float32)}

    def times(self) -> Times:
        """All photos, as many at a time as there are cores, each decoded by Pillow and run through each model."""
        for name, session in self.models:
            session.run(None, self.tensors[name, self.photos[0].sha256])
        start = time.perf_counter()
        # Decoding and the models leave Python alone meanwhile, so threads are enough.
        with ThreadPoolExecutor(CORES) as lanes:
            parts = list(lanes.map(self.one, self.photos))
        whole = time.perf_counter() - start
        steps = {name: 1000 * sum(part[name] for part in parts) / len(parts) for name in parts[0]}
        return Times(steps, 1000 * whole * min(CORES, len(parts)) / len(parts))

    def one(self, photo: Picture) -> dict[str, float]:
        """The seconds that a photo takes."""
        seconds: dict[str, float] = {}
        start = time.perf_counter()
        decode(photo.path)
        seconds["decoding"] = time.perf_counter() - start
        for name, session in self.models:
            start = time.perf_counter()
            session.run(None, self.tensors[name, photo.sha256])
            seconds[name] = time.perf_counter() - start
        return seconds


def working_size(size: tuple[int, int]) -> tuple[int, int]:
    """Of the working view: the longer side is 1280 at most."""
    scale = min(WORKING_SIDE / max(size), 1)
    return round(size[0] * scale), round(size[1] * scale)
