"""The document and the page, made of made-up figures."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from PIL import Image

from Accuracy.data import load
from Accuracy.document import Circumstances, document
from Accuracy.page import page
from Accuracy.reference.timing import Times
from Accuracy.rows import Miss, Row, Section, Table
from Accuracy.timing import change_table, fastest, steps

ABOUT = Circumstances(datetime.date(2026, 1, 31), "make accuracy", "a binary", "2 cores", 3)


def section(*rows: Row) -> Section:
    return Section("Things", "Some **words** of `code`.", list(rows), [Table("A curve", ["x", "y"], [["1", "a|b"]])])


def row(ours: float | None, **rest) -> Row:
    return Row("a name", "share", 1234, ours, **rest)


@pytest.mark.parametrize(("ours", "bars", "passed"), [
    (0.9, {"at_least": 0.9}, True), (0.89, {"at_least": 0.9}, False), (0.05, {"at_most": 0.05}, True),
    (0.06, {"at_most": 0.05}, False), (0.5, {}, None), (None, {"at_least": 0.9}, None),
])
def test_a_bar_is_reached_when_it_is_met(ours: float | None, bars: dict, passed: bool | None):
    assert row(ours, **bars).passed is passed


@pytest.mark.parametrize(("figures", "is_behind"), [
    ({"ours": 0.9, "reference": 0.904}, False), ({"ours": 0.9, "reference": 0.91}, True),
    ({"ours": 0.9, "reference": 0.8}, False), ({"ours": 0.1, "reference": 0.05, "at_most": 0.2}, True),
    ({"ours": 4.5, "reference": 4.3, "unit": "years"}, True), ({"ours": 4.3, "reference": 4.3, "unit": "years"}, False),
    ({"ours": None, "reference": 0.9}, False), ({"ours": 0.5}, False),
])
def test_behind_the_reference_is_what_is_worse_by_more_than_rounding(figures: dict, is_behind: bool):
    assert row(**figures).is_behind is is_behind


def test_the_document_tells_figures_bars_and_misses():
    said = document(ABOUT, [section(
        row(0.5, reference=0.75, at_least=0.9, misses=[Miss("a.jpg", "Dog | Cat\nand more")]), row(None))])
    assert "| a name | share | 1,234 pictures | 50.0% | 75.0% | ≥ 90.0% | **miss** |" in said
    assert "| a name | share | 1,234 pictures | – | – |  |  |" in said
    assert "- `a.jpg`: Dog \\| Cat and more" in said
    assert "| 1 | a\\|b |" in said
    assert "0 of 1 reached: missed are a name (share)" in said
    assert "**Behind the reference:** a name (share)\n" in said


def test_the_page_shows_misses_as_pictures_and_takes_no_text_for_markup(tmp_path: Path):
    Image.new("RGB", (600, 300), "red").save(tmp_path / "a.png")
    (tmp_path / "b.jpg").write_text("no picture")
    shown = page(ABOUT, [section(row(0.5, misses=[
        Miss("a.png", "<b>Dog</b>"), Miss("b.jpg", "damaged"), Miss("gone.jpg", "gone")]))], tmp_path)
    assert shown.count("data:image/webp;base64,") == 1
    assert shown.count("no picture") == 2
    assert "&lt;b&gt;Dog&lt;/b&gt;" in shown and "<b>Dog</b>" not in shown
    assert "<b>words</b> of <code>code</code>" in shown


def test_steps_are_read_for_each_photo_and_the_fastest_round_counts():
    explained = """
The plan, with the mean time of each step:
  faces: yunet@1, at whole 1280
       278.6 ms × 4  faces
        10.0 ms × 2  faces/mesh
"""
    assert steps(explained, 4) == {"faces": 278.6, "faces/mesh": 5}
    assert fastest([Times({"a": 2, "b": 1}, 9), Times({"a": 1, "b": 3}, 8)]) == Times({"a": 1, "b": 1}, 8)


def test_an_earlier_build_is_compared_round_by_round():
    now = [Times({"text": 30, "text/find": 20}, 50), Times({"text": 20, "text/find": 10}, 40)]
    before = [Times({"text": 10}, 50), Times({"text": 20}, 20)]
    lines = {line[0]: line[1:] for line in change_table(now, before).lines}
    assert lines["all steps"] == ["10.0", "20.0", "2.00 (1.00 to 3.00)"]
    assert lines["the whole program"] == ["20.0", "40.0", "1.50 (1.00 to 2.00)"]
    assert lines["text/find"] == ["–", "10.0", "–"]


def test_a_folder_that_lacks_what_it_names_is_refused(tmp_path: Path):
    with pytest.raises(SystemExit, match="FOVEA_TEST_DATA"):
        load(tmp_path)
    (tmp_path / "manifest.json").write_text('{"files": [{"file": "exif/a.jpg", "sha256": "0"}]}')
    with pytest.raises(SystemExit, match="exif/a.jpg, which is not there"):
        load(tmp_path)
    (tmp_path / "exif").mkdir()
    (tmp_path / "exif/a.jpg").touch()
    picture, = load(tmp_path).of("exif")
    assert (picture.kind, picture.expect) == ("exif", {})
