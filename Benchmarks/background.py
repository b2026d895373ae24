"""What a re-analysis costs those who put photos in meanwhile: single uploads on a server that has nothing else to do, and
while it looks at its photos again, in turn.

    python -m Benchmarks.background [--uploads 3] [--rounds 15] [--photos 60]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from Benchmarks.models import ROOT
from Benchmarks.photos import Photo, make_mix
from Benchmarks.service import Fovea, upload


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m Benchmarks.background", description=__doc__)
    parser.add_argument("--uploads", type=int, default=3, help="how many a round has of each kind (default 3)")
    parser.add_argument("--rounds", type=int, default=15, help="how many rounds (default 15)")
    parser.add_argument("--photos", type=int, default=60, help="how many photos there are to look at again (default 60)")
    options = parser.parse_args()
    mix = [photo for photo in make_mix(ROOT / ".build/benchmark-photos", 20, print) if photo.kind == "1 MP JPEG"]
    with tempfile.TemporaryDirectory() as folder:
        service = Fovea(Path(folder) / "data", all_models=True)
        try:
            measure(service, mix, options)
        finally:
            service.stop()


def measure(service: Fovea, mix: list[Photo], options: argparse.Namespace) -> None:
    connection = service.connect()
    for number in range(options.photos):
        upload(connection, again(mix, number), prefix="old", wait=60)
    run = order(service)
    rate = alone(service, run)
    stop(service, run)
    idle: list[float] = []
    busy: list[float] = []
    for number in range(options.rounds * 2):
        is_busy = number % 2 == 1
        if is_busy:
            run = order(service)
            wait_until(lambda: state(service, run)["done"] > 0)
        for place in range(options.uploads):
            photo = again(mix, 1000 + place)
            # People are not machines: uploads come at any moment of the work in the background.
            time.sleep(0.37 * random.random())
            start = time.perf_counter()
            upload(connection, photo, prefix=f"new{number}", wait=60)
            (busy if is_busy else idle).append(time.perf_counter() - start)
        if is_busy:
            if state(service, run)["state"] != "running":
                raise RuntimeError(f"the re-analysis was over too soon; give it more photos than {options.photos}")
            stop(service, run)
    for kind, times in [("idle", idle), ("during a re-analysis", busy)]:
        print(f"{kind}: {len(times)} uploads, p50 {median(times) * 1e3:.0f} ms, "
              f"p95 {quantiles(times, n=20)[18] * 1e3:.0f} ms, longest {max(times) * 1e3:.0f} ms")
    print(f"alone the re-analysis looks at {rate:.2f} photos a second; load {os.getloadavg()[0]:.1f}")


def again(mix: list[Photo], number: int) -> Photo:
    return Photo("1 MP JPEG", mix[number % len(mix)].file, number)


def order(service: Fovea) -> int:
    return ask(service, "POST", "/api/v1/reanalyses", {"only": "all"})["number"]


def state(service: Fovea, number: int) -> Any:
    return ask(service, "GET", f"/api/v1/reanalyses/{number}")


def stop(service: Fovea, number: int) -> None:
    """Stops one, and waits until what was in hand is finished."""
    ask(service, "DELETE", f"/api/v1/reanalyses/{number}")
    wait_until(lambda: ask(service, "GET", "/api/v1/jobs")["running"] == 0)


def alone(service: Fovea, number: int) -> float:
    """How many photos a second are looked at again while nothing new comes."""
    wait_until(lambda: state(service, number)["done"] > 0)
    first, start = state(service, number)["done"], time.perf_counter()
    wait_until(lambda: state(service, number)["done"] >= first + 10)
    return 10 / (time.perf_counter() - start)


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.perf_counter() + 120
    while not holds():
        if time.perf_counter() > deadline:
            raise RuntimeError("the server does not get on")
        time.sleep(0.02)


def ask(service: Fovea, method: str, path: str, body: Any = None) -> Any:
    connection = service.connect()
    connection.request(method, path, json.dumps(body) if body else None)
    answer = connection.getresponse()
    document = json.loads(answer.read())
    connection.close()
    if answer.status >= 400:
        raise RuntimeError(f"{method} {path} was answered {answer.status}: {document}")
    return document


if __name__ == "__main__":
    main()
