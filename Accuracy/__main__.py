"""Measures everything and writes docs/ACCURACY.md: `Scripts/accuracy [--only SECTION…]`."""

from __future__ import annotations

import argparse
import datetime
import importlib
import importlib.util
import os
import subprocess
from pathlib import Path

from Accuracy import data, truth
from Accuracy.data import ROOT
from Accuracy.document import Circumstances, document
from Accuracy.program import Program
from Accuracy.reference import Reference, precision
from Accuracy.rows import Section
from Accuracy.run import Run

# In the order of the report: modules with `measure(run) -> Section`.
SECTIONS = ["everyday", "labels", "faces", "text", "moderation", "teaching", "formats", "timing"]
# What the pages go into; git does not see it.
FOLDER = ROOT / ".build/accuracy"


def main() -> None:
    known = [name for name in SECTIONS if importlib.util.find_spec(f"Accuracy.{name}")]
    parser = argparse.ArgumentParser(
        prog="Scripts/accuracy", description="Measures how right Fovea is, next to the same models in Python.",
        epilog="FOVEA_TEST_DATA names another folder of pictures with a manifest.json, FOVEA_BINARY another binary.")
    parser.add_argument("--only", nargs="+", choices=known, help="measure only this; writes no document")
    options = parser.parse_args()
    chosen = options.only or known

    run = begin(chosen)
    sections: list[Section] = []
    for name in chosen:
        say(f"measuring: {name}")
        sections.append(importlib.import_module(f"Accuracy.{name}").measure(run))
    written = document(circumstances(run), sections)
    if options.only:
        print(written)
    else:
        (ROOT / "docs/ACCURACY.md").write_text(written)
        say("written to docs/ACCURACY.md")


def begin(chosen: list[str]) -> Run:
    """Looks at the files once for all sections. The everyday photos alone are quick, so they do not wait for the rest."""
    pictures = data.load(data.folder())
    reference = Reference()
    program = Program.find(reference.folder)
    judged = [picture for picture in pictures.pictures if picture.sha256 in truth.entries()]
    run = Run(pictures, program, reference, say)
    say(f"looking at the files of {pictures.folder} with {program.binary}")
    run.answers.update(program.answers(judged if chosen == ["everyday"] else pictures.pictures, say))
    return run


def circumstances(run: Run) -> Circumstances:
    cores = len(os.sched_getaffinity(0))
    return Circumstances(
        datetime.date.today(), "make accuracy",
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
