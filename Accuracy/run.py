"""What every section measures with: the pictures, Fovea's answers to them, and the bare models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from Accuracy.data import Data, Picture
from Accuracy.program import Program
from Accuracy.reference import Reference


@dataclass(frozen=True)
class Run:
    """One measurement. `answers` and `stored` hold Fovea's document of a file, as `fovea analyze --json` prints it, by
    its SHA-256: of all files with the labels that a person sees at defaults, and of those whose labels are measured
    with all that are stored."""

    data: Data
    program: Program
    reference: Reference
    say: Callable[[str], None]
    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    stored: dict[str, dict[str, Any]] = field(default_factory=dict)

    def analysis(self, picture: Picture) -> dict[str, Any] | None:
        """What Fovea found; nothing for a file that it refused."""
        return analysed(self.answers.get(picture.sha256))

    def all_labels(self, picture: Picture) -> list[dict[str, Any]] | None:
        """All labels that are stored of a picture, surest first; nothing for a file refused or not asked for."""
        analysis = analysed(self.stored.get(picture.sha256))
        return analysis["labels"] if analysis else None


def analysed(answer: dict[str, Any] | None) -> dict[str, Any] | None:
    return answer["analysis"] if answer and answer["status"] == "analysed" else None
