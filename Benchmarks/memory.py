"""How soon Fovea is ready, what it holds when idle, and what it holds while 1 GiB streams in."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from Benchmarks import processes
from Benchmarks.models import FOLDER, precision
from Benchmarks.photos import Photo, numbered
from Benchmarks.service import Fovea, upload_all

FILE_BYTES = 49_000_000
IDLE_SECONDS = 6
BOUNDARY = "fovea-benchmark"


@dataclass
class Memory:
    """Bytes, and seconds to get ready."""

    ready: list[float]
    models: int
    fresh: int
    idle: int
    streamed: int
    streaming: list[int]

    @property
    def first_half(self) -> int:
        return max(self.streaming[:len(self.streaming) // 2])

    @property
    def second_half(self) -> int:
        return max(self.streaming[len(self.streaming) // 2:])


def measure(photos: list[Photo], folder: Path, starts: int, say: Callable[[str], None]) -> Memory:
    ready = []
    for number in range(starts):
        service = Fovea(folder / f"start-{number}")
        ready.append(service.seconds_to_ready)
        service.stop()
    say(f"ready after {median(ready) * 1e3:.0f} ms")
    names = [f"efficientnet_lite2_260_{precision()}.onnx", "labels.json"]
    models = sum((FOLDER / name).stat().st_size for name in names)

    service = Fovea(folder / "memory")
    try:
        fresh = processes.memory(service.pid)
        # A little of everything, so that all is loaded that ever will be.
        upload_all(service, photos[:40])
        time.sleep(IDLE_SECONDS)
        idle = processes.memory(service.pid)
        say(f"idle: {fresh / 1e6:.0f} MB after the start, {idle / 1e6:.0f} MB after 40 photos")
        # What it has given back it needs again for the photos among the stream.
        upload_all(service, photos[:40], prefix="again-")
        small = next(photo.file for photo in photos if photo.kind == "1 MP JPEG").read_bytes()
        with processes.watched_memory(service.pid) as readings:
            streamed = stream_form(service, small, count=-(-(1 << 30) // FILE_BYTES))
        say(f"while {streamed / 2**30:.1f} GiB stream in: {min(readings) / 1e6:.0f} to {max(readings) / 1e6:.0f} MB")
        return Memory(ready, models, fresh, idle, streamed, readings)
    finally:
        service.stop()


def stream_form(service: Fovea, photo: bytes, count: int) -> int:
    """One form with `count` pictures nearly as large as is allowed: a small one each, and a tail of nothing. Answers
    how many bytes were sent."""
    tail = bytes(FILE_BYTES - len(photo) - 12)
    heads = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo"; filename="large-{number}.jpg"\r\n\r\n'.encode()
        for number in range(count)
    ]
    end = f"--{BOUNDARY}--\r\n".encode()

    def body() -> Iterator[bytes]:
        for number, head in enumerate(heads):
            yield head
            yield numbered(photo, ".jpg", number)
            yield tail
            yield b"\r\n"
        yield end

    length = sum(len(head) + FILE_BYTES + 2 for head in heads) + len(end)
    connection = service.connect()
    connection.request(
        "POST", "/api/v1/buckets/incoming/photos", body(),
        {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Content-Length": str(length)})
    answer = connection.getresponse()
    said = answer.read()
    connection.close()
    if answer.status != 201:
        raise RuntimeError(f"the form was answered {answer.status}: {said[:500]!r}")
    return length
