"""Measures everything and writes docs/ACCURACY.md: `Scripts/accuracy [--only SECTION…]`."""

from __future__ import annotations

import argparse
import datetime
import importlib
import importlib.util
import os
import subprocess
from pathlib import Path

from Accuracy import data, same_pictures, truth
from Accuracy.data import PAGES, ROOT
from Accuracy.document import Circumstances, document
from Accuracy.page import page
from Accuracy.program import Program
from Accuracy.reference import Reference, precision
from Accuracy.rows import Section
from Accuracy.run import Run

# In the order of the report: modules with `measure(run) -> Section`.
SECTIONS = ["everyday", "labels", "faces", "text", "moderation", "teaching", "formats", "timing"]


def main() -> None:
    known = [name for name in SECTIONS if importlib.util.find_spec(f"Accuracy.{name}")]
    parser = argparse.ArgumentParser(
        prog="Scripts/accuracy", description="Measures how right Fovea is, next to the same models in Python.",
        epilog="FOVEA_TEST_DATA names another folder of pictures with a manifest.json, FOVEA_BINARY another binary, "
        "FOVEA_EARLIER an older one whose times are compared.")
    parser.add_argument("--only", nargs="+", choices=known, help="measure only this; writes no document")
    parser.add_argument("--pages", type=Path, default=PAGES, help="where report.html is written (default %(default)s)")
    options = parser.parse_args()
    chosen = options.only or known

    run = begin(chosen)
    sections: list[Section] = []
    for name in chosen:
        say(f"measuring: {name}")
        sections.append(importlib.import_module(f"Accuracy.{name}").measure(run))
    about = circumstances(run)
    options.pages.mkdir(parents=True, exist_ok=True)
    (options.pages / "report.html").write_text(page(about, sections, run.data.folder))
    written = document(about, sections)
    if options.only:
        print(written)
    else:
        (ROOT / "docs/ACCURACY.md").write_text(written)
        say("written to docs/ACCURACY.md")
    say(f"the misses as pictures: {options.pages / 'report.html'}")


def begin(chosen: list[str]) -> Run:
    """Looks at the files once for all sections; only at the everyday photos where nothing else is measured."""
    pictures = data.load(data.folder())
    reference = Reference()
    program = Program.find(reference.folder)
    truths = truth.entries()
    judged = [picture for picture in pictures.pictures if picture.sha256 in truths]
    run = Run(pictures, program, reference, say)
    say(f"looking at the files of {pictures.folder} with {program.binary}")
    run.answers.update(program.answers(judged if chosen == ["everyday"] else pictures.pictures, say))
    if {"labels", "formats"} & set(chosen):
        say("looking once more at those whose labels are measured, for all that is stored of them")
        same = same_pictures.groups(pictures)
        measured = [picture for picture in pictures.pictures if "imagenet_index" in picture.expect]
        run.stored.update(program.answers([*measured, *judged, *(file for group in same for file in group)], say,
                                          all_labels=True))
    return run


def circumstances(run: Run) -> Circumstances:
    cores = len(os.sched_getaffinity(0))
    data = "FOVEA_TEST_DATA=… " if os.environ.get("FOVEA_TEST_DATA") else ""
    return Circumstances(
        datetime.date.today(), f"{data}make accuracy",
        "another binary (`FOVEA_BINARY`)" if "FOVEA_BINARY" in os.environ else "this checkout's release build",
        f"{cores} cores, {processor()}; models in {precision()}", len(run.data.pictures))


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return "of an unknown make"


def say(text: str) -> None:
    subprocess.run([ROOT / "Scripts/say", text], check=True)


if __name__ == "__main__":
    main()
