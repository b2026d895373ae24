"""How long a photo takes, step by step, next to the bare models, in turns with them; the fastest of several rounds."""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from PIL import Image

from Accuracy import copies
from Accuracy.data import Picture
from Accuracy.program import Program
from Accuracy.reference.timing import BARE, CORES, BareModels, Times
from Accuracy.rows import Row, Section, Table
from Accuracy.run import Run

ROUNDS = 5


def measure(run: Run) -> Section:
    photos = copies.originals(run)
    if not photos:
        return Section("Time", TEXT.strip(), [])
    bare, earlier = BareModels(run.reference, photos), Program.earlier(run.program.models)
    now: list[Times] = []
    alone: list[Times] = []
    before: list[Times] = []
    for number in range(ROUNDS):
        # In turns also who comes first.
        if earlier and number % 2:
            before.append(explained(earlier, photos))
        now.append(explained(run.program, photos))
        if earlier and not number % 2:
            before.append(explained(earlier, photos))
        alone.append(bare.times())
    tables = [step_table(fastest(now))] + ([change_table(now, before)] if before else [])
    return Section("Time", TEXT.strip(), rows(fastest(now), fastest(alone), len(photos)), tables)


def rows(ours: Times, alone: Times, count: int) -> list[Row]:
    """The steps that have a bare model, and sums."""
    both = [name for name in BARE if name in ours.steps and name in alone.steps]
    return [
        *(time_row(name, count, ours.steps[name], alone.steps[name]) for name in both),
        time_row("these together", count, *(sum(side.steps[name] for name in both) for side in (ours, alone))),
        time_row("all steps", count, ours.seeing, None),
        time_row("the whole program, decoding too", count, ours.whole, alone.whole),
    ]


def step_table(times: Times) -> Table:
    return Table("Every step, milliseconds a photo", ["step", "ms"], [
        [name, f"{value:.1f}"] for name, value in sorted(times.steps.items())])


def change_table(now: list[Times], before: list[Times]) -> Table:
    """Beside an older build. The ratios are between rounds that followed one another: their median, least and most."""
    figures: list[tuple[str, Callable[[Times], float | None]]] = [
        ("all steps", lambda times: times.seeing), ("the whole program", lambda times: times.whole)]
    steps = sorted({name for times in now + before for name in times.steps})
    figures += [(name, lambda times, name=name: times.steps.get(name)) for name in steps]
    lines = []
    for name, figure in figures:
        ours, theirs = [figure(times) for times in now], [figure(times) for times in before]
        ratios = [new / old for new, old in zip(ours, theirs) if new is not None and old]
        said = f"{median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})" if ratios else "–"
        lines.append([name, least(theirs), least(ours), said])
    return Table(
        "Beside an earlier build (FOVEA_EARLIER), milliseconds a photo", ["what", "earlier", "now", "ratio"], lines)


def least(values: list[float | None]) -> str:
    found = [value for value in values if value is not None]
    return f"{min(found):.1f}" if found else "–"


def time_row(name: str, count: int, ours: float, reference: float | None) -> Row:
    return Row(name, "time a photo", count, ours, reference, "ms")


def fastest(rounds: list[Times]) -> Times:
    """The least of each figure: others on the machine only ever make it longer."""
    steps = {name: min(times.steps[name] for times in rounds) for name in rounds[0].steps}
    return Times(steps, min(times.whole for times in rounds))


def explained(program: Program, photos: list[Picture]) -> Times:
    """One run over the photos, and one over next to nothing, which tells what the start takes."""
    with tempfile.TemporaryDirectory(prefix="fovea-timing-") as folder:
        nothing = Path(folder) / "nothing.png"
        Image.new("RGB", (32, 32), "grey").save(nothing)
        start, _ = clocked(lambda: program.explanation([nothing]))
        whole, text = clocked(lambda: program.explanation([photo.path for photo in photos]))
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
