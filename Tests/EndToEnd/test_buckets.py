"""What buckets promise: results come, originals go, and nothing is left of them, whatever is killed when."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import time
import urllib.error
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Server
from .pictures import png

DAY = 86_400_000


def put_in(server: Server, bucket: str, photo: bytes, *, wait: int = 30, key: str = "") -> Any:
    query = f"?wait={wait}" + (f"&key={key}" if key else "")
    return server.request(f"/api/v1/buckets/{bucket}/photos{query}", method="POST", body=photo)


def change(server: Server, bucket: str, **rules: Any) -> Any:
    return server.request(f"/api/v1/buckets/{bucket}", method="PATCH", body=json.dumps(rules).encode())


def refusal(server: Server, path: str, *, method: str = "GET", body: bytes | None = None) -> tuple[int, Any]:
    with pytest.raises(urllib.error.HTTPError) as refused:
        server.request(path, method=method, body=body)
    return refused.value.code, json.loads(refused.value.read())


def until(ask: Callable[[], Any], seconds: float = 20) -> Any:
    """The first answer that is something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.02)
    raise AssertionError("it did not come to pass")


def erased(server: Server, photo: Any) -> Any:
    """The photo once its original is erased."""

    def ask() -> Any:
        now = server.request(f"/api/v1/photos/{photo['id']}")
        return now if "erasedAt" in now else None

    return until(ask)


