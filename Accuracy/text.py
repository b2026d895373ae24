"""Text: which words are read, which are not there, and what is read where there is none."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

from Accuracy.data import Picture
from Accuracy.rows import Miss, Row, Section, Table
from Accuracy.run import Run

TEXT = """
A word is right when it stands in what the manifest says of the picture, each as often as there; case and signs do not
count. Where the manifest says only some of the words, precision cannot be measured. The reference is tesseract
(`--psm 11`), where it is installed. Pages and receipts are also turned, with what shows at the corners filled white.

Text is looked for only where a picture has strokes, unless nothing but text is asked for: the words that this loses are
counted against what `--only text` reads. For false alarms a person looked at everything that was read; the pictures that
do have text are kept by their SHA-256.
"""

ORDINARY = ("labels", "faces-verify", "faces-attr", "faces-count", "exif", "formats", "large")
ANGLES = (90, 180, 270, 15, 30, 45)
# Pictures of the ordinary kinds that do have text, by the first digits of their SHA-256.
WITH_TEXT = frozenset((Path(__file__).parent / "with_text.txt").read_text().split())


@dataclass
class Count:
    """Words: how many there were, were read, and were right."""

    true: int = 0
    read: int = 0
    right: int = 0

    def add(self, true: Counter[str], read: Counter[str]) -> None:
        self.true += true.total()
        self.read += read.total()
        self.right += (true & read).total()

    @property
    def recall(self) -> float | None:
        return self.right / self.true if self.true else None

    @property
    def precision(self) -> float | None:
        return self.right / self.read if self.read else None


def measure(run: Run) -> Section:
    pictures = run.data.of("ocr")
    rows = [row for kind in kinds(pictures) for row in of_kind(run, kind, pictures)]
    return Section("Text", TEXT.strip(), [*rows, kept(run, pictures), stray(run)], [turned(run, pictures)])


def kinds(pictures: list[Picture]) -> list[str]:
    return sorted({picture.file.split("/")[1] for picture in pictures})


def of_kind(run: Run, kind: str, pictures: list[Picture]) -> list[Row]:
    """Recall, and precision over those that the manifest says all words of."""
    chosen = [picture for picture in pictures if picture.file.split("/")[1] == kind]
    ours, theirs, misses = Count(), Count(), []
    whole_ours, whole_theirs = Count(), Count()
    for picture in chosen:
        true = truth(picture)
        read, other = words_of(run.analysis(picture)), tesseract(picture.path)
        ours.add(true, read)
        theirs.add(true, other)
        if says_all(picture):
            whole_ours.add(true, read)
            whole_theirs.add(true, other)
        if missing := true - read:
            misses.append(Miss(picture.file, "not read: " + " ".join(sorted(missing.elements())[:12])))
    here = shutil.which("tesseract") is not None
    of = f"words of {len(chosen)} pictures"
    return [
        Row(f"{kind}: words read", "recall", ours.true, ours.recall, theirs.recall if here else None, of=of, misses=misses),
        Row(f"{kind}: words right", "precision", whole_ours.read, whole_ours.precision,
            whole_theirs.precision if here else None, of="words read"),
    ]


def kept(run: Run, pictures: list[Picture]) -> Row:
    """What the cheap look loses, on everything with text."""
    chosen = pictures + [p for p in run.data.of(*ORDINARY) if p.sha256[:16] in WITH_TEXT]
    everywhere = only_text(run, chosen)
    count, misses = Count(), []
    for picture in chosen:
        whole, here = words_of(everywhere.get(picture.sha256)), words_of(run.analysis(picture))
        count.add(whole, here)
        if whole and not here:
            misses.append(Miss(picture.file, "nothing read for want of strokes: " + " ".join(list(whole)[:8])))
    return Row("words kept by looking only where there are strokes", "recall", count.true, count.recall,
               of=f"words of {len(chosen)} pictures", misses=misses)


def stray(run: Run) -> Row:
    chosen = [p for p in run.data.of(*ORDINARY) if p.sha256[:16] not in WITH_TEXT and run.analysis(p)]
    misses = [
        Miss(picture.file, "read: " + " / ".join(read))
        for picture in chosen if (read := lines_of(run.analysis(picture)))
    ]
    return Row("pictures without text in which some is read", "share", len(chosen), len(misses) / max(len(chosen), 1),
               at_most=0.02, misses=misses)


def turned(run: Run, pictures: list[Picture]) -> Table:
    """Recall and precision of pages and receipts whose words are all known, at each angle."""
    chosen = [p for p in pictures if says_all(p) and p.file.split("/")[1] in ("pages", "receipts")]
    lines = []
    with tempfile.TemporaryDirectory(prefix="fovea-turned-") as folder:
        for angle in (0, *ANGLES):
            copies = [turn(picture, angle, Path(folder)) for picture in chosen]
            answers = run.program.answers(copies, run.say)
            for kind in kinds(chosen):
                ours, theirs = Count(), Count()
                for copy in copies:
                    if copy.file.split("/")[1] != kind:
                        continue
                    ours.add(truth(copy), words_of((answers[copy.sha256] or {}).get("analysis")))
                    theirs.add(truth(copy), tesseract(copy.path))
                lines.append([kind, f"{angle}°", share(ours.recall), share(ours.precision), share(theirs.recall),
                              share(theirs.precision)])
    return Table("Turned pages and receipts", ["kind", "turned by", "read", "right", "tesseract: read", "right"], lines)


def turn(picture: Picture, angle: int, folder: Path) -> Picture:
    upright = ImageOps.exif_transpose(Image.open(picture.path)).convert("RGB")
    copy = folder / f"{angle}-{picture.file.replace('/', '-')}.png"
    upright.rotate(-angle, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255)).save(copy)
    return replace(picture, path=copy, sha256=hashlib.sha256(copy.read_bytes()).hexdigest())


def only_text(run: Run, pictures: list[Picture]) -> dict[str, dict[str, Any]]:
    by_path = {str(picture.path): picture.sha256 for picture in pictures}
    documents = map(json.loads, run.program.lines(["--only", "text", *by_path]))
    return {by_path[document["file"]]: document.get("analysis") for document in documents}


def says_all(picture: Picture) -> bool:
    return "text" in picture.expect or "lines" in picture.expect


def truth(picture: Picture) -> Counter[str]:
    expect = picture.expect
    if "text" in expect:
        return words(expect["text"])
    return words(" ".join(expect.get("lines") or expect.get("contains") or []))


def words(text: str) -> Counter[str]:
    """The words of a text, without signs; of scripts that do not part words, the characters that stand together."""
    return Counter(word for raw in text.casefold().split() if (word := re.sub(r"[\W_]", "", raw)))


def lines_of(analysis: dict[str, Any] | None) -> list[str]:
    return [piece["text"] for piece in (analysis or {}).get("text") or [] if piece["type"] == "line"]


def words_of(analysis: dict[str, Any] | None) -> Counter[str]:
    return words(" ".join(lines_of(analysis)))


def tesseract(path: Path) -> Counter[str]:
    """What tesseract reads; it does not know every format, so that it is given a PNG."""
    if not shutil.which("tesseract"):
        return Counter()
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        ImageOps.exif_transpose(Image.open(path)).convert("RGB").save(file.name)
        ran = subprocess.run(["tesseract", file.name, "-", "--psm", "11"], capture_output=True, text=True)
    return words(ran.stdout)


def share(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
