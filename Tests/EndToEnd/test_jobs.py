"""The queue, as the person who runs Fovea sees it: `fovea jobs` beside a server and without one."""

from __future__ import annotations

import json
import subprocess
import urllib.error
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Server


@pytest.fixture
def jobs(binary: Path, tmp_path: Path) -> Callable[..., str]:
    """Runs `fovea jobs` on the data folder of the test; answers what it prints."""

    def run(*arguments: str, status: int = 0) -> str:
        done = subprocess.run(
            [binary, "jobs", *arguments, "--data", tmp_path / "data"], capture_output=True, text=True, timeout=60)
        assert done.returncode == status, done.stderr
        return done.stdout if status == 0 else done.stderr

    return run


def refusal(server: Server, photo: bytes | Path, key: str) -> tuple[int, Any, dict[str, Any]]:
    with pytest.raises(urllib.error.HTTPError) as refused:
        server.upload(photo, key, wait=0)
    return refused.value.code, refused.value.headers, json.loads(refused.value.read())


def test_pause_and_resume(
    start_server: Callable[..., Server], jobs: Callable[..., str], photos: dict[str, Path]
) -> None:
    server = start_server()
    assert jobs() == "Nothing waits.\n"
    assert "The queue is paused" in jobs("pause")
    cat = server.upload(photos["chelsea"], "cat.png", wait=0)
    assert cat["status"] == "queued"
    server.stop()

    assert "No server runs on this data folder" in jobs("why", cat["id"])
    server = start_server()
    assert jobs("why", cat["id"]) == "The queue is paused. Resume it on the page, or by `fovea jobs resume`.\n"
    queue = json.loads(jobs("--json"))
    assert (queue["waiting"], queue["running"], queue["paused"]) == (1, 0, True)
    assert queue["jobs"][0]["key"] == "cat.png"
    jobs("resume")
    assert server.upload(photos["chelsea"], "cat.png")["status"] == "analysed"
    assert jobs("why", cat["id"]) == "It is done.\n"
    assert jobs() == "Nothing waits.\n"


def test_what_failed_and_why(server: Server, jobs: Callable[..., str], photos: dict[str, Path]) -> None:
    damaged = server.upload(photos["chelsea"].read_bytes()[:5000], "half.png")
    assert damaged["status"] == "failed"
    assert "1 photo failed; `fovea jobs failed` tells why." in jobs()
    failed = jobs("failed")
    assert "half.png" in failed
    assert damaged["error"]["message"] in failed
    assert json.loads(jobs("failed", "--json"))["error"]["code"] == "damaged"
    assert jobs("retry", "given-up") == "0 photos are tried again.\n"
    assert jobs("retry", damaged["id"]) == "half.png is tried again.\n"
    assert server.upload(photos["chelsea"].read_bytes()[:5000], "half.png")["status"] == "failed"


def test_misuse(server: Server, jobs: Callable[..., str]) -> None:
    assert "no action “stop”" in jobs("stop", status=2)
    assert "needs the id" in jobs("why", status=2)
    assert "is no id of a photo" in jobs("retry", "cat.png", status=2)
    assert "no photo with this id" in jobs("why", "01a1f940-622b-7339-8b16-7be92910901d", status=1)


def test_a_full_queue_asks_to_come_again(start_server: Callable[..., Server], photos: dict[str, Path]) -> None:
    server = start_server(options=["--queue-limit", "2"])
    server.request("/api/v1/jobs/pause", method="POST")
    waiting = [server.upload(photos["coffee"], key, wait=0)["id"] for key in ("1", "2")]
    status, headers, problem = refusal(server, photos["coffee"], "3")
    assert (status, problem["code"], headers["Retry-After"]) == (429, "queue_full", "10")
    assert "2 photos wait" in problem["detail"]
    server.request("/api/v1/jobs/resume", method="POST")
    for photo in waiting:
        assert server.request(f"/api/v1/photos/{photo}?wait=30")["status"] == "analysed"
    assert server.upload(photos["coffee"], "3")["status"] == "analysed"


def test_a_nearly_full_disk_takes_nothing_in(start_server: Callable[..., Server], photos: dict[str, Path]) -> None:
    server = start_server(options=["--keep-free", "1000000000"])
    status, _, problem = refusal(server, photos["coffee"], "1")
    assert (status, problem["code"]) == (507, "disk_low")
    assert "are free here" in problem["detail"]
    assert server.request("/api/v1/photos")["photos"] == []
