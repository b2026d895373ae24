"""What the figures of faces mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from Accuracy.data import Picture
from Accuracy.faces import Portrait, ages, area_under, confusion, expressions, gender, smiles
from Accuracy.reference.faces import Attributes, Found, suppressed


def portrait(expect: dict[str, Any], told: dict[str, Any] | None = None, **bare: Any) -> Portrait:
    alone = Attributes(bare.get("low", 20), bare.get("high", 40), bare.get("male", 1),
                       bare.get("expressions", {"happy": 1.0}))
    return Portrait(Picture("a.jpg", Path("a.jpg"), "0", "faces-attr", expect, {}), told, alone)


def test_area_under_counts_equal_scores_half() -> None:
    assert area_under([0.9, 0.1], [True, False]) == 1
    assert area_under([0.5, 0.5], [True, False]) == 0.5
    assert area_under([0.1, 0.9], [True, False]) == 0
    assert area_under([0.1], [True]) is None


def test_ages_are_compared_by_their_middles_and_must_meet() -> None:
    told = {"ageRange": {"low": 30, "high": 40}}
    row, meets, width = ages([portrait({"age_range": [40, 50]}, told), portrait({"age": 50}, told)])
    assert (row.ours, row.reference) == (12.5, 17.5)
    assert (meets.ours, meets.n, len(meets.misses)) == (0.5, 2, 1)
    assert width.ours == 10


def test_gender_and_smiles_tell_their_misses() -> None:
    told = {"gender": {"value": "male", "confidence": 90}, "smile": {"value": False, "confidence": 80}}
    row = gender([portrait({"gender": "female"}, told), portrait({"gender": "male"}, told)])
    assert (row.ours, row.reference, len(row.misses)) == (0.5, 0.5, 1)
    curve, right = smiles([portrait({"expression": "happy"}, told), portrait({"expression": "neutral"}, told)])
    assert (curve.ours, right.ours, right.reference) == (0.5, 0.5, 0.5)


def test_an_expression_with_two_names_may_be_either() -> None:
    happy = {"emotions": [{"type": "happy", "confidence": 80}]}
    silent = {"emotions": []}
    faces = [portrait({"expression": "happy or surprised"}, happy), portrait({"expression": "neutral"}, silent),
             portrait({"expression": "happy"}, None), portrait({"expression": "contempt"}, happy)]
    rows = {row.name: row for row in expressions(faces)}
    assert (rows["expression"].n, rows["expression"].ours, rows["expression"].reference) == (2, 0.5, 0.5)
    assert [miss.said for miss in rows["expression"].misses] == ["calm; told nothing"]
    assert confusion(faces).lines == [["calm", "1", ""], ["happy or surprised", "", "1"]]


def test_the_surest_of_two_faces_over_each_other_stays() -> None:
    def face(left: float, score: float) -> Found:
        return Found(score, (left, 0, 10, 10), [])

    assert [one.score for one in suppressed([face(0, 0.7), face(2, 0.9), face(30, 0.8)])] == [0.9, 0.8]
