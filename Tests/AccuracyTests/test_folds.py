"""Nothing that learned from a picture judges it."""

from __future__ import annotations

from pathlib import Path

import pytest

from Accuracy.folds import HEAD, KINDS, folds, models_without


@pytest.fixture
def models(tmp_path: Path) -> Path:
    folder = tmp_path / "models"
    folder.mkdir()
    for name in (HEAD, "labels.json"):
        (folder / name).write_text(name)
    return folder


def test_every_fold_has_a_head() -> None:
    assert set(folds().values()) == {0, 1, 2, 3, 4}
    assert all((KINDS / "folds" / f"kinds_head_{fold}.onnx").is_file() for fold in range(5))


def test_a_fold_is_looked_at_with_the_head_that_did_not_see_it(models: Path) -> None:
    with models_without(3, models) as folder:
        assert (folder / HEAD).resolve() == (KINDS / "folds/kinds_head_3.onnx").resolve()
        assert (folder / "labels.json").read_text() == "labels.json"
    assert not folder.exists()


def test_other_pictures_are_looked_at_with_the_models_as_they_are(models: Path) -> None:
    with models_without(None, models) as folder:
        assert folder == models
    assert folder.exists()
