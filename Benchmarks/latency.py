"""One photo at a time on a server that has nothing else to do: from the first byte sent to the labels received."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from Benchmarks.bare import Worker
from Benchmarks.photos import Photo
from Benchmarks.service import Fovea, upload


@dataclass
class Latency:
    """Seconds for each photo of one kind; those of one index ran one after the other."""

    kind: str
    fovea: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float:
        return median(self.fovea) / median(self.bare)


def measure(photos: list[Photo], folder: Path, count: int, say: Callable[[str], None]) -> list[Latency]:
    """The same photo through Fovea and through the bare work in turn, `count` times, for each kind but HEIC."""
    service, worker = Fovea(folder / "latency"), Worker()
    connection = service.connect()
    results = []
    try:
        for kind in ["12 MP JPEG", "1 MP JPEG"]:
            result = Latency(kind)
            file = next(photo.file for photo in photos if photo.kind == kind)
            # Two warm both up.
            for number in range(count + 2):
                photo = Photo(kind, file, number)
                content = photo.content()
                start = time.perf_counter()
                document = upload(connection, photo, prefix=kind[:1], wait=60)
                result.fovea.append(time.perf_counter() - start)
                if document["status"] != "analysed":
                    raise RuntimeError(f"{photo.key} is {document['status']}: {document.get('error')}")
                start = time.perf_counter()
                worker.decode(content)
                worker.see()
                result.bare.append(time.perf_counter() - start)
            del result.fovea[:2], result.bare[:2]
            results.append(result)
            say(f"one {kind}: Fovea {median(result.fovea) * 1e3:.0f} ms, bare {median(result.bare) * 1e3:.0f} ms")
    finally:
        connection.close()
        service.stop()
    return results
