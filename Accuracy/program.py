"""The program that is measured, asked as a person asks it: `fovea analyze --json FILES…`."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from Accuracy.data import ROOT, Picture
from Accuracy.folds import folds, models_without


@dataclass(frozen=True)
class Program:
    """A binary and the models it looks with."""

    binary: Path
    models: Path

    @classmethod
    def find(cls, models: Path) -> Program:
        """FOVEA_BINARY, else this checkout's release build."""
        binary = Path(os.environ.get("FOVEA_BINARY") or ROOT / ".build/release/fovea").resolve()
        if not binary.exists():
            raise SystemExit(f"There is no {binary}; `make build` makes it, FOVEA_BINARY names another.")
        return cls(binary, models)

    @classmethod
    def earlier(cls, models: Path) -> Program | None:
        """FOVEA_EARLIER, an older build whose times are compared."""
        binary = os.environ.get("FOVEA_EARLIER")
        return cls(Path(binary).resolve(), models) if binary else None

    def answers(
        self, pictures: list[Picture], say: Callable[[str], None], *, all_labels: bool = False
    ) -> dict[str, dict[str, Any]]:
        """The document of each picture, by its SHA-256: with the labels a person sees at defaults, or with all that are
        stored. No model that learned from a picture looks at it."""
        options = ["--max-labels", "1000", "--min-confidence", "0"] if all_labels else []
        groups: dict[int | None, dict[str, Picture]] = {}
        for picture in pictures:
            groups.setdefault(folds().get(picture.sha256), {})[str(picture.path)] = picture
        found: dict[str, dict[str, Any]] = {}
        for fold, by_path in groups.items():
            with models_without(fold, self.models) as models:
                for line in Program(self.binary, models).lines([*options, *by_path]):
                    document = json.loads(line)
                    found[by_path[document["file"]].sha256] = document
                    if len(found) % 50 == 0:
                        say(f"{len(found)} of {len(pictures)} files looked at")
        missing = [picture.file for picture in pictures if picture.sha256 not in found]
        if missing:
            raise SystemExit(f"{self.binary} gave no answer to {len(missing)} files: {', '.join(missing[:5])}")
        return found

    def lines(self, arguments: list[str]) -> Iterator[str]:
        """The lines that `analyze --json` prints, as they come."""
        with tempfile.TemporaryDirectory(prefix="fovea-accuracy-") as empty:
            process = subprocess.Popen(
                [self.binary, "analyze", "--json", *arguments], stdout=subprocess.PIPE, text=True,
                env=self.environment(empty))
            assert process.stdout is not None
            yield from process.stdout
            self.check(process.wait())

    def explanation(self, files: list[Path]) -> str:
        """What `analyze --explain` tells of its steps."""
        with tempfile.TemporaryDirectory(prefix="fovea-accuracy-") as empty:
            ran = subprocess.run(
                [self.binary, "analyze", "--json", "--explain", *files], text=True, capture_output=True,
                env=self.environment(empty))
        self.check(ran.returncode)
        return ran.stderr

    def check(self, status: int) -> None:
        """1 is no failure: some files could not be looked at, which their documents tell."""
        if status not in (0, 1):
            raise SystemExit(f"{self.binary} ended with {status}")

    def environment(self, data: str) -> dict[str, str]:
        """With a data folder that knows nothing, so that what somebody taught does not count."""
        return {
            **os.environ, "FOVEA_MODELS": str(self.models), "FOVEA_DATA": data,
            "FOVEA_LOG": os.environ.get("FOVEA_LOG", "error")}
