"""Photos that are looked at again: only what other models looked at, beside new uploads, through kills and damage."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
import urllib.error
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..conftest import ROOT, Server
from .photographs import small_photos

INSTALLED = Path(os.environ.get("FOVEA_MODELS") or ROOT / "models")
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def older_models(tmp_path: Path) -> Path:
    """What is installed but the model that finds objects, as before an upgrade."""
    if not (INSTALLED / "picodet_s_416_coco.onnx").exists():
        pytest.skip("the detector of objects is not installed")
    folder = tmp_path / "models"
    folder.mkdir()
    for file in INSTALLED.iterdir():
        if file.is_file() and not file.name.startswith("picodet"):
            (folder / file.name).symlink_to(file.resolve())
    return folder


@pytest.fixture
def reanalyse(binary: Path, tmp_path: Path) -> Command:
    """Runs `fovea reanalyse` on the data folder of the test."""

    def run(*arguments: object, status: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [binary, "reanalyse", *map(str, arguments), "--data", tmp_path / "data"], capture_output=True, text=True,
            timeout=300)
        assert done.returncode == status, done.stdout + done.stderr
        return done

    return run


def photo(server: Server, known: dict[str, Any]) -> dict[str, Any]:
    return server.request(f"/api/v1/photos/{known['id']}")


def run_of(server: Server, number: int) -> dict[str, Any]:
    return server.request(f"/api/v1/reanalyses/{number}")


def wait_for(server: Server, number: int, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    deadline = time.monotonic() + 120
    while not holds(run := run_of(server, number)):
        assert time.monotonic() < deadline, run
        time.sleep(0.02)
    return run


def order(server: Server, **wanted: str) -> dict[str, Any]:
    return server.request("/api/v1/reanalyses", method="POST", body=json.dumps(wanted).encode())


def damage(data: Path, known: dict[str, Any]) -> None:
    """Cuts off the end of an original, as a failing disk would."""
    [original] = [
        file for file in data.rglob("*") if file.is_file() and known["id"] in str(file) and file.stat().st_size == known["bytes"]]
    os.truncate(original, known["bytes"] // 3)


def test_a_changed_model_looks_again_only_at_stale_photos_through_kills(
    start_server: Callable[..., Server], reanalyse: Command, older_models: Path, photos: dict[str, Path], tmp_path: Path
) -> None:
    pictures = small_photos(photos, 13)
    server = start_server(environment={"FOVEA_MODELS": str(older_models)})
    old = [server.upload(picture, f"old {number}") for number, picture in enumerate(pictures[:8])]
    assert all("objects" not in photo["analysis"]["models"] for photo in old)
    server.stop()

    server = start_server()
    new = [server.upload(picture, f"new {number}") for number, picture in enumerate(pictures[8:12])]
    models = new[0]["analysis"]["models"]
    assert "picodet" in models["objects"]
    assert "8 photos were looked at by other models; `fovea reanalyse --stale` looks again" in server.log.read_text()
    assert server.request("/api/v1/reanalyses") == {"stale": 8, "reanalyses": []}
    bad = old[3]
    damage(server.data, bad)

    run = order(server, only="stale")
    assert (run["total"], run["state"]) == (8, "running")
    assert order(server, only="stale")["number"] == run["number"]
    for least in (1, 4):
        wait_for(server, run["number"], lambda now: now["done"] + now["failed"] >= least)
        server.stop(signal.SIGKILL)
        server = start_server()
        assert photo(server, bad)["analysis"] == bad["analysis"], "what is known stays to be seen"
    upload = server.upload(pictures[12], "while it runs")
    assert upload["status"] == "analysed"

    ended = wait_for(server, run["number"], lambda now: "endedAt" in now)
    assert (ended["state"], ended["total"], ended["done"], ended["failed"]) == ("done", 8, 7, 1)
    assert [(failure["photo"], failure["error"]["code"]) for failure in ended["failures"]] == [(bad["id"], "damaged")]
    for known in old:
        if known is not bad:
            now = photo(server, known)
            assert (now["analysis"]["models"], now["createdAt"]) == (models, known["createdAt"])
            assert now["settledAt"] > known["settledAt"]
    for known in [bad, *new, upload]:
        assert photo(server, known) == {key: value for key, value in known.items()}
    assert server.request("/api/v1/jobs")["waiting"] == 0

    again = reanalyse("--stale", status=1).stdout
    assert "1 photo could not be; what was known of it stays." in again
    assert "old 3" in again
    listed = reanalyse("--list").stdout.splitlines()
    assert re.fullmatch(r"2  done  1 of 1 photo, 1 failed  \(stale, all buckets\)", listed[0]), listed
    assert listed[1].startswith("1  done  8 of 8 photos, 1 failed")


def test_without_a_server_the_command_does_the_work(
    start_server: Callable[..., Server], reanalyse: Command, binary: Path, older_models: Path, photos: dict[str, Path],
    tmp_path: Path
) -> None:
    pictures = small_photos(photos, 4)
    server = start_server(environment={"FOVEA_MODELS": str(older_models)})
    known = [server.upload(picture, f"{number}") for number, picture in enumerate(pictures)]
    server.stop()

    doctor = subprocess.run(
        [binary, "doctor", "--data", tmp_path / "data"], capture_output=True, text=True, timeout=60).stdout
    assert "4 photos were looked at by other models" in doctor
    assert reanalyse(known[0]["id"]).stdout.startswith("0  ")
    assert reanalyse("--stale", "--bucket", "incoming").stdout == "3 photos looked at again.\n"
    assert reanalyse("--stale").stdout == "No photo is to be looked at again.\n"
    assert json.loads(reanalyse("--bucket", "incoming", "--json").stdout)["done"] == 4
    assert "There is no bucket “nowhere”" in reanalyse("--bucket", "nowhere", status=1).stderr
    assert "not both" in reanalyse("--stale", known[0]["id"], status=2).stderr
    assert "no photo with this id" in reanalyse("01a1f8c1-a33a-7418-8e18-e9b3c93ad048", status=1).stderr


def test_one_photo_and_one_that_is_stopped(server: Server, reanalyse: Command, photos: dict[str, Path]) -> None:
    known = [server.upload(picture, f"{number}") for number, picture in enumerate(small_photos(photos, 3))]
    again = server.request(f"/api/v1/photos/{known[0]['id']}/reanalyse?wait=30", method="POST")
    assert again["settledAt"] > known[0]["settledAt"]
    assert again["analysis"] == known[0]["analysis"]

    server.request("/api/v1/jobs/pause", method="POST")
    assert "3 photos are looked at again in the background (1)." in reanalyse("--detach").stdout
    deadline = time.monotonic() + 30
    while server.request("/api/v1/jobs")["background"] < 3:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    why = server.request(f"/api/v1/photos/{known[1]['id']}/job")
    assert (why["status"], why["job"]["priority"]) == ("analysed", "background")
    assert why["why"].startswith("It is done; it is looked at again in the background. The queue is paused.")
    target = f"/api/v1/photos/{known[1]['id']}/reanalyse"
    assert server.request(target, method="POST")["status"] == "analysed"
    with pytest.raises(urllib.error.HTTPError) as twice:
        server.request(target, method="POST")
    assert (twice.value.code, json.loads(twice.value.read())["code"]) == (409, "waits_already")

    assert reanalyse("--stop", 1).stdout == "Stopped; 0 photos of 3 looked at again.\n"
    queue = server.request("/api/v1/jobs")
    assert (queue["waiting"], queue["background"]) == (1, 0), "what was asked for by name stays"
    server.request("/api/v1/jobs/resume", method="POST")
    assert "1  stopped" in reanalyse("--list").stdout
