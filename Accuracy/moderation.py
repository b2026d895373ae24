"""Moderation: what is called sensitive and is not; what cannot be measured here."""

from __future__ import annotations

from typing import Any

from Accuracy.data import Picture
from Accuracy.rows import Miss, Row, Section
from Accuracy.run import Run

TEXT = """
The pictures are everyday photos, portraits and files of many formats; none shows what a category means, except that one
is of a whiskey jug and one of a goblet. So everything that is said of them is a false alarm, but for drinks, which are not
counted. **How much of what is really there is found cannot be measured here**: there are no pictures of nudity, of
weapons or of gambling to measure it on.
"""

ORDINARY = ("labels", "faces-verify", "faces-attr", "faces-count", "exif", "formats", "large")
# Each top of a branch, and how many false alarms it may have.
ROOTS = {
    "Explicit": 0.005,
    "Non-Explicit Nudity of Intimate parts and Kissing": 0.005,
    "Swimwear or Underwear": 0.005,
    "Violence": 0.005,
    "Gambling": 0.005,
}


def measure(run: Run) -> Section:
    pictures = [picture for picture in run.data.of(*ORDINARY) if run.analysis(picture)]
    return Section(
        "Moderation", TEXT.strip(),
        [*(false_alarms(run, pictures, root, most) for root, most in ROOTS.items()), parents(run, pictures)])


def false_alarms(run: Run, pictures: list[Picture], root: str, most: float) -> Row:
    misses = [
        Miss(picture.file, f"{label['name']} {label['confidence']:.0f}")
        for picture in pictures
        for label in labels(run, picture)
        if label["name"] == root
    ]
    return Row(f"pictures called {root}", "false alarms", len(pictures), len(misses) / max(len(pictures), 1),
               at_most=most, misses=misses)


def parents(run: Run, pictures: list[Picture]) -> Row:
    """Each label stands with its parent, so that its level in the taxonomy can be told."""
    all_labels = [(picture, label) for picture in pictures for label in labels(run, picture)]
    misses = [
        Miss(picture.file, f"{label['name']} without {label['parent']}")
        for picture, label in all_labels
        if label["parent"] and label["parent"] not in [other["name"] for other in labels(run, picture)]
    ]
    right = (len(all_labels) - len(misses)) / len(all_labels) if all_labels else None
    return Row("labels whose parent is there", "share", len(all_labels), right, of="labels", misses=misses)


def labels(run: Run, picture: Picture) -> list[dict[str, Any]]:
    return (run.analysis(picture) or {}).get("moderation") or []
