"""Alerts: one of each kind of rule, the quiet period, and a rule that is tried on the past."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from ..conftest import Server
from .flaky_receiver import FlakyReceiver
from .photographs import small_photos
from .test_survival import until


@pytest.fixture
def receiver() -> Iterator[FlakyReceiver]:
    receiver = FlakyReceiver()
    yield receiver
    receiver.stop()


@pytest.fixture
def server(start_server: Callable[..., Server]) -> Server:
    return start_server(environment={"FOVEA_WEBHOOK_ALLOW": "127.0.0.1"})


@pytest.fixture
def fovea(binary: Path, server: Server) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a command on the server's folder."""
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [binary, *arguments], env={**os.environ, "FOVEA_DATA": str(server.data)}, capture_output=True, text=True,
            timeout=60)

    return run


def false_alarm(binary: Path, photos: dict[str, Path], folder: Path) -> bytes:
    """A picture that the models for moderation take for something else, with 60 % or more: two that they find so among
    all that are here, one by both models together and one by NudeNet where it is alone."""
    cell, colours = (Image.open(photos[name]).convert("RGB") for name in ("cell", "color"))
    width, height = cell.size
    pieces = [cell.crop((width // 2, height // 2, width // 2 * 2, height // 2 * 2)), colours]
    folder.mkdir()
    for number, piece in enumerate(pieces):
        piece.resize((480, 480)).save(folder / f"{number}.jpg", "JPEG", quality=90)
    said = subprocess.run(
        [binary, "analyze", "--only", "moderation", "--json", folder], capture_output=True, text=True, timeout=60)
    for line in said.stdout.splitlines():
        photo = json.loads(line)
        if any(label["confidence"] >= 60 for label in photo["analysis"]["moderation"]):
            return Path(photo["file"]).read_bytes()
    raise AssertionError("no picture sets the installed models off")


def put(server: Server, name: str, condition: dict[str, Any], **rule: Any) -> Any:
    body = json.dumps({"condition": condition, **rule}).encode()
    return server.request(f"/api/v1/alerts/{name}", method="PUT", body=body)


def settled(server: Server) -> None:
    """Waits until everything was looked at and told."""
    def is_done() -> bool:
        jobs, outbox = server.request("/api/v1/jobs?limit=0"), server.request("/api/v1/outbox?limit=0")
        return jobs["waiting"] + jobs["running"] + outbox["waiting"] == 0
    until(is_done, 120)


def test_each_kind_of_rule_speaks_once_and_at_once(
    server: Server, receiver: FlakyReceiver, photos: dict[str, Path], binary: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str]
) -> None:
    unsafe = false_alarm(binary, photos, tmp_path / "unsafe")
    put(server, "cats", {"kind": "label", "name": "cat", "minConfidence": 80}, notify=[receiver.url])
    put(server, "faces", {"kind": "faces", "atLeast": 1}, notify=[receiver.url])
    put(server, "pages", {"kind": "text", "contains": "SEGMENTATION"}, notify=[receiver.url])
    put(server, "unsafe", {"kind": "moderation", "minConfidence": 60}, notify=[receiver.url])
    put(server, "elsewhere", {"kind": "faces", "atLeast": 1}, notify=[receiver.url], bucket="private")
    for name in ("chelsea", "coffee", "astronaut", "moon", "page", "rocket"):
        server.upload(photos[name], name, wait=0)
    server.upload(unsafe, "unsafe.jpg", wait=0)
    receiver.wait(4, 120)
    settled(server)
    told = {arrival.message["alert"]["name"]: arrival for arrival in receiver.arrivals.values()}
    assert len(receiver.arrivals) == 4
    assert {name: arrival.message["photo"]["key"] for name, arrival in told.items()} == {
        "cats": "chelsea", "faces": "astronaut", "pages": "page", "unsafe": "unsafe.jpg"}
    assert all(arrival.message["type"] == "alert" for arrival in told.values())
    assert told["cats"].message["alert"]["condition"] == "label cat ≥ 80"
    assert told["cats"].message["alert"]["match"].startswith("Cat ")
    assert told["faces"].message["alert"]["match"] == "1 face"
    assert "segmentation" in told["pages"].message["alert"]["match"].lower()
    delays = {
        name: arrival.at - datetime.datetime.fromisoformat(arrival.message["photo"]["settledAt"]).timestamp()
        for name, arrival in told.items()}
    with capsys.disabled():
        print("\nseconds from the analysis to the alert: "
              + ", ".join(f"{name} {delay:.3f}" for name, delay in sorted(delays.items())))


def test_a_quiet_period(server: Server, receiver: FlakyReceiver, photos: dict[str, Path]) -> None:
    put(server, "cats", {"kind": "label", "name": "Cat", "minConfidence": 50}, notify=[receiver.url], quiet=3600)
    for number, picture in enumerate(small_photos({"chelsea": photos["chelsea"]}, 3)):
        server.upload(picture, f"{number}")
    settled(server)
    assert [arrival.message["photo"]["key"] for arrival in receiver.arrivals.values()] == ["0"]
    [alert] = server.request("/api/v1/alerts")["alerts"]
    assert (alert["spoken"], alert["silent"], alert["quiet"]) == (1, 2, 3600)


def test_a_rule_is_tried_on_the_past(
    server: Server, receiver: FlakyReceiver, photos: dict[str, Path], fovea: Callable[..., Any]
) -> None:
    for name in ("chelsea", "coffee", "astronaut"):
        server.upload(photos[name], name)
    # Its original goes at once; what was found of it stays.
    server.request("/api/v1/buckets/public/photos?key=gone&wait=30", method="POST", body=photos["chelsea"].read_bytes())
    tried = fovea("alerts", "try", "label cat >= 80", "--json")
    trial = json.loads(tried.stdout)
    assert (trial["matches"], trial["looked"], trial["more"]) == (2, 4, False)
    assert [photo["key"] for photo in trial["photos"]] == ["gone", "chelsea"]
    assert json.loads(fovea("alerts", "try", "faces >= 1", "--bucket", "public", "--json").stdout)["looked"] == 1
    assert "2 of 4 photos would have set it off." in fovea("alerts", "try", "label cat >= 80").stdout
    assert server.request("/api/v1/alerts") == {"alerts": []}
    assert receiver.arrivals == {}


def test_alerts_on_the_command_line(
    server: Server, receiver: FlakyReceiver, photos: dict[str, Path], fovea: Callable[..., Any]
) -> None:
    assert "no alert" in fovea("alerts").stdout
    added = fovea("alerts", "add", "my cats", "label Cat >= 80", "--bucket", "incoming", "--notify", receiver.url,
                  "--quiet", "10m")
    assert (added.returncode, added.stderr) == (0, "")
    assert "my cats  label Cat ≥ 80 in incoming" in added.stdout and "silent for 10 min" in added.stdout
    server.upload(photos["chelsea"], "chelsea")
    receiver.wait(1)
    assert "spoke once" in fovea("alerts").stdout
    misspelt = fovea("alerts", "add", "misspelt", "label Catt >= 80", "--notify", receiver.url).stdout
    assert "Of one photo looked at so far, none would have set it off." in misspelt
    assert "none would" not in fovea("alerts", "add", "misspelt", "label Cat >= 80", "--notify", receiver.url).stdout
    assert fovea("alerts", "remove", "misspelt").returncode == 0
    assert fovea("alerts", "remove", "my cats").returncode == 0
    assert fovea("alerts", "remove", "my cats").returncode == 1
    for arguments, words in [
        (["add", "x", "label", "Cat"], "“>=” and a number are missing"), (["add", "x"], "a condition is missing"),
        (["add", "a/b", "faces >= 1"], "an alert needs a name"), (["try", "smell >= 3"], "not “smell”"),
        (["add", "x", "faces >= 1", "--notify", "nobody"], "--notify takes owner"),
        (["add", "x", "faces >= 1", "--quiet", "soon"], "--quiet takes a time"), (["sing"], "no action"),
    ]:
        wrong = fovea("alerts", *arguments)
        assert wrong.returncode == 2 and words in wrong.stderr, wrong
    nowhere = fovea("alerts", "add", "x", "faces >= 1", "--bucket", "nowhere")
    assert nowhere.returncode == 1 and "nowhere" in nowhere.stderr
