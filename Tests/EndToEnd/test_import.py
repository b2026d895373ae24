"""`fovea import`: every file exactly once, whatever is killed when, and a report of what became of each."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Server
from .pictures import png


@pytest.fixture
def importing(binary: Path, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts `fovea import` on the data folder; what still runs at the end of the test is ended."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: object) -> subprocess.Popen[str]:
        words = [str(argument) for argument in arguments]
        started.append(subprocess.Popen(
            [binary, "import", "--data", tmp_path / "data", *words], text=True, cwd=tmp_path,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE))
        return started[-1]

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


@pytest.fixture
def report(importing) -> Callable[..., tuple[int, dict[str, Any]]]:
    """The exit status and the JSON of an import that ends by itself."""

    def run(*arguments: object) -> tuple[int, dict[str, Any]]:
        process = importing("--json", *arguments)
        output, errors = process.communicate(timeout=1200)
        assert process.returncode in (0, 1), errors
        return process.returncode, json.loads(output)

    return run


def album(folder: Path, count: int, side: int = 40) -> Path:
    """A folder with so many small pictures, no two the same, in folders of a hundred."""
    for number in range(count):
        path = folder / f"{number // 100:02}" / f"{number:04}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        # A comment behind the end of a PNG makes it another file.
        path.write_bytes(png(side, side, number) + f"{number}".encode())
    return folder


def key(path: Path) -> str:
    return str(path.resolve())[1:]


def stored(data: Path) -> list[sqlite3.Row]:
    """Every photo of a folder that nobody owns any more."""
    with sqlite3.connect(data / "catalog.sqlite") as database:
        database.row_factory = sqlite3.Row
        return database.execute("SELECT id, key, bytes, sha256, state FROM photo").fetchall()


def assert_exactly_once(data: Path, folder: Path) -> None:
    """Each file one photo with its hash, looked at; each photo one original and one thumbnail; nothing else."""
    files = {key(path): path.read_bytes() for path in folder.rglob("*.png")}
    rows = stored(data)
    assert len(rows) == len(files)
    assert {row["key"] for row in rows} == files.keys()
    assert {row["state"] for row in rows} == {"analysed"}
    for row in rows:
        assert row["sha256"] == hashlib.sha256(files[row["key"]]).hexdigest()
    ids = {row["id"] for row in rows}
    assert {path.name for path in (data / "originals").rglob("*") if path.is_file()} == ids
    assert {path.name for path in (data / "thumbnails").rglob("*") if path.is_file()} == {f"{id}.256.webp" for id in ids}
    assert list((data / "incoming").iterdir()) == []


def test_an_import_without_a_server_looks_at_the_photos_itself(report, tmp_path: Path) -> None:
    folder = album(tmp_path / "album", 12)
    (folder / "notes.txt").write_text("no picture")
    (folder / ".hidden.jpg").write_bytes(png(8, 8))
    (folder / "empty.png").touch()
    status, first = report(folder)
    assert status == 0
    assert (first["new"], first["present"], first["replaced"]) == (12, 0, 0)
    assert sorted(reason["code"] for reason in first["leftOut"]) == ["empty", "hidden", "not_an_image"]
    assert first["library"]["photos"] == 12
    assert first["library"]["states"] == {"analysed": 12}
    (folder / "empty.png").unlink()
    assert_exactly_once(tmp_path / "data", folder)

    # The same again sends nothing; an edited file replaces its own photo only.
    before = {row["key"]: row["id"] for row in stored(tmp_path / "data")}
    edited = folder / "00" / "0003.png"
    edited.write_bytes(png(40, 40, 99))
    status, second = report(folder)
    assert status == 0
    assert (second["new"], second["present"], second["replaced"]) == (0, 11, 1)
    assert_exactly_once(tmp_path / "data", folder)
    after = {row["key"]: row["id"] for row in stored(tmp_path / "data")}
    assert {name for name in after if after[name] != before[name]} == {key(edited)}


def test_an_import_beside_a_server_goes_there(report, importing, server: Server, tmp_path: Path) -> None:
    folder = album(tmp_path / "album", 5)
    status, told = report("--as", "trip", folder)
    assert status == 0 and told["new"] == 5
    listed = server.request("/api/v1/photos?bucket=incoming&key=trip/00/0002.png")["photos"]
    assert [photo["status"] for photo in listed] == ["analysed"]
    assert server.request("/api/v1/summary?bucket=incoming")["photos"] == 5
    # A text for people says the same.
    output, _ = importing("--as", "trip", folder).communicate(timeout=60)
    assert "there already" in output and "Here is what you have: 5 photos" in output
    assert "\x1b" not in output


def test_every_search_to_try_finds_something(report, binary: Path, photos: dict[str, Path], tmp_path: Path) -> None:
    chosen = [photos[name] for name in ("chelsea", "coffee", "rocket", "astronaut")]
    status, told = report(*chosen)
    assert status == 0
    assert len(told["library"]["searches"]) == 5
    for search in told["library"]["searches"]:
        found = subprocess.run(
            [binary, "search", "--json", "--data", tmp_path / "data", search], capture_output=True, text=True, timeout=60)
        assert found.stdout.count("\n") >= 1, search


def test_what_does_not_make_it_is_told_with_its_reason(report, photos: dict[str, Path], tmp_path: Path) -> None:
    folder = tmp_path / "album"
    folder.mkdir()
    (folder / "ok.png").write_bytes(png(8, 8))
    (folder / "broken.jpg").write_bytes(photos["rocket"].read_bytes()[:5000])
    (folder / "large.png").write_bytes(png(8, 8) + bytes(50_000_001))
    os.symlink(folder, folder / "loop")
    Path(os.fsdecode(bytes(folder) + b"/\xff.png")).write_bytes(png(8, 8, 1))
    for _ in range(2):
        status, told = report(folder)
        assert status == 1
        assert sorted(reason["code"] for reason in told["refused"]) == ["file_too_large", "unusable_name"]
        assert [(reason["code"], reason["files"]) for reason in told["failed"]] == [
            ("damaged", [str(folder / "broken.jpg")])]
        assert [reason["code"] for reason in told["leftOut"]] == ["link"]


def test_a_folder_has_one_owner_while_an_import_lasts(importing, binary: Path, tmp_path: Path) -> None:
    data, folder = tmp_path / "data", album(tmp_path / "album", 40)
    process = importing(folder)
    until(lambda: count_photos(data) > 0)
    serve = subprocess.run(
        [binary, "serve", "--port", "0", "--data", data], capture_output=True, text=True, timeout=30)
    assert serve.returncode == 1 and "owns the data folder" in serve.stderr
    # Other commands reach the import by the folder's socket.
    found = subprocess.run(
        [binary, "search", "--json", "--data", data, "album"], capture_output=True, text=True, timeout=30)
    assert found.returncode == 0 and found.stdout
    assert process.poll() is None
    assert process.wait(timeout=120) == 0


def test_without_waiting_the_photos_are_in_the_queue(report, start_server, tmp_path: Path) -> None:
    folder = album(tmp_path / "album", 5)
    status, told = report("--no-wait", folder)
    assert status == 0 and told["new"] == 5
    assert {row["state"] for row in stored(tmp_path / "data")} == {"queued"}
    server = start_server(tmp_path / "data")
    status, told = report(folder)
    assert status == 0 and told["present"] == 5
    assert server.request("/api/v1/summary")["states"] == {"analysed": 5}


def test_an_interruption_is_polite_and_says_how_to_go_on(importing, report, tmp_path: Path) -> None:
    folder = album(tmp_path / "album", 80)
    process = importing("--json", folder)
    until(lambda: count_photos(tmp_path / "data") > 5)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 1, errors
    assert "run the same again" in json.loads(output)["stopped"].lower()
    status, told = report(folder)
    assert status == 0, told["refused"]
    assert told["new"] + told["present"] == 80 and told["present"] > 0
    assert_exactly_once(tmp_path / "data", folder)


def test_a_second_interruption_is_obeyed_at_once(importing, tmp_path: Path) -> None:
    # An owner that takes requests and never answers them.
    data, folder = tmp_path / "data", album(tmp_path / "album", 2)
    data.mkdir()
    with (data / "fovea.lock").open("w") as lock, socket.socket(socket.AF_UNIX) as listener:
        fcntl.flock(lock, fcntl.LOCK_EX)
        listener.bind(str(data / "fovea.sock"))
        listener.listen()
        listener.settimeout(60)
        process = importing(folder)
        connection, _ = listener.accept()
        with connection:
            until(lambda: catches(process, signal.SIGINT))
            process.send_signal(signal.SIGINT)
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(timeout=1)
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=10) == 1


@pytest.mark.parametrize("arguments", [
    [], ["missing"], ["--as", "x", ".", "/tmp"], ["--bucket", "NO", "."], ["--wait", "."]])
def test_wrong_usage(importing, arguments: list[str], tmp_path: Path) -> None:
    process = importing(*arguments)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 2 and "fovea import --help" in errors
    assert not (tmp_path / "data").exists()


def test_a_bucket_that_is_not_there_is_named(report, tmp_path: Path) -> None:
    status, told = report("--bucket", "elsewhere", album(tmp_path / "album", 2))
    assert status == 1 and "elsewhere" in told["stopped"]


def until(condition: Callable[[], object], seconds: float = 120) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.005)


def catches(process: subprocess.Popen[str], number: signal.Signals) -> bool:
    """Whether a process has a handler for a signal by now."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) >> (number - 1) & 1)


