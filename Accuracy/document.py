"""docs/ACCURACY.md: what was measured, against which bar, and every miss."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from Accuracy.rows import Row, Section


@dataclass(frozen=True)
class Circumstances:
    """How a measurement was made."""

    date: datetime.date
    command: str
    binary: str
    machine: str
    files: int


def document(circumstances: Circumstances, sections: list[Section]) -> str:
    """The whole document. The same figures give the same bytes."""
    judged = [row for section in sections for row in section.rows if row.passed is not None]
    missed = [row for row in judged if not row.passed]
    # Time is not what a port loses.
    behind = [row for section in sections for row in section.rows if row.is_behind and row.unit != "ms"]
    parts = [
        "# Accuracy",
        "Written by `make accuracy`; do not edit. “Reference” is the same model files in plain Python "
        "(`Accuracy/reference`), preprocessed as their authors tell: where Fovea is worse than that without a reason "
        "given, it has a bug. The same report with the worst cases as pictures is `.build/accuracy/report.html`.",
        "\n".join([
            f"- **When:** {circumstances.date.isoformat()}, with `{circumstances.command}`, of {circumstances.binary}",
            f"- **On:** {circumstances.machine}",
            f"- **Data:** {circumstances.files} files whose `manifest.json` tells what is on them",
            f"- **Bars:** {len(judged) - len(missed)} of {len(judged)} reached"
            + (f": missed are {names(missed)}" if missed else ""),
            f"- **Behind the reference:** {names(behind) or 'nothing'}",
        ]),
    ]
    for section in sections:
        parts += section_parts(section)
    parts += ["## What these figures do not tell", LIMITS.strip()]
    return "\n\n".join(parts) + "\n"


def names(rows: list[Row]) -> str:
    return "; ".join(f"{row.name} ({row.metric})" for row in rows)


def section_parts(section: Section) -> list[str]:
    parts = [f"## {section.title}", section.text.strip()]
    if section.rows:
        parts.append(table(
            ["what", "metric", "of", "Fovea", "reference", "bar", ""],
            [[row.name, row.metric, f"{row.n:,} {row.of}", value(row, row.ours), value(row, row.reference), bar(row),
              {True: "pass", False: "**miss**", None: ""}[row.passed]] for row in section.rows]))
    for extra in section.tables:
        parts += [extra.title + ":", table(extra.head, extra.lines)]
    for row in section.rows:
        if row.misses:
            parts += [f"Misses, {row.name} ({len(row.misses)}):",
                      "\n".join(f"- `{miss.file}`: {escaped(miss.said)}" for miss in row.misses)]
    return parts


def value(row: Row, figure: float | None) -> str:
    """A figure in its unit; a dash where there is none."""
    if figure is None:
        return "–"
    match row.unit:
        case "share":
            return f"{figure:.1%}"
        case "count":
            return f"{figure:g}"
        case "years":
            return f"{figure:.1f} years"
        case "ms":
            return f"{figure:.1f} ms"
        case "score":
            return f"{figure:.3f}"


def bar(row: Row) -> str:
    if row.at_least is not None:
        return "≥ " + value(row, row.at_least)
    return "≤ " + value(row, row.at_most) if row.at_most is not None else ""


def table(head: list[str], lines: list[list[str]]) -> str:
    return "\n".join(
        "| " + " | ".join(escaped(cell) for cell in line) + " |" for line in [head, ["---"] * len(head), *lines])


def escaped(text: str) -> str:
    """Text that Markdown takes as it is, on one line."""
    return " ".join(text.split()).replace("|", "\\|")


LIMITS = """
- **One pair of eyes** judged the everyday photos, and saw Fovea's labels while it did. Somebody else would say
  otherwise of some: is a square with a church a street?
- **What is missing** is measured by the first word alone: nobody wrote down everything that is on a photo.
- **The photos** are published samples, many of them small or by the same camera. Nobody's own library is among them.
- **Where a box lies** is not measured: the manifest says what is on a photo, not where.
- **Processors without VNNI** take the models in 32 bits, which are measured only when this is run on one.
"""
