"""The whole measurement with the real binary and the real models, over a folder of three files."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from Accuracy.data import ROOT


def test_a_folder_is_measured_next_to_the_bare_models(binary: Path, photos: dict[str, Path], tmp_path: Path):
    data = tmp_path / "data"
    files = [
        entry(data, "labels/cat.png", photos["chelsea"].read_bytes(), "PNG", label="tabby", imagenet_index=281,
              group="cat", objects=["cat"]),
        entry(data, "formats/coffee.png", photos["coffee"].read_bytes(), "PNG"),
        entry(data, "malformed/no picture.jpg", b"\xff\xd8\xff\xe0 nothing more", None, decision="refuse"),
    ]
    (data / "manifest.json").write_text(json.dumps({"files": files}))
    ran = subprocess.run(
        [sys.executable, "-m", "Accuracy", "--only", "labels", "formats", "--pages", tmp_path / "pages"], cwd=ROOT,
        env={**os.environ, "FOVEA_TEST_DATA": str(data), "FOVEA_BINARY": str(binary)}, capture_output=True, text=True,
        timeout=300)
    assert ran.returncode == 0, ran.stderr
    said = ran.stdout
    assert "| label or group | among the first five labels | 1 pictures | 100.0% | 100.0% | ≥ 90.0% | pass |" in said
    assert "| known objects | recall at defaults | 1 objects | 100.0% | 100.0% | ≥ 80.0% | pass |" in said
    assert "| files that must be looked at | share looked at | 2 files | 100.0% | – | ≥ 100.0% | pass |" in said
    assert "| files that must be refused | share refused | 1 files | 100.0% | – | ≥ 100.0% | pass |" in said
    assert "</html>" in (tmp_path / "pages/report.html").read_text()


def entry(data: Path, file: str, content: bytes, format: str | None, **expect: object) -> dict:
    """Puts a file into the folder; answers its entry of the manifest."""
    path = data / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return {
        "file": file, "sha256": hashlib.sha256(content).hexdigest(), "expect": expect, "verified": {"format": format}}
