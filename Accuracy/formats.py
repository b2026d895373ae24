"""The same picture turned and in other formats, and which files are taken."""

from __future__ import annotations

import tempfile
from pathlib import Path

from Accuracy import acceptance, same_pictures, sameness
from Accuracy.copies import FORMATS, Copies, originals
from Accuracy.reference.labels import Classifier
from Accuracy.rows import Row, Section, Table
from Accuracy.run import Run
from Accuracy.sameness import Pair, pair


def measure(run: Run) -> Section:
    classifier = Classifier(run.reference)
    files, formats = acceptance.measure(run)
    copied, by_format = copies(run, classifier)
    return Section("Formats and orientation", TEXT.strip(), copied + groups(run, classifier) + files,
                   [by_format, formats])


def copies(run: Run, classifier: Classifier) -> tuple[list[Row], Table]:
    """Photos of the folder, turned and in other formats."""
    turned: list[Pair] = []
    converted: dict[str, list[Pair]] = {suffix: [] for suffix in FORMATS}
    with tempfile.TemporaryDirectory(prefix="fovea-copies-") as name:
        made = [Copies(run, picture, Path(name)) for picture in originals(run)]
        run.say(f"looking at {sum(len(copies.all) for copies in made)} copies of {len(made)} photos")
        answers = run.program.answers([file for copies in made for file in copies.all], run.say, all_labels=True)
        for photo in made:
            turned += [pair(photo.base, file, answers, classifier.labels) for file in photo.turned.values()]
            for suffix, file in photo.formats.items():
                converted[suffix].append(pair(photo.base, file, answers, classifier.labels))
    every = [pair for pairs in converted.values() for pair in pairs]
    lines = [
        [suffix, str(len(pairs)), share([pair.labels for pair in pairs]), share([pair.alone for pair in pairs]),
         share([float(pair.faces) for pair in pairs])]
        for suffix, pairs in converted.items()]
    return [
        *sameness.rows("turned copies, EXIF 2 to 8", turned, labels_at_least=0.95, faces_at_least=0.95),
        *sameness.rows("copies in other formats", every, labels_at_least=0.9, faces_at_least=0.9),
    ], Table("Copies by format, held to the lossless one",
             ["format", "copies", "labels in common", "the same of the bare classifier", "as many faces"], lines)


def groups(run: Run, classifier: Classifier) -> list[Row]:
    """Files of the folder that show the same: turned, and in other formats."""
    turned, converted = [
        [pair(group[0], other, run.stored, classifier.labels) for group in groups for other in group[1:]]
        for groups in (same_pictures.turned(run.data), same_pictures.converted(run.data))]
    return [
        *sameness.rows("turned files of the folder", turned, labels_at_least=0.9, faces_at_least=1),
        *sameness.rows("files of the folder in other formats", converted, labels_at_least=0.6, faces_at_least=0.9),
    ]


def share(values: list[float]) -> str:
    mean = sameness.mean(values)
    return f"{mean:.1%}" if mean is not None else "–"


TEXT = """
**Copies** are made of photos of the folder, no larger than 1024 pixels: turned without loss (PNG) with the note in
EXIF that turns them back, and converted. Each is held to the upright one without loss, by the first three labels and
the number of faces. The reference, the bare classifier on the same files, tells how much a format itself changes: a
lossy one changes labels that were hardly decided, and GIF has 256 colours.

**Files of the folder** that show the same picture: turned ones by the manifest, others by looking
(`Accuracy/same_pictures.json`). Among them are a grey one and small ones, which may differ with reason.

**Taken or refused**: files must be looked at when they are JPEG, PNG, WebP, HEIC, AVIF, TIFF or GIF or the manifest
says so, and refused when they are anything else or the manifest says so; of damaged files it mostly lets either be
right.
"""
