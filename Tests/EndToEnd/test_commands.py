"""The command line, as a person and as a program uses it."""

import json
import subprocess
from pathlib import Path

import pytest

from ..conftest import Server


@pytest.fixture
def fovea(binary: Path, tmp_path: Path):
    def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
        words = [str(argument) for argument in arguments]
        return subprocess.run([binary, *words], capture_output=True, text=True, timeout=120, cwd=tmp_path, **options)

    return run


def test_search_beside_a_server_sees_a_photo_uploaded_a_second_ago(fovea, server: Server, photos) -> None:
    assert "Nothing found" in fovea("search", "--data", server.data, "rocket").stdout
    photo = server.upload(photos["rocket"], "launch.jpg")
    found = fovea("search", "--data", server.data, "launch")
    assert found.returncode == 0, found.stderr
    assert "launch.jpg" in found.stdout and photo["id"] in found.stdout
    line = json.loads(fovea("search", "--json", "--data", server.data, "launch").stdout)
    assert line == server.request(f"/api/v1/photos/{photo['id']}")


def test_search_without_a_server_opens_the_folder_itself(fovea, server: Server, photos) -> None:
    server.upload(photos["chelsea"], "chelsea.png")
    server.stop()
    found = fovea("search", "--data", server.data, "chelsea")
    assert "chelsea.png" in found.stdout and found.stderr == ""


def test_search_in_a_folder_that_is_not_there_says_what_to_do(fovea, tmp_path: Path) -> None:
    refused = fovea("search", "--data", tmp_path / "nothing", "cat")
    assert refused.returncode == 1
    assert "fovea serve" in refused.stderr
    assert not (tmp_path / "nothing").exists()


def test_a_folder_has_one_server(fovea, server: Server) -> None:
    second = fovea("serve", "--port", 0, "--data", server.data)
    assert second.returncode == 1
    assert "owns the data folder" in second.stderr


def test_a_port_in_use_is_named(fovea, server: Server, tmp_path: Path) -> None:
    second = fovea("serve", "--port", server.port, "--data", tmp_path / "other")
    assert second.returncode == 1
    assert str(server.port) in second.stderr


def test_analyze_gives_one_line_a_file_failures_included(fovea, photos, tmp_path: Path) -> None:
    (tmp_path / "album/deep").mkdir(parents=True)
    (tmp_path / "album/a.png").write_bytes(photos["chelsea"].read_bytes())
    (tmp_path / "album/deep/b.jpg").write_bytes(photos["rocket"].read_bytes())
    (tmp_path / "album/deep/broken.jpg").write_bytes(photos["rocket"].read_bytes()[:5000])
    (tmp_path / "album/notes.txt").write_text("no picture, and not named like one")
    result = fovea("analyze", "--json", "--max-labels", 3, "album", "missing.jpg")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [line["file"] for line in lines] == [
        "album/a.png", "album/deep/b.jpg", "album/deep/broken.jpg", "missing.jpg"]
    assert [line["status"] for line in lines] == ["analysed", "analysed", "failed", "failed"]
    assert [line.get("error", {}).get("code") for line in lines] == [None, None, "damaged", "unreadable"]
    assert result.returncode == 1
    assert all(len(line["analysis"]["labels"]) <= 3 for line in lines[:2])
    assert fovea("analyze", "album/a.png").returncode == 0


def test_analyze_is_the_same_in_text(fovea, photos) -> None:
    result = fovea("analyze", photos["rocket"])
    assert result.stdout.startswith(str(photos["rocket"]))
    assert "640×427 JPEG" in result.stdout


@pytest.mark.parametrize("arguments", [
    ["nonsense"], ["serve", "--prot", "1"], ["serve", "--port", "70000"], ["serve", "--host", "0.0.0.0"],
    ["analyze"], ["analyze", "--max-labels", "many", "x"], ["search"], [], ["models"], ["models", "burn"],
    ["models", "pull", "--licences", "some"], ["doctor", "now"],
])
def test_wrong_usage_is_2_and_says_where_help_is(fovea, arguments: list[str]) -> None:
    result = fovea(*arguments)
    assert result.returncode == 2
    assert "fovea" in result.stderr and "elp" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("command", ["serve", "analyze", "import", "search", "models", "doctor"])
def test_every_command_has_help(fovea, command: str) -> None:
    result = fovea(command, "--help")
    assert result.returncode == 0
    assert f"Usage: fovea {command}" in result.stdout
    assert f"  {command} " in fovea("--help").stdout


def test_every_log_line_is_json_and_carries_its_request_or_job(server: Server, photos) -> None:
    server.upload(photos["chelsea"], "a.png")
    server.request("/api/v1/photos")
    server.stop()
    lines = [json.loads(line) for line in server.log.read_text().splitlines()]
    about_photos = [line for line in lines if line["message"].startswith(("photo", "GET", "POST"))]
    assert len(about_photos) >= 3
    assert all(line.keys() & {"request", "job"} for line in about_photos)
