"""What a person said of the everyday photos: `everyday.json`, by the SHA-256 of the file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from Accuracy.data import ROOT

FILE = ROOT / "Accuracy/everyday.json"


@dataclass(frozen=True)
class Judgement:
    """What is right for one photo. `words` are equally good first words for it; all names are case-folded. `fold` tells
    apart photos that something was fitted on and photos held back."""

    words: list[str]
    true: frozenset[str]
    false: frozenset[str]
    fold: str = ""

    @classmethod
    def read(cls, entry: dict[str, Any]) -> Judgement:
        word = entry.get("word") or []
        words = [word] if isinstance(word, str) else word
        return cls(
            [word.casefold() for word in words],
            frozenset(name.casefold() for name in entry.get("true", [])),
            frozenset(name.casefold() for name in entry.get("false", [])),
            str(entry.get("fold", "")))

    def of(self, label: str) -> bool | None:
        """Whether a label is true of the photo; nothing if nobody said."""
        name = label.casefold()
        return True if name in self.true else False if name in self.false else None


def entries(path: Path = FILE) -> dict[str, dict[str, Any]]:
    """The file as it is; empty while there is none."""
    return json.loads(path.read_text()) if path.exists() else {}


def judgements(path: Path = FILE) -> dict[str, Judgement]:
    """What was said of each photo, by its SHA-256."""
    return {sha256: Judgement.read(entry) for sha256, entry in entries(path).items()}


def write(entries: dict[str, dict[str, Any]], path: Path = FILE) -> None:
    """A line for each photo, in the order of their files, so that a change shows as the lines it changes."""
    ordered = sorted(entries.items(), key=lambda item: (item[1].get("file", ""), item[0]))
    lines = [f"{json.dumps(sha256)}: {json.dumps(entry, ensure_ascii=False)}" for sha256, entry in ordered]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def add_verdicts(entries: dict[str, dict[str, Any]], text: str) -> int:
    """Adds lines of the form `sha-prefix label yes|no`, replacing what was said before; returns how many. Empty lines
    and what follows a `#` are passed over. Raises ValueError with the line that cannot be understood."""
    count = 0
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split("#")[0].split()
        if not words:
            continue
        if len(words) < 3 or words[-1] not in ("yes", "no"):
            raise ValueError(f"line {number}: expected `sha-prefix label yes|no`, found `{line}`")
        found = [sha256 for sha256 in entries if sha256.startswith(words[0])]
        if len(found) != 1:
            raise ValueError(f"line {number}: {len(found)} photos begin with {words[0]}")
        entry, label = entries[found[0]], " ".join(words[1:-1])
        for side in ("true", "false"):
            entry[side] = [name for name in entry.get(side, []) if name.casefold() != label.casefold()]
        entry["true" if words[-1] == "yes" else "false"].append(label)
        count += 1
    return count
