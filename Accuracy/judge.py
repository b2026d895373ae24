"""Judging everyday photos: `python -m Accuracy.judge sheet` makes a page with the labels that nobody judged;
`python -m Accuracy.judge add FILE` adds verdicts, lines of the form `sha-prefix label yes|no`, to `everyday.json`.

`sheet --new KIND…` shows photos of these kinds (`exif`, `formats`…) that are not in `everyday.json` too.
"""

from __future__ import annotations

import argparse
import html
from pathlib import Path
from typing import Any

from Accuracy import data, truth
from Accuracy.data import PAGES, Picture
from Accuracy.pictures import data_uri
from Accuracy.program import Program
from Accuracy.reference import Reference
from Accuracy.truth import Judgement

UNTOLD = Judgement([], frozenset(), frozenset())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m Accuracy.judge", description="Judging everyday photos.")
    commands = parser.add_subparsers(dest="command", required=True)
    sheet = commands.add_parser("sheet", help="a page of photos with labels that nobody judged")
    sheet.add_argument("--new", nargs="*", default=[], metavar="KIND", help="unjudged photos of these kinds too")
    sheet.add_argument("--all", action="store_true", help="photos whose labels are all judged too")
    sheet.add_argument("--stored", type=float, metavar="P", help="not the labels shown at defaults: all of P or more")
    add = commands.add_parser("add", help="adds verdicts from a file with lines `sha-prefix label yes|no`")
    add.add_argument("file", type=Path)
    options = parser.parse_args()
    if options.command == "add":
        add_from(options.file)
    else:
        make_sheet(options.new, options.all, options.stored)


def add_from(file: Path) -> None:
    entries = truth.entries()
    try:
        count = truth.add_verdicts(entries, file.read_text())
    except ValueError as error:
        raise SystemExit(f"{file}: {error}; nothing was added.")
    truth.write(entries)
    print(f"{count} verdicts added to {truth.FILE.name}")


def make_sheet(new: list[str], everything: bool, least: float | None) -> None:
    judgements = truth.judgements()
    pictures = [
        picture for picture in data.load(data.folder()).pictures
        if picture.sha256 in judgements or picture.kind in new]
    answers = Program.find(Reference().folder).answers(pictures, print, all_labels=least is not None)
    cards, lines = [], []
    for picture in pictures:
        answer, judgement = answers[picture.sha256], judgements.get(picture.sha256, UNTOLD)
        if answer["status"] != "analysed":
            continue
        labels = [label for label in answer["analysis"]["labels"] if label["confidence"] >= (least or 0)]
        unjudged = [label for label in labels if judgement.of(label["name"]) is None]
        if unjudged or everything or picture.sha256 not in judgements:
            cards.append(card(picture, labels, judgement))
            lines += [f"{picture.sha256[:8]} {label['name']} ?  # {picture.file} {label['confidence']:.0f}"
                      for label in unjudged]
    PAGES.mkdir(parents=True, exist_ok=True)
    (PAGES / "judge.html").write_text(PAGE.replace("CARDS", "\n".join(cards)))
    (PAGES / "judge.txt").write_text("\n".join(lines) + "\n")
    print(f"{len(cards)} photos, {len(lines)} labels to judge: {PAGES / 'judge.html'}")
    print(f"Put yes or no for each ? in {PAGES / 'judge.txt'} and give that to `python -m Accuracy.judge add`.")


def card(picture: Picture, labels: list[dict[str, Any]], judgement: Judgement) -> str:
    """A photo with its labels, each marked by what was said of it."""
    marks = {True: "yes", False: "no", None: "open"}
    shown = "".join(
        f'<li class="{marks[judgement.of(label["name"])]}">{html.escape(label["name"])} {label["confidence"]:.0f}</li>'
        for label in labels)
    words = " or ".join(judgement.words)
    return (
        f'<figure><img src="{data_uri(picture.path, 320) or ""}" alt=""><figcaption><code>{picture.sha256[:8]}</code> '
        f"{html.escape(picture.file)} {'<b>' + html.escape(words) + '</b>' if words else ''}<ul>{shown}</ul>"
        "</figcaption></figure>")


PAGE = """<!doctype html>
<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Labels to judge</title>
<style>
:root { color-scheme: light dark }
body { font: 14px/1.35 system-ui, sans-serif; margin: 1rem; display: grid; gap: 1rem;
       grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)) }
figure { margin: 0; overflow-wrap: anywhere }
img { width: 100%; height: 220px; object-fit: contain; background: #8883 }
ul { margin: .3rem 0; padding: 0; list-style: none; display: flex; flex-wrap: wrap; gap: .25rem }
li { padding: .05rem .4rem; border: 1px solid #8888; border-radius: .6rem }
.open { border-color: #d80; background: #d804 }
.no { text-decoration: line-through }
</style>
CARDS
"""

if __name__ == "__main__":
    main()
