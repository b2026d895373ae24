"""The most memory that a server and its decoders ever held."""

from __future__ import annotations

import re
import threading
from pathlib import Path


def peak(process: int) -> int:
    """The most resident bytes of a process so far (proc(5), VmHWM); 0 once it is gone."""
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(found.group(1)) * 1024 if found else 0


class MemoryWatch:
    """Looks at a process and its children many times a second, because children come and go."""

    def __init__(self, process: int) -> None:
        self.process = process
        self.children: dict[int, int] = {}
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> MemoryWatch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.02):
            for listing in Path(f"/proc/{self.process}/task").glob("*/children"):
                try:
                    children = [int(child) for child in listing.read_text().split()]
                except (FileNotFoundError, ProcessLookupError):
                    continue
                for child in children:
                    self.children[child] = max(self.children.get(child, 0), peak(child))

    def __str__(self) -> str:
        most = max(self.children.values(), default=0)
        return (f"server {peak(self.process) >> 20} MiB, largest of {len(self.children)} decoders {most >> 20} MiB")
