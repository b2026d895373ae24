"""Thousands of photos through one server: memory and descriptors stay level. FOVEA_SOAK_PHOTOS sets how many."""

from __future__ import annotations

import os
import statistics
import time
import urllib.error
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from ..conftest import Server
from .photographs import small_photos

# After so many photos the server rests, and is read.
WINDOW = 500
# The lanes give back what they do not need within twice two seconds.
REST_SECONDS = 6


@dataclass
class Reading:
    """The server at rest after some photos."""

    photos: int
    megabytes: float
    descriptors: int
    children: int
    latency: float

    @classmethod
    def of(cls, server: Server, photos: int, latencies: list[float]) -> Reading:
        time.sleep(REST_SECONDS)
        root = Path(f"/proc/{server.process.pid}")
        listings = [task.read_text() for task in root.glob("task/*/children")]
        children = [child for listing in listings for child in listing.split()]
        processes = [root, *(Path("/proc") / child for child in children)]
        kilobytes = sum(proportional_kilobytes(process) for process in processes)
        return cls(photos, kilobytes / 1000, len(list((root / "fd").iterdir())), len(children),
                   statistics.median(latencies))


def proportional_kilobytes(process: Path) -> int:
    try:
        lines = (process / "smaps_rollup").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def soak(server: Server, pictures: list[bytes]) -> list[Reading]:
    """Puts all pictures in, four at a time; some are damaged, some are asked for in large, some are deleted again."""
    readings: list[Reading] = []

    def put(number: int) -> float:
        picture = pictures[number] if number % 50 else pictures[number][:len(pictures[number]) // 2]
        begun = time.monotonic()
        photo = server.upload(picture, f"{number}.jpg", wait=60)
        taken = time.monotonic() - begun
        assert photo["status"] == ("analysed" if number % 50 else "failed"), photo
        if number % 20 == 1:
            server.bytes(f"/api/v1/photos/{photo['id']}/thumbnail?size=1440")
        if number % 10 == 1:
            server.request("/api/v1/photos?q=animal&limit=20")
        if number % 10 == 2:
            server.request(f"/api/v1/photos/{photo['id']}", method="DELETE")
        if number % 100 == 3:
            with pytest.raises(urllib.error.HTTPError, match="415"):
                server.upload(b"no picture", "no.jpg")
        return taken

    with ThreadPoolExecutor(4) as clients:
        for first in range(0, len(pictures), WINDOW):
            latencies = list(clients.map(put, range(first, min(first + WINDOW, len(pictures)))))
            readings.append(Reading.of(server, first + len(latencies), latencies))
    return readings


def slope(readings: list[Reading], name: str) -> float:
    """How much a figure grows with each thousand photos, once the first fifth has filled what is kept for good."""
    settled = readings[len(readings) // 5:]
    line = statistics.linear_regression(
        [reading.photos / 1000 for reading in settled], [float(getattr(reading, name)) for reading in settled])
    return line.slope


@pytest.mark.long
def test_thousands_of_photos_leave_no_trace_in_memory(
    server: Server, photos: dict[str, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    count = int(os.environ.get("FOVEA_SOAK_PHOTOS") or 5000)
    readings = soak(server, small_photos(photos, count))
    with capsys.disabled():
        print(f"\nsoak of {count} photos")
        for reading in readings:
            print(f"{reading.photos:7} photos  {reading.megabytes:6.0f} MB at rest  {reading.descriptors:3} descriptors  "
                  f"{reading.children} children  {reading.latency * 1000:5.0f} ms")
        for name in ("megabytes", "descriptors", "latency"):
            print(f"{name} grow by {slope(readings, name):+.3f} each thousand photos")
    assert slope(readings, "descriptors") < 1
    assert slope(readings, "megabytes") < 5
    assert server.request("/api/v1/jobs")["waiting"] == 0
    assert server.process.poll() is None
