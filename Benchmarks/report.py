"""docs/BENCHMARKS.md: what was measured, against which bar, and where the time goes."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from Benchmarks.latency import Latency
from Benchmarks.memory import Memory
from Benchmarks.models import precision
from Benchmarks.small_json import CONNECTIONS, SmallJSON
from Benchmarks.throughput import Throughput


@dataclass
class Measured:
    """Everything of one run; what was left out is absent."""

    command: str
    binary: str
    cores: int
    photos: int
    megapixels: float
    foreign_load: float
    throughput: Throughput | None = None
    latency: list[Latency] | None = None
    json: list[SmallJSON] | None = None
    memory: Memory | None = None


def write(measured: Measured, path: Path) -> str:
    text = document(measured)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return text


def document(measured: Measured) -> str:
    parts = [
        "# Benchmarks",
        "Written by `make bench`; do not edit. Every figure is a median, every ratio is taken between runs that "
        "followed one another directly (in brackets the lowest and the highest), because "
        "absolute times say more about the machine than about the program.",
        "\n".join([
            f"- **When:** {datetime.date.today().isoformat()}, with `{measured.command}`, of {measured.binary}",
            f"- **On:** {measured.cores} cores, {processor()}; the label model in {precision()}",
            f"- **Photos:** {measured.photos}, {measured.megapixels:,.0f} megapixels in all: 60 % JPEG of 12 "
            "megapixels, 20 % JPEG of 1 megapixel, 10 % PNG, 10 % HEIC of 12 megapixels (`Benchmarks/photos.py`)",
            f"- **Others on the machine** took {measured.foreign_load:.0%} of its processor time meanwhile"
            + (": more than a tenth, so this run settles no verdict that rests on the clock"
               if measured.foreign_load > 0.1 else ""),
        ]),
        "## Against the first bar",
        table(["what", "Fovea", "measured against", "ratio", "first bar", ""], verdicts(measured)),
    ]
    if measured.throughput:
        parts += ["## Where the time of a photo goes", *breakdown(measured.throughput, measured.cores)]
    parts += [
        "## What is measured how",
        METHOD.strip(),
        "Not measured yet: search over 1,000,000 photos.",
    ]
    return "\n\n".join(parts) + "\n"


METHOD = f"""
- **The work** is labels alone, on every side: Fovea runs with the label model and no other.
- **Throughput** counts from the first byte of the first upload, over 8 connections that stay open, until the last
  result is stored; the client shares the cores. **The bare work** is the same decoding, thumbnail, views and model
  (on tensors that are ready) in one process a core, without receiving, confining or storing anything
  (`Benchmarks/bare.py`). It decodes by Fovea's own recipe: the ratio to it tells what the service around costs, not
  whether the recipe is a good one; the ratio to Python tells that.
- Fovea's models run at low priority (niceness 10), its peers at the usual one: where others work on the machine, the
  clock is unfair to Fovea.
- **Python** is the same pipeline on Flask, gunicorn (two workers), Pillow, ONNX Runtime and SQLite, with the same
  promises about what survives (`Benchmarks/plain_python.py`).
- **Processor time** is what all processes of a side used; unlike the clock it hardly depends on who else is working.
- **Memory** is the proportional set size of the service and all its child processes; at peak, the highest of ten
  readings a second.
- **One photo** goes to a server that does nothing else, with `?wait=`, over a connection that is open already.
- **Small JSON** is asked for by wrk over {CONNECTIONS} connections; nginx serves the same bytes as a file, without a
  log. **1 GiB** is one form of files of 49 MB each, which are analysed meanwhile.
