"""Many photos: from the first byte of the first upload until the last result is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from Benchmarks import processes
from Benchmarks.bare import BareWork, Round
from Benchmarks.photos import Photo
from Benchmarks.service import Fovea, PlainPython, Service, upload_all

WARM_UP = 16


@dataclass
class ServiceRound:
    """What one run of all photos through a service took."""

    seconds: float
    photos: int
    processor: float
    idle: int
    peak: int
    stages: dict[str, dict[str, float]] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        return self.photos / self.seconds


@dataclass
class Throughput:
    """All rounds; those of one index ran one after the other."""

    fovea: list[ServiceRound] = field(default_factory=list)
    bare: list[Round] = field(default_factory=list)
    python: list[ServiceRound] = field(default_factory=list)


def measure(photos: list[Photo], folder: Path, rounds: int, cores: int, say: Callable[[str], None]) -> Throughput:
    """Runs everybody in each round, one after the other, each in a fresh state."""
    result = Throughput()
    bare = BareWork([photo.file for photo in photos], cores)
    for number in range(rounds):
        say(f"throughput, round {number + 1} of {rounds}")
        done = bare.run()
        result.bare.append(done)
        say(f"  bare work          {done.photos / done.seconds:6.1f} photos/s")
        for name, service, rounds_of in [
            ("Fovea", Fovea, result.fovea), ("Python", PlainPython, result.python),
        ]:
            ran = one_round(lambda: service(folder / f"{name}-{number}"), photos)
            rounds_of.append(ran)
            say(f"  {name:<18} {ran.rate:6.1f} photos/s, at most {ran.peak / 1e6:.0f} MB")
    bare.close()
    return result


def one_round(start: Callable[[], Service], photos: list[Photo]) -> ServiceRound:
    service = start()
    try:
        upload_all(service, photos[:WARM_UP], prefix="warm-up-")
        idle = processes.memory(service.pid)
        before = service.stages() if isinstance(service, Fovea) else {}
        used = processes.processor_seconds(service.pid)
        with processes.watched_memory(service.pid) as readings:
            seconds = upload_all(service, photos)
        used = processes.processor_seconds(service.pid) - used
        after = service.stages() if isinstance(service, Fovea) else {}
        stages = {
            stage: {bound: value - before[stage][bound] for bound, value in values.items()}
            for stage, values in after.items()
        }
        return ServiceRound(seconds, len(photos), used, idle, max(readings), stages)
    finally:
        service.stop()