def count_photos(data: Path, condition: str = "TRUE") -> int:
    """How many photos there are, while somebody else writes."""
    path = data / "catalog.sqlite"
    if not path.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10) as database:
            return database.execute(f"SELECT count(*) FROM photo WHERE {condition}").fetchone()[0]
    except sqlite3.OperationalError:
        return 0


AUDIT = """
CREATE TABLE audit (what TEXT NOT NULL, key TEXT NOT NULL);
CREATE TRIGGER audit_admitted AFTER INSERT ON photo BEGIN INSERT INTO audit VALUES ('admitted', new.key); END;
CREATE TRIGGER audit_deleted AFTER DELETE ON photo BEGIN INSERT INTO audit VALUES ('deleted', old.key); END;
CREATE TRIGGER audit_settled AFTER UPDATE OF result ON photo BEGIN INSERT INTO audit VALUES (new.state, new.key); END;
"""


def assert_audit(data: Path, folder: Path) -> None:
    """Each file was admitted once and settled once, and nothing was ever deleted or replaced."""
    keys = sorted(key(path) for path in folder.rglob("*.png"))
    with sqlite3.connect(data / "catalog.sqlite") as database:
        rows = database.execute("SELECT what, key FROM audit ORDER BY key").fetchall()
    assert {what for what, _ in rows} == {"admitted", "analysed"}
    for what in ("admitted", "analysed"):
        assert [name for happened, name in rows if happened == what] == keys


