"""What the figures of labels and objects mean, on answers that are made up."""

from __future__ import annotations

import pytest

from Accuracy.calibration import Judged, band, curve, true_share
from Accuracy.labels import Guess
from Accuracy.names import leaves
from Accuracy.objects import Sighting, precision, recall
from Accuracy.reference.labels import LabelAnswer
from Accuracy.reference.objects import Found, overlap, suppressed
from Accuracy.truth import Judgement


def label(name: str, *parents: str) -> LabelAnswer:
    return LabelAnswer(name, 80, parents)


HUSKY = label("Husky", "Dog", "Animal")


def test_a_group_is_found_through_its_kinds_but_a_label_only_by_itself():
    first = [HUSKY, label("Dog", "Animal"), label("Animal")]
    assert Guess({"malamute"}, {"dog"}, first, leaves(first)).has_either
    assert not Guess({"malamute"}, {"dog"}, first, leaves(first)).has_own
    assert Guess({"husky"}, set(), first, leaves(first)).has_own
    assert not Guess({"cat"}, {"wild cat"}, first, leaves(first)).has_either


def test_leaves_are_labels_that_no_other_is_a_kind_of():
    assert leaves([label("Animal"), HUSKY, label("Dog", "Animal"), label("Snow")]) == [HUSKY, label("Snow")]


def test_objects_are_recalled_through_kinds_and_boxes_are_right_when_expected_or_judged():
    judgement = Judgement.read({"true": ["Sled"]})
    boxed = [HUSKY, label("Sled"), label("Truck")]
    photo = Sighting("a.jpg", frozenset({"dog", "person"}), [*boxed, label("Snow")], boxed, judgement)
    assert photo.absent == ["person"]
    assert photo.wrong == [label("Truck")]
    assert recall([photo]) == 0.5
    assert precision([photo]) == pytest.approx(2 / 3)
    assert recall([]) is None and precision([]) is None


def test_the_curve_has_a_hundred_in_its_last_band_and_leaves_out_what_is_below():
    labels = [Judged(100, True), Judged(90, False), Judged(89.99, None), Judged(80, True), Judged(49.9, True)]
    assert band(labels, 90, 100) == labels[:2]
    assert band(labels, 80, 90) == labels[2:4]
    assert true_share(band(labels, 80, 90)) == 1
    assert true_share(band(labels, 80, 90), unjudged_as_wrong=True) == 0.5
    assert [line[1] for line in curve("", labels).lines] == ["0", "0", "0", "2", "2"]
    assert true_share([Judged(60, None)]) is None


def test_things_that_lie_over_each_other_are_one_if_they_have_one_name():
    box, beside = (0.0, 0.0, 0.5, 0.5), (0.5, 0.5, 1.0, 1.0)
    found = [Found("dog", 0.6, box), Found("dog", 0.9, box), Found("cat", 0.7, box), Found("dog", 0.5, beside)]
    assert [(thing.name, thing.score) for thing in suppressed(found)] == [("dog", 0.9), ("cat", 0.7), ("dog", 0.5)]
    assert overlap(box, beside) == 0
    assert overlap(box, (0.0, 0.0, 0.5, 1.0)) == pytest.approx(0.5)
