"""What processes use: memory and processor time of a process with all its children, from /proc."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """A process and all that descend from it."""
    found, open_ends = [], [root]
    while open_ends:
        process = open_ends.pop()
        found.append(process)
        try:
            for task in Path(f"/proc/{process}/task").iterdir():
                open_ends += [int(child) for child in (task / "children").read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            pass
    return found


def memory(root: int) -> int:
    """The bytes that a process and its children hold, memory they share counted once (proportional set size)."""
    return sum(memory_of(process) for process in tree(root))


def memory_of(process: int) -> int:
    try:
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (FileNotFoundError, ProcessLookupError):
        pass
    return 0


def processor_seconds(root: int) -> float:
    """Processor time of a process and all that descend from it, those that have ended included."""
    ticks = 0
    for process in tree(root):
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += sum(int(field) for field in fields[11:15])
        except (FileNotFoundError, ProcessLookupError):
            pass
    return ticks / TICK


def machine_seconds() -> float:
    """Processor time that all processes of this machine have used."""
    fields = [int(field) for field in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    user, nice, system, _idle, _waiting, interrupts, soft_interrupts, stolen = fields
    return (user + nice + system + interrupts + soft_interrupts + stolen) / TICK


class ForeignLoad:
    """How much of the processor others use while this program and its children measure."""

    def __init__(self) -> None:
        self.begin = self.now()

    def share(self) -> float:
        """The share of all cores' time since the beginning, 0 to 1."""
        clock, machine, own = (now - then for now, then in zip(self.now(), self.begin))
        return max(0.0, (machine - own) / (clock * (os.cpu_count() or 1)))

    @staticmethod
    def now() -> tuple[float, float, float]:
        return time.perf_counter(), machine_seconds(), processor_seconds(os.getpid())


@contextmanager
def watched_memory(root: int, every: float = 0.1) -> Iterator[list[int]]:
    """Notes the memory of a process and its children again and again while the body runs."""
    readings = [memory(root)]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(every):
            readings.append(memory(root))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield readings
    finally:
        done.set()
        watcher.join()
        readings.append(memory(root))
