"""What is in easy photos, as a person would ask: upload, wait, read the labels."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ..conftest import Server

# True labels for each, by looking at it; one is enough.
EASY = {
    "chelsea": {"Cat"},
    "coffee": {"Coffee", "Coffee Cup", "Espresso"},
    "rocket": {"Rocket", "Vehicle"},
    "motorcycle_left": {"Vehicle", "Motorcycle"},
    "motorcycle_right": {"Vehicle", "Motorcycle"},
    "china": {"Building", "Palace"},
    "astronaut": {"Woman"},
    "flower": {"Flower", "Plant"},
}


@pytest.fixture(scope="module")
def answers(binary: Path, photos: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    server = Server.start(binary, tmp_path_factory.mktemp("labels") / "data")
    try:
        ready = server.request("/readyz")
        if ready["analyses"]["labels"] != "done":
            pytest.skip(f"the label model is missing: {ready['remedies']}")
        return {name: server.upload(photos[name], f"{name}.jpg") for name in [*EASY, "moon"]}
    finally:
        server.stop()


@pytest.mark.parametrize("name", EASY)
def test_an_easy_photo_has_a_true_label_at_75(answers: dict[str, dict], name: str) -> None:
    labels = {label["name"]: label["confidence"] for label in answers[name]["analysis"]["labels"]}
    assert EASY[name] & labels.keys(), labels
    assert min(labels.values()) >= 75


def test_labels_are_a_flat_list_with_parents(answers: dict[str, dict]) -> None:
    for answer in answers.values():
        labels = answer["analysis"]["labels"]
        by_name = {label["name"]: label for label in labels}
        assert len(by_name) == len(labels) <= 10
        for label in labels:
            for parent in label["parents"]:
                if parent in by_name:
                    assert by_name[parent]["confidence"] >= label["confidence"]


def test_a_cat_is_an_animal(answers: dict[str, dict]) -> None:
    cat = next(label for label in answers["chelsea"]["analysis"]["labels"] if label["name"] == "Cat")
    assert cat["confidence"] > 95
    assert {"Animal", "Mammal", "Pet"} <= set(cat["parents"])


def test_every_analysis_says_how_it_went(answers: dict[str, dict]) -> None:
    states = answers["chelsea"]["analysis"]["states"]
    assert states == {"labels": "done", "faces": "done", "people": "off", "moderation": "done", "text": "done"}
    assert answers["chelsea"]["analysis"]["models"]["labels"].startswith("efficientnet-lite2")