def survive(importing, data: Path, folder: Path, seed: int, *, around: Callable[[int], None] = lambda _: None) -> None:
    """Kills five imports, each when some more of the work is done, and lets the sixth end by itself."""
    count = len(list(folder.rglob("*.png")))

    def done() -> int:
        return count_photos(data) + count_photos(data, "state = 'analysed'")

    for number, share in enumerate(sorted(random.Random(seed).uniform(0.02, 0.9) for _ in range(5))):
        process = importing(folder)
        until(lambda: done() >= int(2 * count * share) or process.poll() is not None, 600)
        assert process.poll() is None, process.communicate()
        process.kill()
        process.communicate()
        around(number)
    process = importing("--json", folder)
    output, errors = process.communicate(timeout=1800)
    assert process.returncode == 0, errors
    told = json.loads(output)
    assert told["files"] == told["new"] + told["present"] == count
    assert told["present"] > 0
    assert told["library"]["states"] == {"analysed": count}


def prepare(binary: Path, data: Path) -> None:
    """A data folder that notes what happens to its photos."""
    data.mkdir()
    subprocess.run([binary, "search", "--data", data, "x"], check=True, capture_output=True, timeout=60)
    with sqlite3.connect(data / "catalog.sqlite") as database:
        database.executescript(AUDIT)


@pytest.mark.parametrize("count", [30, pytest.param(2000, marks=pytest.mark.long)])
def test_five_kills_as_the_owner(importing, binary: Path, tmp_path: Path, count: int) -> None:
    data, folder = tmp_path / "data", album(tmp_path / "album", count)
    prepare(binary, data)
    survive(importing, data, folder, seed=count)
    assert_audit(data, folder)
    assert_exactly_once(data, folder)


@pytest.mark.parametrize("count", [30, pytest.param(2000, marks=pytest.mark.long)])
def test_five_kills_beside_a_server_that_dies_twice(
    importing, start_server, binary: Path, tmp_path: Path, count: int
) -> None:
    data, folder = tmp_path / "data", album(tmp_path / "album", count)
    prepare(binary, data)
    server = start_server(data)

    def around(number: int) -> None:
        nonlocal server
        if number not in (1, 3):
            return
        # The server dies under a running import, which waits for it to come back.
        asked = server.log.read_text().count("GET /api/v1/photos 200")
        process = importing(folder)
        until(lambda: server.log.read_text().count("GET /api/v1/photos 200") > asked)
        before = count_photos(data, "state = 'analysed'")
        server.stop(signal.SIGKILL)
        server = start_server(data)
        until(lambda: count_photos(data, "state = 'analysed'") > before + 2, 600)
        assert process.poll() in (None, 0), process.communicate()
        process.kill()
        process.communicate()

    survive(importing, data, folder, seed=count + 1, around=around)
    assert server.stop() == 0
    assert_audit(data, folder)
    assert_exactly_once(data, folder)