"""


def verdicts(measured: Measured) -> list[list[str]]:
    rows: list[list[str]] = []
    if through := measured.throughput:
        fovea = median(ran.rate for ran in through.fovea)
        bare = median(ran.photos / ran.seconds for ran in through.bare)
        python = median(ran.rate for ran in through.python)
        to_bare = [ours.rate * other.seconds / other.photos for ours, other in zip(through.fovea, through.bare)]
        to_python = [ours.rate / other.rate for ours, other in zip(through.fovea, through.python)]
        to_python_peak = [ours.peak / other.peak for ours, other in zip(through.fovea, through.python)]
        peak = median(ran.peak for ran in through.fovea)
        python_peak = median(ran.peak for ran in through.python)
        rows += [
            row("many photos, upload to result stored", f"{fovea:.1f} photos/s", f"bare work: {bare:.1f} photos/s",
                to_bare, at_least=0.85),
            row("the same", f"{fovea:.1f} photos/s", f"Python: {python:.1f} photos/s", to_python, at_least=2),
            row("memory at peak meanwhile", megabytes(peak), f"Python: {megabytes(python_peak)}",
                to_python_peak, at_most=0.5),
        ]
    for result in measured.latency or []:
        rows.append(row(
            f"one {result.kind}, upload to labels, idle server", f"{median(result.fovea) * 1e3:.0f} ms",
            f"bare work: {median(result.bare) * 1e3:.0f} ms", [result.ratio], at_most=1.3))
    for small in measured.json or []:
        rows.append(row(
            f"small JSON GET, {small.name} ({small.size} bytes)", f"{median(small.fovea):,.0f}/s",
            f"nginx, a file: {median(small.nginx):,.0f}/s", small.ratios, at_least=0.5))
    if memory := measured.memory:
        beside = memory.idle - memory.models
        grown = memory.second_half / memory.first_half
        ready = median(memory.ready)
        rows += [
            ["memory idle, beside the models", megabytes(beside), f"{megabytes(memory.fresh)} after the start, models "
             f"and all; {megabytes(memory.idle)} after 40 photos and 6 s of rest", "", "≤ 150 MB", verdict(beside <= 150e6)],
            row(f"memory while {memory.streamed / 2**30:.1f} GiB stream in: flat",
                f"{megabytes(memory.second_half)} in the second half",
                f"{megabytes(memory.first_half)} in the first half", [grown], at_most=1.1),
            ["ready after start", f"{ready * 1e3:.0f} ms", "", "", "≤ 1 s", verdict(ready <= 1)],
        ]
    return rows


def row(
    what: str, ours: str, other: str, ratios: list[float], *,
    at_least: float | None = None, at_most: float | None = None,
) -> list[str]:
    ratio = median(ratios)
    said = f"{ratio:.2f}" + (f" ({min(ratios):.2f} to {max(ratios):.2f})" if len(ratios) > 1 else "")
    if at_least is not None:
        return [what, ours, other, said, f"≥ {at_least}", verdict(ratio >= at_least)]
    assert at_most is not None
    return [what, ours, other, said, f"≤ {at_most}", verdict(ratio <= at_most)]


def verdict(good: bool) -> str:
    return "pass" if good else "**miss**"


def breakdown(through: Throughput, cores: int) -> list[str]:
    """Milliseconds of a lane for each photo, beside the bare work's; and processor time."""
    stages = {
        stage: median(1e3 * ran.stages[stage]["sum"] / ran.stages[stage]["count"] for ran in through.fovea)
        for stage in through.fovea[0].stages
    }
    decoding = median(1e3 * ran.decoding / ran.photos for ran in through.bare)
    seeing = median(1e3 * ran.seeing / ran.photos for ran in through.bare)
    clock = median(1e3 * cores * ran.seconds / ran.photos for ran in through.fovea)
    bare_clock = median(1e3 * cores * ran.seconds / ran.photos for ran in through.bare)
    rows = [
        ["decode, thumbnail, views", f"{stages.pop('decode'):.1f}", f"{decoding:.1f}"],
        ["see: tensors and the model", f"{stages.pop('see'):.1f}", f"{seeing:.1f} (the model alone)"],
        *([stage, f"{value:.1f}", "–"] for stage, value in stages.items()),
        ["a core's time by the clock", f"{clock:.1f}", f"{bare_clock:.1f}"],
        ["processor time, all processes", f"{median(1e3 * ran.processor / ran.photos for ran in through.fovea):.1f}",
         f"{median(1e3 * ran.processor / ran.photos for ran in through.bare):.1f}"],
    ]
    last = through.fovea[-1].stages
    bounds = ["0.005", "0.01", "0.025", "0.05", "0.1", "0.25", "0.5", "1.0", "+Inf"]
    bounds = [bound for bound in bounds if bound in last["decode"]]
    histogram = [
        [stage] + [f"{values[bound] / values['count']:.0%}" for bound in bounds[:-1]] for stage, values in last.items()
    ]
    python = median(1e3 * ran.processor / ran.photos for ran in through.python)
    return [
        table(["milliseconds for each photo", "Fovea", "bare work"], rows),
        f"The Python pipeline uses {python:.1f} ms of processor time for each photo. How many of Fovea's photos were "
        "through a stage within so many seconds (`fovea_stage_seconds` at `/metrics`, last round):",
        table(["stage"] + [f"≤ {bound} s" for bound in bounds[:-1]], histogram),
    ]


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def megabytes(size: float) -> str:
    return f"{size / 1e6:.0f} MB"


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return "of an unknown make"
