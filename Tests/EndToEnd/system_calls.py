"""The system calls of a server, as strace sees them."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TRACED = "mkdir,mkdirat,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,write,writev,pwrite64,sendto,sendmsg"


@dataclass
class Call:
    """One call: its text with the paths of its descriptors, and the lines of the trace where it began and ended."""

    name: str
    text: str
    began: int
    ended: int


def tracing(trace: Path) -> list[str]:
    """The command to put before a server's so that its calls are written to `trace`."""
    # The tracer is the grandchild: signals reach the server, and the server's end is the command's end.
    return ["strace", "-D", "-f", "-y", "-s", "6000", "-e", "signal=none", "-e", f"trace={TRACED}", "-o", str(trace)]


def why_not(folder: Path) -> str | None:
    """Why nothing can be traced here; `None` when it can."""
    trace = folder / "probe"
    try:
        tried = subprocess.run([*tracing(trace), "mkdir", folder / "made"], capture_output=True, text=True, timeout=30)
    except FileNotFoundError:
        return "strace is not installed"
    if tried.returncode or not any(call.name == "mkdir" for call in calls_in(trace)):
        return f"strace may not trace here: {tried.stderr.strip() or 'it saw nothing'}"
    return None


def calls_in(trace: Path) -> list[Call]:
    """The calls that succeeded, in the order in which they began. Calls of other threads may lie between a beginning
    and its end."""
    calls: list[Call] = []
    open_calls: dict[str, Call] = {}
    for number, line in enumerate(trace.read_text(errors="replace").splitlines()):
        thread, _, rest = line.partition(" ")
        rest = rest.lstrip()
        if resumed := re.match(r"<\.\.\. \w+ resumed>(.*)", rest):
            if call := open_calls.pop(thread, None):
                call.text, call.ended = call.text + resumed.group(1), number
        elif started := re.match(r"(\w+)\(", rest):
            call = Call(started.group(1), rest, number, number)
            calls.append(call)
            if rest.endswith("<unfinished ...>"):
                call.text = rest.removesuffix("<unfinished ...>")
                open_calls[thread] = call
    return [call for call in calls if re.search(r"\) += [0-9]", call.text)]


def sync_of(path: Path) -> Callable[[Call], Any]:
    """Finds the syncs of a file or folder."""
    return lambda call: call.name in ("fsync", "fdatasync") and f"<{path}>" in call.text


def first(calls: list[Call], matches: Callable[[Call], Any], what: str, after: Call | None = None) -> Call:
    """The first call that matches and began after another one ended."""
    for call in calls:
        if matches(call) and (after is None or call.began > after.ended):
            return call
    raise AssertionError(f"there is no {what}" + (f" after {after.text[:300]}" if after else ""))
