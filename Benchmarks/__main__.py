"""Measures everything and writes docs/BENCHMARKS.md: `Scripts/bench [--rounds N] [--photos N] [--only PART…]`."""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
from pathlib import Path

import pyvips

from Benchmarks import latency, memory, report, small_json, throughput
from Benchmarks.models import ROOT
from Benchmarks.photos import Photo, make_mix
from Benchmarks.processes import ForeignLoad

PARTS = ["throughput", "latency", "json", "memory"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="Scripts/bench", description="Measures Fovea side by side with its peers.")
    parser.add_argument("--rounds", type=int, default=5, help="how often each comparison is repeated (default 5)")
    parser.add_argument("--photos", type=int, default=200, help="how many photos a round has (default 200)")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS, help="measure only this; writes no document")
    options = parser.parse_args()

    photos = make_mix(ROOT / ".build/benchmark-photos", options.photos, say)
    cores = len(os.sched_getaffinity(0))
    changed = [f"--{name} {getattr(options, name)}" for name in ("rounds", "photos")
               if getattr(options, name) != parser.get_default(name)]
    command = " ".join(["Scripts/bench", *changed] if changed else ["make bench"])
    binary = "another binary (`FOVEA_BINARY`)" if "FOVEA_BINARY" in os.environ else "this checkout's release build"
    load = ForeignLoad()
    measured = report.Measured(command, binary, cores, len(photos), megapixels(photos), 0)
    with tempfile.TemporaryDirectory(prefix="fovea-benchmark-") as name:
        folder = Path(name)
        if "memory" in options.only:
            measured.memory = memory.measure(photos, folder, options.rounds, say)
        if "latency" in options.only:
            measured.latency = latency.measure(photos, folder, 30, say)
        if "json" in options.only:
            measured.json = small_json.measure(photos, folder, options.rounds, say)
        if "throughput" in options.only:
            measured.throughput = throughput.measure(photos, folder, options.rounds, cores, say)
    measured.foreign_load = load.share()
    if options.only == PARTS:
        print(report.write(measured, ROOT / "docs/BENCHMARKS.md"))
        say("written to docs/BENCHMARKS.md")
    else:
        print(report.document(measured))


def megapixels(photos: list[Photo]) -> float:
    sizes: dict[Path, float] = {}
    for photo in photos:
        if photo.file not in sizes:
            image = pyvips.Image.new_from_file(str(photo.file))
            sizes[photo.file] = image.width * image.height / 1e6
    return sum(sizes[photo.file] for photo in photos)


def say(text: str) -> None:
    subprocess.run([ROOT / "Scripts/say", text], check=True)


if __name__ == "__main__":
    main()