def traces(data: Path, photo: Any, content: bytes) -> list[str]:
    """What lies below the data folder of a photo: files that bear its id, or hold what it held."""
    part = content[len(content) // 2:][:200]
    return [
        str(path) for path in data.rglob("*")
        if path.is_file() and (photo["id"] in path.name or part in path.read_bytes())]


def count_vectors(data: Path) -> int:
    with closing(sqlite3.connect(f"file:{data / 'catalog.sqlite'}?mode=ro", uri=True)) as database:
        return database.execute("SELECT count(*) FROM vector").fetchone()[0]


def age(data: Path, photo: Any, days: float) -> None:
    """Lets days go by for a photo in the database of a stopped server."""
    shift = int(days * DAY)
    with closing(sqlite3.connect(data / "catalog.sqlite")) as database, database:
        database.execute(
            "UPDATE photo SET created = created - ?, settled = settled - ?, erase_due = erase_due - ? WHERE id = ?",
            (shift, shift, shift, photo["id"]))


def test_the_public_workflow(server: Server, photos: dict[str, Path]) -> None:
    content = photos["astronaut"].read_bytes()
    answer = put_in(server, "public", content)
    assert "Person" in {label["name"] for label in answer["analysis"]["labels"]}
    assert len(answer["analysis"]["faces"]) == 1

    photo = erased(server, answer)
    assert photo["analysis"] == answer["analysis"]
    assert photo["sha256"] == answer["sha256"]
    assert traces(server.data, photo, content) == []
    assert count_vectors(server.data) == 0
    for path in ("original", "thumbnail", "thumbnail?size=1440"):
        status, problem = refusal(server, f"/api/v1/photos/{photo['id']}/{path}")
        assert (status, problem["code"]) == (410, "erased")
    assert [found["id"] for found in server.request("/api/v1/photos?label=Person")["photos"]] == [photo["id"]]
    assert server.request("/api/v1/buckets/public/retention") == {
        "rule": "delete-after-analysis", "photos": 1, "kept": 0, "erased": 1, "due": 0, "leftovers": []}
    line = until(lambda: next((line for line in server.log.read_text().splitlines() if "original erased" in line), None))
    told = json.loads(line)
    assert (told["photo"], told["sha256"], told["bytes"]) == (photo["id"], photo["sha256"], len(content))


def test_what_is_kept_stays(server: Server, photos: dict[str, Path]) -> None:
    content = photos["coffee"].read_bytes()
    kept = put_in(server, "incoming", content)
    erased(server, put_in(server, "private", content))
    assert len(traces(server.data, kept, content)) == 2
    assert server.bytes(f"/api/v1/photos/{kept['id']}/original") == content
    assert count_vectors(server.data) > 0


def test_killed_right_after_the_answer(start_server: Callable[..., Server], photos: dict[str, Path]) -> None:
    server = start_server()
    contents = [photos[name].read_bytes() for name in ("chelsea", "coffee", "rocket")]
    answers = []
    for content in contents:
        answers.append(put_in(server, "private", content))
        server.stop(signal.SIGKILL)
        server = start_server()
    for answer, content in zip(answers, contents):
        assert erased(server, answer)["analysis"] == answer["analysis"]
        until(lambda: not traces(server.data, answer, content))
    proof = server.request("/api/v1/buckets/private/retention")
    assert (proof["erased"], proof["kept"], proof["due"], proof["leftovers"]) == (3, 0, 0, [])


def test_files_of_an_erased_photo_are_swept_at_the_start(
    start_server: Callable[..., Server], photos: dict[str, Path], binary: Path
) -> None:
    """As a power cut may leave them: the record is on the disk, the removal is not."""
    server = start_server()
    content = photos["coffee"].read_bytes()
    photo = erased(server, put_in(server, "public", content))
    place = server.data / "originals" / photo["id"][-2:] / photo["id"]
    place.write_bytes(content)
    leftovers = [{"photo": photo["id"], "kind": "original"}]
    assert server.request("/api/v1/buckets/public/retention")["leftovers"] == leftovers
    said = subprocess.run([binary, "doctor", "--data", server.data], capture_output=True, text=True, timeout=60).stdout
    assert "1 file is left of photos that are recorded as erased" in said
    assert refusal(server, f"/api/v1/photos/{photo['id']}/original")[0] == 410
    server.stop(signal.SIGKILL)
    server = start_server()
    until(lambda: not traces(server.data, photo, content))
    assert server.request("/api/v1/buckets/public/retention")["leftovers"] == []


def test_days_and_a_rule_that_changes(start_server: Callable[..., Server], photos: dict[str, Path]) -> None:
    server = start_server()
    change(server, "images", retention="days(30)", analyses=["labels"])
    old, new = (put_in(server, "images", photos[name].read_bytes()) for name in ("chelsea", "coffee"))
    proof = server.request("/api/v1/buckets/images/retention")
    assert (proof["kept"], proof["due"]) == (2, 0)
    assert proof["nextErasure"] > old["createdAt"]
    server.stop()
    age(server.data, old, 31)
    age(server.data, new, 10)

    server = start_server()
    erased(server, old)
    assert "erasedAt" not in server.request(f"/api/v1/photos/{new['id']}")
    change(server, "images", retention="keep")
    change(server, "images", retention="days(9)")
    erased(server, new)
    assert server.request("/api/v1/buckets/images/retention")["kept"] == 0


def test_what_failed_goes_too_and_what_was_given_up_has_a_week(
    start_server: Callable[..., Server], photos: dict[str, Path]
) -> None:
    server = start_server()
    content = photos["chelsea"].read_bytes()[:5000]
    damaged = put_in(server, "private", content)
    assert damaged["error"]["code"] == "damaged"
    erased(server, damaged)
    assert traces(server.data, damaged, content) == []
    status, problem = refusal(server, f"/api/v1/photos/{damaged['id']}/retry", method="POST")
    assert (status, problem["code"]) == (409, "original_erased")

    # Eight times a service died over it: the ninth look gives it up.
    server.request("/api/v1/jobs/pause", method="POST")
    content = png(300, 200)
    waiting = put_in(server, "private", content, wait=0)
    server.stop()
    with closing(sqlite3.connect(server.data / "catalog.sqlite")) as database, database:
        database.execute("UPDATE job SET interruptions = 8")
    server = start_server()
    server.request("/api/v1/jobs/resume", method="POST")
    given_up = server.request(f"/api/v1/photos/{waiting['id']}?wait=30")
    assert given_up["error"]["code"] == "interrupted"
    proof = server.request("/api/v1/buckets/private/retention")
    assert (proof["kept"], proof["due"]) == (1, 0)
    assert traces(server.data, waiting, content) != []
    server.stop()
    age(server.data, waiting, 7)
    server = start_server()
    erased(server, waiting)
    assert traces(server.data, waiting, content) == []


def test_a_bucket_that_only_stores(server: Server, photos: dict[str, Path]) -> None:
    made = server.request(
        "/api/v1/buckets/depot", method="PUT", body=json.dumps({"analyses": [], "retention": "keep"}).encode())
    assert made["analyses"] == []
    photo = put_in(server, "depot", photos["coffee"].read_bytes())
    assert photo["status"] == "analysed"
    assert set(photo["analysis"]["states"].values()) == {"off"}
    assert server.bytes(f"/api/v1/photos/{photo['id']}/thumbnail")[:4] == b"RIFF"


def test_an_import_without_a_server_leaves_nothing(
    start_server: Callable[..., Server], binary: Path, tmp_path: Path, photos: dict[str, Path]
) -> None:
    folder = tmp_path / "album"
    folder.mkdir()
    for name in ("chelsea", "coffee"):
        (folder / photos[name].name).write_bytes(photos[name].read_bytes())
    data = tmp_path / "data"
    done = subprocess.run(
        [binary, "import", folder, "--bucket", "private", "--data", data], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    for name in ("chelsea", "coffee"):
        assert traces(data, {"id": "none"}, photos[name].read_bytes()) == []
    proof = start_server(data).request("/api/v1/buckets/private/retention")
    assert (proof["erased"], proof["leftovers"]) == (2, [])


def test_rules_outlast_a_kill(start_server: Callable[..., Server]) -> None:
    server = start_server()
    rules = {"retention": "days(3)", "notify": ["owner", "https://example.org/hook"], "origins": ["https://example.org"]}
    server.request("/api/v1/buckets/driveway", method="PUT", body=json.dumps(rules).encode())
    server.stop(signal.SIGKILL)
    bucket = start_server().request("/api/v1/buckets/driveway")
    assert {name: bucket[name] for name in rules} == rules


def test_on_the_command_line(
    start_server: Callable[..., Server], binary: Path, tmp_path: Path, photos: dict[str, Path]
) -> None:
    def buckets(*arguments: str, status: int = 0) -> str:
        done = subprocess.run(
            [binary, "buckets", *arguments, "--data", tmp_path / "data"], capture_output=True, text=True, timeout=60)
        assert done.returncode == status, done.stderr
        return done.stdout if status == 0 else done.stderr

    server = start_server()
    assert buckets().splitlines()[0].split() == ["BUCKET", "PHOTOS", "ORIGINALS", "RETENTION", "LOOKS", "FOR", "UPLOAD"]
    made = buckets(
        "create", "driveway", "--retention", "days(30)", "--analyses", "labels", "--notify", "owner,a@b.example",
        "--notify", "https://example.org/hook", "--origins", "https://example.org", "--upload", "anyone",
        "--per-minute", "5", "--per-day", "50", "--max-labels", "3", "--min-confidence", "60")
    assert "days(30)" in made and "owner, a@b.example, https://example.org/hook" in made
    assert "5 pictures a minute, 50 a day" in made and "at most 3 labels from 60 on" in made
    assert "already" in buckets("create", "driveway", status=1)
    bucket = server.request("/api/v1/buckets/driveway")
    assert bucket["allowance"] == {"perMinute": 5, "perDay": 50}

    photo = put_in(server, "driveway", photos["coffee"].read_bytes())
    assert "keeps 1 original" in buckets("set", "driveway", "--retention", "delete-after-analysis", status=1)
    assert "Delete them first" in buckets("remove", "driveway", status=1)
    buckets("set", "driveway", "--per-day", "9", "--retention", "delete-after-analysis", "--yes", "--notify", "none")
    bucket = server.request("/api/v1/buckets/driveway")
    assert bucket["allowance"] == {"perMinute": 5, "perDay": 9}
    assert bucket["notify"] == []
    erased(server, photo)
    shown = buckets("show", "driveway")
    assert "1 photo; of 0 the original is kept, of 1 it is erased." in shown
    assert "Nothing is left of what was erased" in shown
    assert json.loads(buckets("show", "driveway", "--json"))["retention"]["leftovers"] == []
    server.stop()

    buckets("create", "depot", "--analyses", "none")
    assert [bucket["name"] for bucket in json.loads(buckets("--json"))["buckets"]] == [
        "depot", "driveway", "images", "incoming", "private", "public"]
    assert buckets("remove", "depot") == "depot is removed.\n"
    assert "There is no bucket “depot”" in buckets("show", "depot", status=1)
    assert "no action" in buckets("frob", status=2)
    assert "needs the name" in buckets("show", status=2)
    assert "--retention takes keep" in buckets("set", "images", "--retention", "never", status=2)
    assert "at least one option" in buckets("set", "images", status=2)
