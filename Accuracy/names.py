"""Names of labels."""

from __future__ import annotations

from collections.abc import Iterable

from Accuracy.reference.labels import LabelAnswer


def all_names(labels: Iterable[LabelAnswer]) -> set[str]:
    """The names of labels and of what they are a kind of, case-folded."""
    return {name.casefold() for label in labels for name in (label.name, *label.parents)}


def leaves(labels: list[LabelAnswer]) -> list[LabelAnswer]:
    """The labels that no other label is a kind of: what a classifier without ancestors would say."""
    ancestors = {parent for label in labels for parent in label.parents}
    return [label for label in labels if label.name not in ancestors]


def named(labels: list[LabelAnswer]) -> str:
    """Labels with their confidences, for people."""
    return ", ".join(f"{label.name} {label.confidence:.0f}" for label in labels)
