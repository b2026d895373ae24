"""What the figures of the everyday photos mean, on answers that are made up."""

from __future__ import annotations

import pytest

from Accuracy.everyday import Seen, median_labels, precision, with_word, without_label
from Accuracy.reference.labels import LabelAnswer
from Accuracy.truth import Judgement, add_verdicts


def label(name: str, *parents: str) -> LabelAnswer:
    return LabelAnswer(name, 80, parents)


def seen(*labels: LabelAnswer, word: str | list[str] = "dog", true: tuple[str, ...] = (), false: tuple[str, ...] = ()):
    return Seen("photo.jpg", list(labels), Judgement.read({"word": word, "true": true, "false": false}))


def test_precision_counts_what_nobody_judged_as_wrong():
    photos = [seen(label("Dog"), label("Wolf"), label("Snow"), true=("dog",), false=("WOLF",))]
    assert precision(photos) == pytest.approx(1 / 3)
    assert precision(photos, judged_only=True) == pytest.approx(1 / 2)
    assert [label.name for label in photos[0].unjudged] == ["Snow"]
    assert [label.name for label in photos[0].wrong] == ["Wolf"]


def test_precision_is_of_all_labels_together_not_a_mean_over_photos():
    photos = [seen(label("Dog"), true=("Dog",)), seen(*(label(name) for name in "abc"), false=("a", "b", "c"))]
    assert precision(photos) == pytest.approx(1 / 4)


def test_a_photo_without_labels_is_no_precision():
    assert precision([seen()]) is None
    assert without_label([seen(), seen(label("Dog"))]) == 0.5


def test_the_first_word_is_found_among_labels_and_what_they_are_a_kind_of():
    assert seen(label("Dog")).has_word
    assert seen(label("Siberian Husky", "Sled Dog", "Dog", "Animal")).has_word
    assert not seen(label("Animal")).has_word
    assert not seen(label("Hot Dog", "Food")).has_word
    assert seen(label("Building"), word=["tower", "building"]).has_word


def test_a_photo_for_which_nobody_has_a_word_is_not_asked():
    assert with_word([seen(label("Dog")), seen(label("Cat"), word=[])]) == 1
    assert with_word([seen(word=[])]) is None


def test_the_median_counts_photos_without_labels():
    assert median_labels([seen(), seen(label("Dog")), seen(*map(label, "abcde"))]) == 1
    assert median_labels([]) is None


def test_verdicts_are_added_and_replace_what_was_said():
    entries = {"abcd1": {"file": "dog.jpg", "false": ["Police Dog"]}, "abff2": {"true": ["Cat"]}}
    assert add_verdicts(entries, "abc Police Dog yes  # it is\n\nabf Wolf no\n") == 2
    assert entries["abcd1"] == {"file": "dog.jpg", "true": ["Police Dog"], "false": []}
    assert entries["abff2"] == {"true": ["Cat"], "false": ["Wolf"]}


@pytest.mark.parametrize("line", ["ab Dog yes", "ff Dog yes", "abcd1 Dog", "abcd1 Dog maybe", "abcd1 Dog ?"])
def test_a_verdict_that_cannot_be_understood_is_refused(line: str):
    with pytest.raises(ValueError, match="line 1"):
        add_verdicts({"abcd1": {}, "abff2": {}}, line)
