"""The report as a page that stands alone: the document's figures, and the misses as pictures."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from Accuracy.document import Circumstances, bar, value
from Accuracy.pictures import data_uri
from Accuracy.rows import Miss, Row, Section, Table

# The data URI of a file of the data folder.
Pictures = Callable[[str], str | None]
STYLE = Path(__file__).with_name("page.css")
SIDE = 240
# So many misses of one figure are shown as pictures, the others by name.
SHOWN = 24


def page(circumstances: Circumstances, sections: list[Section], folder: Path) -> str:
    """The whole page; the pictures are those of the data folder."""
    picture = lru_cache(maxsize=None)(lambda file: data_uri(folder / file, SIDE) if (folder / file).is_file() else None)
    judged = [row for section in sections for row in section.rows if row.passed is not None]
    reached = sum(row.passed is True for row in judged)
    links = "".join(f'<a href="#{anchor(section)}">{html.escape(section.title)}</a>' for section in sections)
    return "\n".join([
        '<!doctype html><html lang="en"><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Accuracy of Fovea</title>',
        f"<style>{STYLE.read_text()}</style>",
        f"<header><h1>Accuracy</h1><p>{circumstances.date.isoformat()} · {circumstances.files} files · "
        f"{html.escape(circumstances.machine)}</p><p class=sum><b>{reached}</b> of {len(judged)} bars reached</p>"
        f"<nav>{links}</nav></header><main>",
        *(part(section, picture) for section in sections),
        "</main></html>",
    ])


def part(section: Section, picture: Pictures) -> str:
    """A section: its figures, its tables, and under each figure its misses."""
    misses = "".join(missed(row, picture) for row in section.rows if row.misses)
    return (
        f'<section id="{anchor(section)}"><h2>{html.escape(section.title)}</h2>'
        f'<div class=rows>{"".join(figure(row) for row in section.rows)}</div>'
        f'{"".join(table(extra) for extra in section.tables)}{misses}'
        f"<details><summary>How this is measured</summary>{prose(section.text)}</details></section>")


def figure(row: Row) -> str:
    """One figure: ours, the reference beside it, and whether the bar is reached."""
    mark = {True: "<b class=pass>pass</b>", False: "<b class=miss>miss</b>", None: ""}[row.passed]
    beside = f"<span>reference {value(row, row.reference)}</span>" if row.reference is not None else ""
    limit = f"<span>bar {html.escape(bar(row))}</span>" if bar(row) else ""
    return (
        f'<div class=row><p class=name>{html.escape(row.name)}<small>{html.escape(row.metric)}</small></p>'
        f"<p class=value>{value(row, row.ours)} {mark}</p>{meter(row)}"
        f"<p class=facts>{beside}{limit}<span>{row.n:,} {html.escape(row.of)}</span></p></div>")


def meter(row: Row) -> str:
    """A share as a line, with a tick for the reference and one for the bar."""
    if row.unit != "share" or row.ours is None:
        return ""
    limit = row.at_least if row.at_least is not None else row.at_most
    ticks = "".join(
        f'<i class={kind} style="left:{100 * at:.1f}%"></i>'
        for kind, at in (("reference", row.reference), ("limit", limit)) if at is not None)
    return f'<div class=meter><u style="width:{100 * row.ours:.1f}%"></u>{ticks}</div>'


def missed(row: Row, picture: Pictures) -> str:
    """The misses of a figure: the first as pictures."""
    shown = "".join(card(miss, picture) for miss in row.misses[:SHOWN])
    others = "".join(
        f"<li><code>{html.escape(miss.file)}</code> {html.escape(miss.said)}</li>" for miss in row.misses[SHOWN:])
    return (
        f"<h3>{html.escape(row.name)}: {len(row.misses)} missed</h3><div class=misses>{shown}</div>"
        + (f"<details><summary>{len(row.misses) - SHOWN} more</summary><ul>{others}</ul></details>" if others else ""))


def card(miss: Miss, picture: Pictures) -> str:
    source = picture(miss.file)
    image = f'<img loading=lazy src="{source}" alt="">' if source else "<div class=none>no picture</div>"
    return (
        f"<figure>{image}<figcaption>{html.escape(miss.said)}<code>{html.escape(miss.file)}</code></figcaption>"
        "</figure>")


def table(extra: Table) -> str:
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in extra.head)
    lines = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in line) + "</tr>" for line in extra.lines)
    return (
        f"<h3>{html.escape(extra.title)}</h3><div class=wide><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{lines}</tbody></table></div>")


def prose(markdown: str) -> str:
    """Paragraphs with `code` and **strong** words: all the Markdown that sections use."""
    text = html.escape(markdown.strip(), quote=False)
    text = re.sub(r"`([^`]+)`", r"<code>\1</code>", re.sub(r"\*\*([^*]+)\*\*", r"<b>\1</b>", text))
    return "".join(f"<p>{paragraph}</p>" for paragraph in re.split(r"\n\s*\n", text))


def anchor(section: Section) -> str:
    return re.sub(r"[^a-z]+", "-", section.title.lower()).strip("-")
