"""Faces, text, moderation and objects, with whichever models are installed; and what is said when none are."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Server


def run(binary: Path, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    words = [str(argument) for argument in arguments]
    return subprocess.run(
        [binary, *words], capture_output=True, text=True, timeout=300, env={**os.environ, **environment})


@pytest.fixture(scope="module")
def seen(binary: Path, photos: dict[str, Path]) -> dict[str, dict[str, Any]]:
    """What `fovea analyze` says of some photos, by their names."""
    names = ["astronaut", "page", "coffee", "chelsea", "moon"]
    result = run(binary, "analyze", "--json", *[photos[name] for name in names])
    assert result.returncode == 0, result.stderr
    return dict(zip(names, map(json.loads, result.stdout.splitlines())))


def needs(seen: dict[str, dict[str, Any]], kind: str) -> None:
    if seen["astronaut"]["analysis"]["states"][kind] == "unavailable":
        pytest.skip(f"no model for {kind} is installed")


def test_the_astronaut_is_a_smiling_woman(seen: dict[str, dict[str, Any]]) -> None:
    needs(seen, "faces")
    faces = seen["astronaut"]["analysis"]["faces"]
    assert len(faces) == 1
    face = faces[0]
    assert face["gender"]["value"] == "female"
    assert face["smile"]["value"] is True
    assert face["ageRange"]["low"] <= 38 <= face["ageRange"]["high"] + 5, face["ageRange"]
    box = face["box"]
    # Her face is in the upper middle: 0.33…0.54 across, 0.1…0.4 down.
    assert 0.3 < box["left"] < 0.45 and 0.05 < box["top"] < 0.3
    assert {mark["type"] for mark in face["landmarks"]} == {"eyeLeft", "eyeRight", "nose", "mouthLeft", "mouthRight"}
    eyes = {mark["type"]: mark["x"] for mark in face["landmarks"]}
    assert eyes["eyeLeft"] < eyes["eyeRight"]
    assert "vector" not in face
    person = next(label for label in seen["astronaut"]["analysis"]["labels"] if label["name"] == "Person")
    assert person["instances"]


def test_things_have_no_faces(seen: dict[str, dict[str, Any]]) -> None:
    needs(seen, "faces")
    for name in ("coffee", "page", "moon"):
        assert seen[name]["analysis"]["faces"] == [], name


def test_a_page_is_read(seen: dict[str, dict[str, Any]]) -> None:
    needs(seen, "text")
    text = seen["page"]["analysis"]["text"]
    lines = " ".join(piece["text"] for piece in text if piece["type"] == "line").lower()
    for words in ("region-based segmentation", "determine markers of the coins", "background"):
        assert words in lines
    words = [piece for piece in text if piece["type"] == "word"]
    assert len(words) > 20
    for piece in text:
        assert len(piece["polygon"]) == 4
        assert all(-0.01 <= value <= 1.01 for value in piece["box"].values())


def test_only_what_is_asked_for_is_looked_for(binary: Path, photos: dict[str, Path]) -> None:
    result = run(binary, "analyze", "--json", "--only", "text,moderation", photos["coffee"])
    states = json.loads(result.stdout)["analysis"]["states"]
    assert states["labels"] == states["faces"] == "off"
    assert "off" not in (states["text"], states["moderation"])


def test_text_alone_is_looked_for_everywhere(binary: Path, photos: dict[str, Path], seen: dict[str, Any]) -> None:
    needs(seen, "text")
    result = run(binary, "analyze", "--json", "--only", "text", photos["page"])
    lines = [piece["text"] for piece in json.loads(result.stdout)["analysis"]["text"] if piece["type"] == "line"]
    assert any("markers" in line for line in lines)


@pytest.mark.parametrize("list_", ["", "faces,", "people", "labels,smells"])
def test_a_kind_that_there_is_not_is_wrong_usage(binary: Path, list_: str) -> None:
    result = run(binary, "analyze", f"--only={list_}", "a.jpg")
    assert result.returncode == 2 and "--only takes" in result.stderr


def test_ordinary_photos_are_not_sensitive(seen: dict[str, dict[str, Any]]) -> None:
    needs(seen, "moderation")
    for name, photo in seen.items():
        loud = [label for label in photo["analysis"]["moderation"] if label["confidence"] >= 75]
        assert loud == [], name


def test_colours_and_qualities(seen: dict[str, dict[str, Any]]) -> None:
    needs(seen, "labels")
    looks = {name: photo["analysis"]["properties"] for name, photo in seen.items()}
    for name, look in looks.items():
        assert 1 <= len(look["dominantColors"]) <= 12, name
        assert 50 < sum(colour["pixelPercent"] for colour in look["dominantColors"]) <= 100.1, name
        assert all(0 <= value <= 100 for value in look["quality"].values()), name
    assert {colour["simplifiedColor"] for colour in looks["moon"]["dominantColors"]} <= {"black", "grey", "white"}
    assert looks["coffee"]["dominantColors"][0]["simplifiedColor"] == "brown"
    assert looks["page"]["quality"]["brightness"] > looks["moon"]["quality"]["brightness"]


def test_people_read_the_names_of_colours(binary: Path, photos: dict[str, Path]) -> None:
    line = run(binary, "analyze", photos["coffee"]).stdout
    document = json.loads(run(binary, "analyze", "--json", photos["coffee"]).stdout)
    names = [colour["cssColor"] for colour in document["analysis"]["properties"]["dominantColors"]]
    assert ", ".join(names[:3]) in line


def test_explain_prints_the_plan_beside_the_answer(binary: Path, photos: dict[str, Path]) -> None:
    result = run(binary, "analyze", "--json", "--explain", photos["chelsea"])
    assert len(result.stdout.splitlines()) == 1
    assert "labels: efficientnet-lite2" in result.stderr and " ms × 1  labels" in result.stderr


def test_without_models_everything_is_unavailable_and_said(
    binary: Path, photos: dict[str, Path], tmp_path: Path
) -> None:
    nothing = str(tmp_path / "no models")
    doctor = run(binary, "doctor", "--data", tmp_path / "data", FOVEA_MODELS=nothing)
    assert doctor.returncode == 1
    assert "make models" in doctor.stdout
    analyzed = run(binary, "analyze", "--json", photos["chelsea"], FOVEA_MODELS=nothing)
    document = json.loads(analyzed.stdout)
    assert document["status"] == "analysed" and document["width"] == 451
    assert set(document["analysis"]["states"].values()) == {"unavailable", "off"}
    assert "make models" in analyzed.stderr
    server = Server.start(binary, tmp_path / "data", environment={"FOVEA_MODELS": nothing})
    try:
        assert server.request("/readyz")["remedies"]
        assert server.upload(photos["chelsea"], "a.png")["analysis"]["states"]["labels"] == "unavailable"
    finally:
        server.stop()


def test_doctor_and_models_say_what_is_there(binary: Path, tmp_path: Path) -> None:
    doctor = run(binary, "doctor", "--data", tmp_path / "data")
    assert "✓ confined" in doctor.stdout
    listed = run(binary, "models", "list")
    assert listed.returncode == 0, listed.stderr
    assert "efficientnet_lite2_260" in listed.stdout and "not permissive" in listed.stdout
    assert run(binary, "models", "verify").returncode == 0


def test_a_file_that_was_changed_is_found_out(binary: Path, tmp_path: Path) -> None:
    installed = Path(os.environ.get("FOVEA_MODELS") or Path(__file__).parents[2] / "models")
    (tmp_path / "manifest.json").write_bytes((installed / "manifest.json").read_bytes())
    (tmp_path / "yunet_n_dynamic.onnx").write_bytes(b"not a model")
    verified = run(binary, "models", "verify", FOVEA_MODELS=str(tmp_path))
    assert verified.returncode == 1
    assert "✗ yunet_n_dynamic.onnx" in verified.stdout


def test_nothing_is_told_to_anybody(binary: Path, photos: dict[str, Path], tmp_path: Path) -> None:
    """ONNX Runtime keeps an identity and a store of usage events in the home folder when it reports to its maker."""
    result = run(binary, "analyze", photos["coffee"], HOME=str(tmp_path), ORT_DISABLE_TELEMETRY="")
    assert result.returncode == 0, result.stderr
    assert list(tmp_path.rglob("*")) == []
