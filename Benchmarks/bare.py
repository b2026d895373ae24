"""The same work without a service around it: libvips, then the model on a tensor that is ready. Nothing is received,
confined, copied between processes or stored.

The steps are those of Sources/Imaging (PictureCodec), through pyvips, whose own share is well below a millisecond a
photo. One process for each core takes photo after photo.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from Benchmarks.models import SHARES, SIDE, label_session

THUMBNAIL = 256
HEADROOM = 2.0


@dataclass
class Round:
    """What one run over all photos took: the clock, and the sums of all processes."""

    seconds: float
    photos: int
    decoding: float
    seeing: float
    processor: float


class Worker:
    """The work on one photo."""

    def __init__(self) -> None:
        # Before libvips is loaded: one thread for each process, as in Fovea's decoders.
        os.environ["VIPS_CONCURRENCY"] = "1"
        import numpy
        import pyvips

        pyvips.cache_set_max(0)
        self.vips = pyvips
        self.session = label_session()
        self.tensor = numpy.random.default_rng(1).random((len(SHARES), 3, SIDE, SIDE), numpy.float32) * 2 - 1

    def decode(self, data: bytes) -> tuple[bytes, list[bytes]]:
        """The thumbnail and the pixels of the views."""
        header = self.load(data)
        width, height = header.width, header.height
        longer, shorter = max(width, height), min(width, height)
        scale = max([THUMBNAIL / longer] + [SIDE / (shorter * share) for share in SHARES])
        reduction = max(1.0, min(shorter, 1 / (scale * HEADROOM)))
        image = header if reduction < 2 else self.load(data, reduction)
        factor = int(reduction / (width / image.width))
        if image.hasalpha():
            image = image.flatten(background=255)
        if factor > 1:
            image = image.shrink(factor, factor)
        image = image.copy_memory().autorot()
        views = [self.view(image, share) for share in SHARES]
        ratio = min(1.0, THUMBNAIL / longer)
        small = (max(1, round(width * ratio)), max(1, round(height * ratio)))
        if header.get_typeof("orientation") and header.get("orientation") >= 5:
            small = small[::-1]
        thumbnail = self.srgb(self.resized(image, *small)).webpsave_buffer(Q=80, effort=2, strip=True)
        return thumbnail, views

    def see(self) -> Any:
        """The model on both views at once."""
        return self.session.run(["logits"], {"image": self.tensor})

    def load(self, data: bytes, reduction: float = 1) -> Any:
        options: dict[str, Any] = {"access": "sequential", "fail_on": "error"}
        if data[:2] == b"\xff\xd8":
            shrink = next((shrink for shrink in (8, 4, 2) if shrink <= reduction), 1)
            return self.vips.Image.jpegload_buffer(data, shrink=shrink, **options)
        if data[:4] == b"\x89PNG":
            return self.vips.Image.pngload_buffer(data, **options)
        return self.vips.Image.heifload_buffer(data, **options)

    def view(self, image: Any, share: float) -> bytes:
        side = max(1, round(min(image.width, image.height) * share))
        square = image.crop((image.width - side) // 2, (image.height - side) // 2, side, side)
        return self.srgb(self.resized(square, SIDE, SIDE)).write_to_memory()

    @staticmethod
    def resized(image: Any, width: int, height: int) -> Any:
        return image.resize(width / image.width, vscale=height / image.height, kernel="lanczos3")

    @staticmethod
    def srgb(image: Any) -> Any:
        if image.get_typeof("icc-profile-data"):
            image = image.icc_transform("srgb", embedded=True, intent="relative")
        image = image.colourspace("srgb").cast("uchar")
        return image if image.bands == 3 else image[0:3]


class BareWork:
    """Processes that are ready to work through the photos."""

    def __init__(self, files: list[Path], processes: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.next = context.Value("i", 0)
        self.count = len(files)
        self.connections: list[Connection] = []
        for _ in range(processes):
            ours, theirs = context.Pipe()
            context.Process(target=work, args=(theirs, files, self.next), daemon=True).start()
            self.connections.append(ours)
        for connection in self.connections:
            connection.recv()

    def run(self) -> Round:
        """Works through all photos once."""
        self.next.value = 0
        start = time.perf_counter()
        for connection in self.connections:
            connection.send("run")
        sums = [sum(column) for column in zip(*(connection.recv() for connection in self.connections))]
        return Round(time.perf_counter() - start, self.count, *sums)

    def close(self) -> None:
        for connection in self.connections:
            connection.send("end")


def work(connection: Connection, files: list[Path], next_photo: Any) -> None:
    """A process: gets ready, says so, then works through the photos whenever it is told to."""
    worker = Worker()
    contents = {file: file.read_bytes() for file in set(files)}
    for content in contents.values():
        worker.decode(content)
        worker.see()
    connection.send("ready")
    while connection.recv() == "run":
        decoding = seeing = 0.0
        processor = time.process_time()
        while True:
            with next_photo.get_lock():
                index, next_photo.value = next_photo.value, next_photo.value + 1
            if index >= len(files):
                break
            start = time.perf_counter()
            worker.decode(contents[files[index]])
            decoded = time.perf_counter()
            worker.see()
            seeing += time.perf_counter() - decoded
            decoding += decoded - start
        connection.send((decoding, seeing, time.process_time() - processor))
