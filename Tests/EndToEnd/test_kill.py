"""`kill -9` at any moment: what was acknowledged is there, analysed once; what was not is there whole or not at all;
and nothing is left over.

FOVEA_KILL_SEED repeats the choices of a run, FOVEA_KILL_ROUNDS sets how often the long test kills.
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from ..conftest import ROOT
from .data_folder import count_settlements
from .photographs import small_photos
from .recording_client import RecordingClient
from .siege import Siege


def installed_models() -> Path:
    return Path(os.environ.get("FOVEA_MODELS") or ROOT / "models")


@pytest.fixture
def label_models(tmp_path: Path) -> Path:
    """A model folder for labels alone, with which a photo takes a tenth of the time."""
    folder = tmp_path / "models"
    folder.mkdir()
    for pattern in ("efficientnet*", "labels.json", "manifest.json", "libonnxruntime*"):
        for path in installed_models().glob(pattern):
            (folder / path.name).symlink_to(path.resolve())
    return folder


def besiege(
    binary: Path, folder: Path, models: Path, pictures: list[bytes], capsys: pytest.CaptureFixture[str], *,
    rounds: int, clients: int, requests: int, seconds: float
) -> None:
    """Kills a server `rounds` times while `clients` use it, each with its share of the pictures, then audits."""
    seed = int(os.environ.get("FOVEA_KILL_SEED") or random.SystemRandom().randrange(1_000_000))
    share = len(pictures) // clients
    siege = Siege(binary, folder, models, [
        RecordingClient(place, pictures[place * share:(place + 1) * share], share) for place in range(clients)], seed)
    siege.start().stop()
    count_settlements(siege.data)
    try:
        for number in range(rounds):
            siege.round(number, requests)
        siege.audit(seconds)
    finally:
        with capsys.disabled():
            print(siege.summary())
    assert not siege.complaints, "\n".join([f"seed {seed}", *siege.complaints])


def test_a_few_kills_lose_nothing(binary, tmp_path, label_models, photos, capsys) -> None:
    besiege(
        binary, tmp_path, label_models, small_photos(photos, 24), capsys, rounds=3, clients=3, requests=8, seconds=60)


@pytest.mark.long
def test_fifty_kills_lose_nothing(binary, tmp_path, label_models, photos, capsys) -> None:
    rounds = int(os.environ.get("FOVEA_KILL_ROUNDS") or 50)
    besiege(
        binary, tmp_path, label_models, small_photos(photos, 200), capsys, rounds=rounds, clients=5, requests=12,
        seconds=300)


@pytest.mark.long
def test_kills_with_every_model_lose_nothing(binary, tmp_path, photos, capsys) -> None:
    besiege(
        binary, tmp_path, installed_models(), small_photos(photos, 60, side=640), capsys, rounds=10, clients=3,
        requests=8, seconds=600)
