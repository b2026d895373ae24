"""How long a photo takes, step by step, next to the bare models, in turns with them; the fastest of several rounds."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from Accuracy import copies
from Accuracy.data import Picture
from Accuracy.reference.timing import BARE, CORES, BareModels, Times
from Accuracy.rows import Row, Section, Table
from Accuracy.run import Run

ROUNDS = 5


def measure(run: Run) -> Section:
    photos = copies.originals(run)
    if not photos:
        return Section("Time", TEXT.strip(), [])
    bare = BareModels(run.reference, photos)
    rounds = [(explained(run, photos), bare.times()) for _ in range(ROUNDS)]
    ours, alone = fastest([ours for ours, _ in rounds]), fastest([alone for _, alone in rounds])
    both = [name for name in BARE if name in ours.steps and name in alone.steps]
    count = len(photos)
    return Section("Time", TEXT.strip(), [
        *(time_row(name, count, ours.steps[name], alone.steps[name]) for name in both),
        time_row("these together", count, *(sum(side.steps[name] for name in both) for side in (ours, alone))),
        time_row("all steps", count, sum(value for name, value in ours.steps.items() if "/" not in name), None),
        time_row("the whole program, decoding too", count, ours.whole, alone.whole),
    ], [Table("Every step, milliseconds a photo", ["step", "ms"],
              [[name, f"{value:.1f}"] for name, value in sorted(ours.steps.items())])])


def time_row(name: str, count: int, ours: float, reference: float | None) -> Row:
    return Row(name, "time a photo", count, ours, reference, "ms")


def fastest(rounds: list[Times]) -> Times:
    """The least of each figure: others on the machine only ever make it longer."""
    steps = {name: min(times.steps[name] for times in rounds) for name in rounds[0].steps}
    return Times(steps, min(times.whole for times in rounds))


def explained(run: Run, photos: list[Picture]) -> Times:
    """One run over the photos, and one over next to nothing, which tells what the start takes."""
    with tempfile.TemporaryDirectory(prefix="fovea-timing-") as folder:
        nothing = Path(folder) / "nothing.png"
        Image.new("RGB", (32, 32), "grey").save(nothing)
        start, _ = clocked(lambda: run.program.explanation([nothing]))
        whole, text = clocked(lambda: run.program.explanation([photo.path for photo in photos]))
    count = len(photos)
    return Times(steps(text, count), 1000 * (whole - start) * min(CORES, count) / count)


def clocked(work: Callable[[], str]) -> tuple[float, str]:
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def steps(explanation: str, photos: int) -> dict[str, float]:
    """Milliseconds a photo out of what `--explain` prints: lines of `mean ms × count  step`."""
    found = re.findall(r"^\s*([\d.]+) ms × (\d+)\s+(\S+)$", explanation, re.MULTILINE)
    return {name: float(mean) * int(count) / photos for mean, count, name in found}


TEXT = """
A dozen photos, as many at a time as there are cores: Fovea's steps as `fovea analyze --explain` tells them, then, in
turns with it, the bare models in Python on random tensors of the same shapes; of each figure the least of five
rounds, in milliseconds of a core for each photo. A step holds more than its model: cutting and shrinking pixels,
reading the answer. The whole program is the clock over the command less its start, decoding in the confined process
included; its reference is decoding by Pillow and the models named above, without the readers of faces and lines of
text, whose number depends on the photo. On a machine that others use, only the ratios within this table mean
something.
"""
