"""Ten labels taught from 3, 5 and 10 examples: precision and recall on the rest, through a real server.

    python -m Accuracy.teaching FOLDER…

The folders hold the pictures of `teaching_pictures.PACKAGES`, unpacked, and the test pictures. Each label is taught by
examples alone, drawn at random five times; what it is on from 50 up is held against what a person saw. Then a person's
answers to what the label is least sure of are imitated.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

from Accuracy.teaching_pictures import DIGITS, PACKAGES, Truth, found

ROOT = Path(__file__).resolve().parent.parent
COUNTS = (3, 5, 10)
DRAWS = 5
REVIEWS = 3
ANSWERS = 5
# Labels alone are looked for: teaching needs nothing else.
NEEDED = ("efficientnet*", "kinds*", "labels.json", "libonnxruntime.so", "manifest.json")


@dataclass(frozen=True)
class Outcome:
    """How a label fared on the pictures that are no examples. `answers` is how often a person was asked."""

    label: str
    examples: int
    answers: int
    shown: int
    right: int
    there: int

    @property
    def precision(self) -> float | None:
        return self.right / self.shown if self.shown else None

    @property
    def recall(self) -> float:
        return self.right / self.there


@dataclass(frozen=True)
class Library:
    """A server with the pictures in it; `ids` by the digits of their SHA-256."""

    url: str
    ids: dict[str, str]

    def ask(self, path: str, *, method: str = "GET", body: bytes | None = None) -> Any:
        request = urllib.request.Request(self.url + path, data=body, method=method)
        with urllib.request.urlopen(request, timeout=600) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def teach(self, label: str, **verdicts: list[str]) -> Any:
        said = {verdict: [self.ids[digits] for digits in pictures] for verdict, pictures in verdicts.items()}
        return self.ask("/api/v1/labels/taught", method="POST", body=json.dumps({"name": label, **said}).encode())

    def forget(self, label: str) -> None:
        self.ask(f"/api/v1/labels/taught/{urllib.parse.quote(label)}", method="DELETE")

    def having(self, label: str) -> set[str]:
        """The pictures on which a search finds the label."""
        pictures: set[str] = set()
        query = {"label": label, "limit": 200, "maxLabels": 0}
        while True:
            page = self.ask(f"/api/v1/photos?{urllib.parse.urlencode(query)}")
            pictures |= {photo["sha256"][:DIGITS] for photo in page["photos"]}
            if "next" not in page:
                return pictures
            query["cursor"] = page["next"]

    def candidates(self, label: str, limit: int) -> list[str]:
        path = f"/api/v1/labels/taught/{urllib.parse.quote(label)}/candidates?limit={limit}"
        return [photo["sha256"][:DIGITS] for photo in self.ask(path)["photos"]]


def outcomes(library: Library, truth: Truth) -> Iterator[Outcome]:
    """Each label, number of examples and draw; after each draw of five examples, rounds of review."""
    for label in sorted(truth.yes):
        # A name that the models do not know, so that what they say is not counted.
        name = f"{label} (taught)"
        there = truth.yes[label] & library.ids.keys()
        for count in COUNTS:
            for draw in range(DRAWS):
                examples = random.Random(f"{label}-{count}-{draw}").sample(sorted(there), count)
                library.teach(name, yes=examples)
                judged = set(examples)
                yield outcome(library, truth, label, name, judged, count, 0)
                for review in range(1, REVIEWS + 1 if count == 5 and draw < 2 else 1):
                    open_ = [one for one in library.candidates(name, 60) if one not in truth.unsure[label]][:ANSWERS]
                    if open_:
                        library.teach(name, yes=[one for one in open_ if one in there],
                                      no=[one for one in open_ if one not in there])
                    judged |= set(open_)
                    yield outcome(library, truth, label, name, judged, count, review * ANSWERS)
                library.forget(name)


def outcome(
    library: Library, truth: Truth, label: str, name: str, judged: set[str], count: int, answers: int
) -> Outcome:
    rest = library.ids.keys() - judged - truth.unsure[label]
    shown = library.having(name) & rest
    there = truth.yes[label] & rest
    return Outcome(label, count, answers, len(shown), len(shown & there), len(there))


@contextmanager
def filled(binary: Path, models: Path, pictures: dict[str, bytes]) -> Iterator[Library]:
    """A server that has looked at the pictures."""
    with tempfile.TemporaryDirectory(prefix="fovea-teaching-") as folder:
        few = Path(folder, "models")
        few.mkdir()
        for pattern in NEEDED:
            for file in models.glob(pattern):
                (few / file.name).symlink_to(file.resolve())
        process = subprocess.Popen(
            [binary, "serve", "--port", "0", "--data", f"{folder}/data"], stdout=subprocess.PIPE, text=True,
            stderr=subprocess.DEVNULL, env={**os.environ, "FOVEA_MODELS": str(few), "FOVEA_LOG": "error"})
        try:
            assert process.stdout is not None
            url = next(line.split()[-1] for line in process.stdout if "ready at" in line)
            library = Library(url, {})
            for digits, data in sorted(pictures.items()):
                photo = library.ask(f"/api/v1/buckets/incoming/photos?key={digits}", method="POST", body=data)
                library.ids[digits] = photo["id"]
            while (queue := library.ask("/api/v1/jobs?limit=0"))["waiting"] + queue["running"] > 0:
                time.sleep(1)
            yield library
        finally:
            process.terminate()
            process.wait(timeout=60)


def summary(all_: list[Outcome]) -> Iterator[tuple[str, int, float, float]]:
    """Of each number of examples and answers: a name, the number of trials, mean precision and mean recall. A trial that
    shows nothing has no precision."""
    for count, answers in sorted({(one.examples, one.answers) for one in all_}):
        trials = [one for one in all_ if (one.examples, one.answers) == (count, answers)]
        name = f"{count} examples" + (f", then {answers} answers" if answers else "")
        precision = fmean(one.precision for one in trials if one.precision is not None)
        yield name, len(trials), precision, fmean(one.recall for one in trials)


def table(all_: list[Outcome]) -> tuple[list[str], list[list[str]]]:
    """Precision and recall of each label, means over its draws."""
    lines = []
    for label in sorted({one.label for one in all_}):
        line = [label]
        for count in COUNTS:
            trials = [one for one in all_ if (one.label, one.examples, one.answers) == (label, count, 0)]
            precisions = [one.precision for one in trials if one.precision is not None]
            line.append(f"{fmean(precisions):.2f} / {fmean(one.recall for one in trials):.2f}" if precisions else "silent")
        lines.append(line)
    return ["label", *(f"{count} examples" for count in COUNTS)], lines


TEXT = (
    "Ten labels, each taught from 3, 5 and 10 examples without a counter-example, five random draws each, on everyday "
    "pictures of Debian's packages and of the test data that a person labelled by looking "
    "(`Accuracy/teaching_truth.json`). Precision and recall are of the pictures that are no examples; those on which one "
    "may differ are left out. The confidence was fitted on thirteen other labels over the same pictures, and the kind of "
    "classifier was chosen on these ten. Answers are a person's to the five pictures that the label was least sure of, in "
    "each of three rounds.")


def measured(binary: Path, models: Path, folders: list[Path]) -> list[Outcome]:
    """All outcomes; none where too few of the pictures are there."""
    truth = Truth.load()
    pictures = found(folders, truth.pictures)
    if len(pictures) < 0.9 * len(truth.pictures):
        return []
    with filled(binary, models, pictures) as library:
        return list(outcomes(library, truth))


def measure(run: Any) -> Any:
    """The section of the report. FOVEA_TEACHING_PHOTOS names the folder with the unpacked packages."""
    from Accuracy.rows import Row, Section, Table

    packages = os.environ.get("FOVEA_TEACHING_PHOTOS")
    folders = [run.data.folder, *([Path(packages)] if packages else [])]
    all_ = measured(run.program.binary, run.program.models, folders)
    if not all_:
        text = f"{TEXT} Not measured: FOVEA_TEACHING_PHOTOS names no folder with {', '.join(PACKAGES)}."
        return Section("Taught labels", text, [Row("taught labels", "precision", 0, None)])
    rows = [Row(name, metric, trials, value, of="trials") for name, trials, precision, recall in summary(all_)
            for metric, value in (("precision", precision), ("recall", recall))]
    return Section("Taught labels", TEXT, rows, [Table("Precision / recall by label", *table(all_))])


def main() -> None:
    """Measures on the folders that are named, and prints the table."""
    folders = [Path(argument) for argument in sys.argv[1:]]
    binary = Path(os.environ.get("FOVEA_BINARY") or ROOT / ".build/release/fovea").resolve()
    models = Path(os.environ.get("FOVEA_MODELS") or ROOT / "models").resolve()
    all_ = measured(binary, models, folders)
    if not all_:
        raise SystemExit(f"Too few of the pictures are there. They come from the packages {', '.join(PACKAGES)}.")
    head, lines = table(all_)
    for line in [head, *lines]:
        print("".join(part.ljust(16) for part in line))
    for name, trials, precision, recall in summary(all_):
        print(f"{name.ljust(30)} {trials} trials   precision {precision:.3f}   recall {recall:.3f}")


if __name__ == "__main__":
    main()
