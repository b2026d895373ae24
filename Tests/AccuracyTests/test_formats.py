"""What counts as the same answer, which files must be taken, and that copies show the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageChops

from Accuracy.acceptance import must_be_taken
from Accuracy.copies import TURNED, orientation
from Accuracy.data import Picture
from Accuracy.reference import decode
from Accuracy.sameness import agreement, pair


def picture(sha256: str = "", kind: str = "formats", format: str | None = "JPEG", **expect: str) -> Picture:
    return Picture(f"{kind}/{sha256}.jpg", Path("nowhere"), sha256, kind, expect, {"format": format})


def answer(*labels: str, faces: int = 0) -> dict:
    return {"status": "analysed", "analysis": {"labels": [{"name": name} for name in labels], "faces": [{}] * faces}}


def test_agreement_is_held_to_the_longer_list():
    assert agreement(["a", "b", "c"], ["c", "b", "d"]) == pytest.approx(2 / 3)
    assert agreement(["a"], ["a", "b"]) == 0.5
    assert agreement([], []) == 1
    assert agreement([], ["a"]) == 0


def test_a_refused_file_agrees_in_nothing():
    answers = {"a": answer("Dog", faces=1), "b": {"status": "failed", "error": {}}, "c": answer("Dog", "Cat", faces=1)}
    assert (found := pair(picture("a"), picture("b"), answers, lambda _: [])).labels == 0 and not found.faces
    found = pair(picture("a"), picture("c"), answers, lambda _: [])
    assert (found.labels, found.alone, found.faces) == (0.5, 1, True)
    assert found.said == "Dog, Cat (1 faces) instead of Dog (1 faces)"


def test_what_must_be_taken_is_told_by_the_manifest_or_the_format():
    assert must_be_taken(picture()) is True
    assert must_be_taken(picture(format="PSD")) is False
    assert must_be_taken(picture(format=None)) is False
    assert must_be_taken(picture(kind="malformed", decision="refuse")) is False
    assert must_be_taken(picture(kind="malformed", decision="accept")) is True
    assert must_be_taken(picture(kind="malformed", decision="either; no crash, no hang")) is None
    assert must_be_taken(picture(kind="malformed")) is None


@pytest.mark.parametrize("number", TURNED)
def test_a_turned_copy_is_turned_back_by_who_reads_it(number: int, tmp_path: Path):
    upright = Image.effect_mandelbrot((48, 32), (-2, -1, 1, 1), 50).convert("RGB")
    upright.paste("red", (0, 0, 10, 5))
    path = tmp_path / "turned.png"
    upright.transpose(TURNED[number]).save(path, exif=orientation(number))
    assert Image.open(path).size == ((32, 48) if number >= 5 else (48, 32))
    assert ImageChops.difference(decode(path), upright).getbbox() is None
