"""What a section of the report consists of: figures with their misses, and tables that are no figures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Unit = Literal["share", "count", "years", "score", "ms"]


@dataclass(frozen=True)
class Miss:
    """A picture on which the answer was wrong. `said` tells in some words what was expected and what came."""

    file: str
    said: str


@dataclass(frozen=True)
class Row:
    """One figure. `ours` and `reference` are in `unit` (a share is 0 to 1); absent where nothing could be measured.

    `n` is how many pictures, faces or words it is of; `of` names them. A bar is what the figure must reach, where one
    is set: `at_least` or `at_most`.
    """

    name: str
    metric: str
    n: int
    ours: float | None
    reference: float | None = None
    unit: Unit = "share"
    of: str = "pictures"
    at_least: float | None = None
    at_most: float | None = None
    misses: list[Miss] = field(default_factory=list)

    @property
    def passed(self) -> bool | None:
        """Whether the figure reaches its bar; nothing without a bar or a figure."""
        if self.ours is None or (self.at_least is None and self.at_most is None):
            return None
        return (self.at_least is None or self.ours >= self.at_least) and (
            self.at_most is None or self.ours <= self.at_most)

    @property
    def is_behind(self) -> bool:
        """Whether the bare models are better by more than rounding: half a point of a share, else two in a hundred."""
        if self.ours is None or self.reference is None:
            return False
        less_is_better = self.unit in ("years", "ms") or self.at_most is not None
        behind = self.ours - self.reference if less_is_better else self.reference - self.ours
        return behind > (0.005 if self.unit == "share" else 0.02 * abs(self.reference))


@dataclass(frozen=True)
class Table:
    """What is not one figure: a curve, a matrix."""

    title: str
    head: list[str]
    lines: list[list[str]]


@dataclass(frozen=True)
class Section:
    """A part of the report. `text` (Markdown) tells how it is measured and what could not be; it holds no figures."""

    title: str
    text: str
    rows: list[Row]
    tables: list[Table] = field(default_factory=list)
