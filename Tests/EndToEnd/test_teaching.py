"""Labels are taught at the command line, beside a server and without one, and outlast it."""

import json
import subprocess
from pathlib import Path

import pytest

from ..conftest import Server
from .photographs import small_photos


@pytest.fixture
def fovea(binary: Path, tmp_path: Path):
    def run(*arguments: object) -> subprocess.CompletedProcess[str]:
        words = [str(argument) for argument in arguments]
        return subprocess.run([binary, *words], capture_output=True, text=True, timeout=120, cwd=tmp_path)

    return run


@pytest.fixture
def cats(server: Server, photos: dict[str, Path]) -> list[str]:
    """The ids of five pictures of a cat, among five of a cup and five of a rocket."""
    kinds = ("chelsea", "coffee", "rocket")
    made = small_photos({kind: photos[kind] for kind in kinds}, 15)
    ids = [server.upload(data, f"{sorted(kinds)[number % 3]}-{number}.jpg")["id"] for number, data in enumerate(made)]
    return ids[::3]


def test_a_label_is_taught_shown_carried_and_forgotten(
    fovea, server: Server, cats: list[str], tmp_path: Path, start_server, photos: dict[str, Path]
) -> None:
    data = ["--data", server.data]
    assert "No label was taught" in fovea("labels", *data).stdout
    assert "needs 1 more example" in fovea("labels", *data, "teach", "My Cat", *cats[:2]).stdout
    taught = fovea("labels", *data, "teach", "my cat", cats[2])
    assert taught.stdout.startswith("My Cat  5 photos, 3 of 3 right (3 yes, 0 no)"), taught.stdout + taught.stderr
    assert "4 photos" in fovea("labels", *data, "reject", "My Cat", cats[4]).stdout
    assert len(fovea("search", *data, 'label:"My Cat"').stdout.splitlines()) == 4
    assert fovea("labels", *data, "review", "My Cat").returncode == 0

    exported = fovea("labels", *data, "export", "My Cat")
    (tmp_path / "cat.json").write_text(exported.stdout)
    assert json.loads(exported.stdout)["format"] == "fovea-label/1"
    server.stop()
    # Without a server, and after a restart.
    assert fovea("labels", *data, "list").stdout.startswith("My Cat  4 photos")
    assert "forgotten" in fovea("labels", *data, "delete", "My Cat").stdout
    assert "No label was taught" in fovea("labels", *data).stdout
    again = start_server(server.data)
    photo = again.request(f"/api/v1/photos/{cats[0]}?minConfidence=5")
    assert "My Cat" not in [label["name"] for label in photo["analysis"]["labels"]]
    assert "My Cat  4 photos" in fovea("labels", *data, "import", "cat.json").stdout
    assert "My Cat  5 photos" in fovea("labels", *data, "clear", "My Cat", cats[4]).stdout
    # A picture that came after the label is held against it.
    late = again.upload(small_photos({"chelsea": photos["chelsea"]}, 9)[8], "late.jpg")["id"]
    labels = again.request(f"/api/v1/photos/{late}?minConfidence=5&maxLabels=100")["analysis"]["labels"]
    assert [label["taught"] for label in labels if label["name"] == "My Cat"] == [True]


@pytest.mark.parametrize("arguments", [
    ["burn"], ["teach", "Cat"], ["teach", "Cat", "no-id"], ["teach", "", "x"], ["show"], ["export"], ["list", "x"],
    ["import", "missing.json"],
])
def test_wrong_usage(fovea, server: Server, arguments: list[str]) -> None:
    refused = fovea("labels", "--data", server.data, *arguments)
    assert refused.returncode == 2
    assert "fovea labels --help" in refused.stderr


def test_what_is_not_there_is_said(fovea, server: Server, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{}")
    for arguments in (["show", "Cat"], ["delete", "Cat"], ["import", "bad.json"]):
        refused = fovea("labels", "--data", server.data, *arguments)
        assert refused.returncode == 1
        assert "label" in refused.stderr
