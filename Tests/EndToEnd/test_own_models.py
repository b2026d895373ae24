"""Models that somebody puts in: real exports of YOLOv8, and files that are none."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Server

CHECKOUT = Path(__file__).parents[2]
sys.path.insert(0, str(CHECKOUT / "Models"))

from pulling import sources  # noqa: E402

INSTALLED = Path(os.environ.get("FOVEA_MODELS") or CHECKOUT / "models")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The installed models, in a folder where more can be put."""
    folder = tmp_path / "models"
    folder.mkdir()
    for file in INSTALLED.iterdir():
        if file.is_file():
            (folder / file.name).symlink_to(file.resolve())
    return folder


def run(binary: Path, folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    words = [str(argument) for argument in arguments]
    return subprocess.run(
        [binary, *words], capture_output=True, text=True, timeout=300, env={**os.environ, "FOVEA_MODELS": str(folder)})


def labels(binary: Path, folder: Path, photo: Path) -> dict[str, dict[str, Any]]:
    """All labels of a photo, by their names."""
    result = run(binary, folder, "analyze", "--json", "--min-confidence", 5, "--max-labels", 1000, photo)
    assert result.returncode == 0, result.stderr
    return {label["name"]: label for label in json.loads(result.stdout)["analysis"]["labels"]}


def test_a_genuine_export(binary: Path, folder: Path, photos: dict[str, Path], tmp_path: Path) -> None:
    """NudeNet's detector is one of Ultralytics 8.2, of a free input size, with the names of its classes in it."""
    source = INSTALLED / "nudenet_320n.onnx"
    if not source.exists():
        pytest.skip("NudeNet is not installed")
    (folder / "detectors").mkdir()
    shutil.copy(source, folder / "detectors" / "parts.onnx")
    doctor = run(binary, folder, "doctor", "--data", tmp_path / "data").stdout
    assert "objects-parts: parts@" in doctor
    assert "parts " not in doctor.partition("Decoding")[0].replace("objects-parts: parts@", "")
    found = labels(binary, folder, photos["astronaut"])
    [instance] = next(label["instances"] for name, label in found.items() if name.lower() == "face female")
    assert 0.3 < instance["box"]["left"] < 0.45 and 0.05 < instance["box"]["top"] < 0.3


def test_yolov8(binary: Path, folder: Path, photos: dict[str, Path], tmp_path: Path) -> None:
    """The real YOLOv8n of COCO, where a mirror has it: its licence lets nobody have it as a default."""
    name = "yolov8n_coco_640_agpl.onnx"
    places = sources.Places(INSTALLED, tmp_path).folders()
    source = next((place / name for place in places if (place / name).is_file()), None)
    if source is None:
        pytest.skip(f"no mirror has {name} (FOVEA_MODEL_MIRROR)")
    for detector in folder.glob("picodet*"):
        detector.unlink()
    shutil.copy(source, folder / "everyday things.onnx")
    plain = labels(binary, folder, photos["coffee"])
    cup = plain["Cup"]
    [instance] = cup["instances"]
    box = instance["box"]
    # The cup fills the middle of the picture: 0.3…0.7 across, 0.1…0.7 down.
    assert 0.25 < box["left"] < 0.4 and box["top"] < 0.2 and 0.3 < box["width"] < 0.5 and 0.4 < box["height"] < 0.8
    assert {"Tableware"} <= set(cup["parents"])

    server = Server.start(binary, tmp_path / "data", environment={"FOVEA_MODELS": str(folder)})
    try:
        models = server.upload(photos["chelsea"], "cat.png")["analysis"]["models"]
        assert models["objects-everyday things"].startswith("everyday things@")
    finally:
        server.stop()


def test_what_is_no_export_disturbs_nothing(
    binary: Path, folder: Path, photos: dict[str, Path], tmp_path: Path
) -> None:
    before = labels(binary, folder, photos["chelsea"])
    (folder / "broken.onnx").write_bytes(b"no model at all")
    yunet = INSTALLED / "yunet_n_dynamic.onnx"
    if yunet.exists():
        shutil.copy(yunet, folder / "faces.onnx")
    doctor = run(binary, folder, "doctor", "--data", tmp_path / "data")
    assert doctor.returncode == 0
    assert "labels: broken cannot be loaded" in doctor.stdout
    assert not yunet.exists() or "labels: faces answers" in doctor.stdout
    assert labels(binary, folder, photos["chelsea"]) == before
