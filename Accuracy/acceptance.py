"""Which files are looked at and which are refused."""

from __future__ import annotations

from Accuracy.data import Picture
from Accuracy.rows import Miss, Row, Table
from Accuracy.run import Run

# What Fovea accepts by its documentation, as Pillow calls it (with pillow-heif, HEIC is HEIF).
ACCEPTED = {"JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF", "GIF"}


def must_be_taken(picture: Picture) -> bool | None:
    """Whether a file must be looked at, or must be refused; nothing where either is right."""
    decision = picture.expect.get("decision")
    if decision in ("accept", "refuse"):
        return decision == "accept"
    if decision is not None or picture.kind == "malformed":
        return None
    return picture.verified.get("format") in ACCEPTED


def measure(run: Run) -> tuple[list[Row], Table]:
    """The share of files that were treated as they must be, and the formats one by one."""
    counts: dict[str, list[int]] = {}
    right: dict[bool, list[bool]] = {True: [], False: []}
    misses: dict[bool, list[Miss]] = {True: [], False: []}
    for picture in run.data.pictures:
        answer = run.answers[picture.sha256]
        taken = answer["status"] == "analysed"
        line = counts.setdefault(picture.verified.get("format") or "of no known kind", [0, 0, 0, 0])
        line[0] += 1
        line[1 if taken else 2] += 1
        if (must := must_be_taken(picture)) is None:
            continue
        right[must].append(taken == must)
        if taken != must:
            line[3] += 1
            said = "looked at" if taken else f"refused: {answer['error']['message']}"
            misses[must].append(Miss(picture.file, said))
    lines = [[name, *map(str, line)] for name, line in sorted(counts.items(), key=lambda item: -item[1][0])]
    return [
        Row("files that must be looked at", "share looked at", len(right[True]), mean(right[True]), of="files",
            at_least=1, misses=misses[True]),
        Row("files that must be refused", "share refused", len(right[False]), mean(right[False]), of="files",
            at_least=1, misses=misses[False]),
    ], Table("Files by format", ["format", "files", "looked at", "refused", "not as they must"], lines)


def mean(values: list[bool]) -> float | None:
    return sum(values) / len(values) if values else None
