"""What every section measures with: the pictures, Fovea's answers to them, and the bare models."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from Accuracy.data import Data, Picture
from Accuracy.reference import Reference

# LabelLimits.standard in Sources/Domain: what is shown when nobody says otherwise.
MAX_LABELS = 10
MIN_CONFIDENCE = 75.0


@dataclass(frozen=True)
class Run:
    """One measurement. `answers` holds Fovea's document of each file (as `fovea analyze --json` prints it, but with all
    labels that are stored), by its SHA-256."""

    data: Data
    answers: dict[str, dict[str, Any]]
    reference: Reference
    say: Callable[[str], None]

    def analysis(self, picture: Picture) -> dict[str, Any] | None:
        """What Fovea found; nothing for a file that it refused."""
        answer = self.answers.get(picture.sha256)
        return answer["analysis"] if answer and answer["status"] == "analysed" else None


def shown(
    labels: list[dict[str, Any]], most: int = MAX_LABELS, least: float = MIN_CONFIDENCE
) -> list[dict[str, Any]]:
    """The labels that a person sees at defaults: `LabelLimits.apply`."""
    return [label for label in labels if label["confidence"] >= least][:most]
