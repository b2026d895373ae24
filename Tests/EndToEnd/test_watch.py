"""`fovea watch`: what comes into a folder is brought in, exactly once, whatever is killed when."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Server
from .pictures import png
from .small_disk import NoDisk, SmallDisk
from .test_import import assert_audit, assert_exactly_once, count_photos, key, prepare, stored, until


class Watch:
    """A running `fovea watch` on the folder `inbox`."""

    def __init__(self, binary: Path, folder: Path, arguments: Sequence[object], prefix: Sequence[str | Path] = ()) -> None:
        folder.mkdir(exist_ok=True)
        number = len(list(folder.parent.glob("watch-*.out")))
        self.output, self.errors = (folder.parent / f"watch-{number}.{kind}" for kind in ("out", "err"))
        with self.output.open("w") as output, self.errors.open("w") as errors:
            words = [str(word) for word in arguments]
            self.process = subprocess.Popen(
                [*prefix, binary, "watch", "--data", folder.parent / "data", "--settle", "0.2", *words, folder],
                stdout=output, stderr=errors, text=True)

    def lines(self, event: str) -> list[dict[str, Any]]:
        """What it has told of one kind of event; the last line may be half written."""
        whole = self.output.read_text().rpartition("\n")[0]
        told = [json.loads(line) for line in whole.splitlines()]
        return [line for line in told if line["event"] == event]

    def ends(self) -> list[tuple[str, str]]:
        """Each file with what became of it."""
        return [(line["path"], line["outcome"]) for line in self.lines("file")]

    def until(self, condition: Callable[[], object]) -> None:
        until(lambda: condition() or self.process.poll() is not None)
        assert condition(), f"{self.output.read_text()}\n{self.errors.read_text()}"

    def until_told(self, path: str, outcome: str, times: int = 1) -> None:
        self.until(lambda: self.ends().count((path, outcome)) >= times)

    def until_notice(self, text: str) -> None:
        self.until(lambda: any(text in line["message"] for line in self.lines("notice")))

    def begun(self) -> Watch:
        self.until(lambda: self.lines("watching"))
        return self

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.process.wait(timeout=60)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """The folder that is watched."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def watch(binary: Path, inbox: Path) -> Iterator[Callable[..., Watch]]:
    """Starts watches that tell JSON; what still runs at the end of the test is ended."""
    started: list[Watch] = []

    def start(*arguments: object, prefix: Sequence[str | Path] = (), words: bool = False) -> Watch:
        started.append(Watch(binary, inbox, arguments if words else ["--json", *arguments], prefix))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.kill()
        one.process.wait()


def picture(number: int) -> bytes:
    return png(40, 40, number) + f"{number}".encode()


def put(path: Path, number: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(picture(number))
    return path


def photo(server: Server, path: Path) -> dict[str, Any] | None:
    """The photo of a file."""
    query = urllib.parse.urlencode({"bucket": "incoming", "key": key(path)})
    return next(iter(server.request(f"/api/v1/photos?{query}")["photos"]), None)


def test_alone_it_looks_at_what_comes_itself(watch, binary: Path, inbox: Path, tmp_path: Path) -> None:
    put(inbox / "old" / "a.png", 1)
    (inbox / "notes.txt").write_text("no picture")
    watching = watch("--rescan", "1", words=True)
    text = watching.output.read_text
    watching.until(lambda: "old/a.png → incoming" in text())
    put(inbox / "new" / "deep" / "b.png", 2)
    watching.until(lambda: "new/deep/b.png → incoming" in text())
    until(lambda: count_photos(tmp_path / "data", "state = 'analysed'") == 2)
    # Other commands reach it by the folder's socket.
    found = subprocess.run(
        [binary, "search", "--json", "--data", tmp_path / "data", "inbox"], capture_output=True, text=True, timeout=30)
    assert found.returncode == 0 and found.stdout.count("\n") == 2
    assert watching.stop(signal.SIGINT) == 0
    lines = text().splitlines()
    assert all(re.match(r"\d\d:\d\d:\d\d ", line) for line in lines[:-1])
    assert f"Watching {inbox} for pictures → incoming" in lines[0]
    assert sum("notes.txt left out" in line for line in lines) == 1
    assert re.fullmatch(r"Stopped after \d+ s: 2 new, 1 left out\.", lines[-1])
    assert_exactly_once(tmp_path / "data", inbox)


@pytest.mark.parametrize("options", [[], ["--rescan-only", "--rescan", "0.3"]], ids=["heard", "rescan-only"])
def test_beside_a_server(watch, server: Server, inbox: Path, tmp_path: Path, options: list[str]) -> None:
    watching = watch(*options).begun()
    assert watching.lines("watching")[0]["hearsChanges"] == (not options)

    # Written in pieces by a program that keeps it open; only the whole file comes in.
    with (inbox / "slow.png").open("wb", buffering=0) as file:
        whole = picture(1)
        for number, piece in enumerate([whole[:60], whole[60:120], whole[120:]]):
            file.write(piece)
            put(inbox / f"meanwhile-{number}.png", 10 + number)
            watching.until_told(f"meanwhile-{number}.png", "new")
            assert photo(server, inbox / "slow.png") is None
    watching.until_told("slow.png", "new")

    # A folder with folders in it that was made elsewhere, and a file that is renamed when it is all there.
    put(tmp_path / "elsewhere" / "deep" / "b.png", 2)
    put(tmp_path / "elsewhere" / "c.png", 3)
    os.rename(tmp_path / "elsewhere", inbox / "moved-in")
    watching.until_told("moved-in/deep/b.png", "new")
    watching.until_told("moved-in/c.png", "new")
    part = put(inbox / "d.png.part", 4)
    put(inbox / "e.png", 5)
    watching.until_told("e.png", "new")
    part.rename(inbox / "d.png")
    watching.until_told("d.png", "new")

    # Other bytes at the same path replace the photo; moved within the folder, it stays.
    put(inbox / "e.png", 6)
    watching.until_told("e.png", "replaced")
    os.rename(inbox / "moved-in", inbox / "sorted")
    watching.until_told("sorted/c.png", "moved")
    watching.until_told("sorted/deep/b.png", "moved")

    assert watching.stop() == 0
    assert len(watching.ends()) == 11
    assert watching.lines("stopped")[0]["new"] == 8
    assert server.request("/api/v1/summary?bucket=incoming")["photos"] == 8


def test_a_photo_that_was_deleted_stays_away(watch, server: Server, inbox: Path) -> None:
    path, other = put(inbox / "a.png", 1), put(inbox / "b.png", 2)
    watching = watch("--rescan", "0.2")
    for name in ("a.png", "b.png"):
        watching.until_told(name, "new")
    server.request(f"/api/v1/photos/{photo(server, path)['id']}", method="DELETE")
    # Not when all is looked through again, not when it is touched, and not after a restart.
    path.touch()
    put(inbox / "c.png", 3)
    watching.until_told("c.png", "new")
    watching.stop(signal.SIGKILL)
    again = watch("--rescan-only", "--rescan", "0.2")
    put(inbox / "d.png", 4)
    again.until_told("d.png", "new")
    assert again.ends() == [("d.png", "new")]
    assert photo(server, path) is None and photo(server, other) is not None
    # Other bytes are another matter.
    put(path, 5)
    again.until_told("a.png", "new")
    assert again.stop() == 0


@pytest.mark.parametrize("alone", [False, True], ids=["beside a server", "alone"])
def test_kills_make_nothing_twice_and_lose_nothing(
    watch, start_server, binary: Path, inbox: Path, tmp_path: Path, alone: bool
) -> None:
    data, count = tmp_path / "data", 60
    prepare(binary, data)
    server = None if alone else start_server(data)
    chance = random.Random(6 + alone)
    number = 0
    while number < count:
        watching = watch()
        goal = min(count, number + chance.randint(5, 20))
        # While some come in, more are put there; it is killed somewhere in between.
        for number in range(number, goal):
            put(inbox / f"{number % 3}" / f"{number}.png", number)
        number = goal
        reached = count_photos(data) + chance.randint(1, 6)
        watching.until(lambda: count_photos(data) >= min(reached, number))
        watching.stop(signal.SIGKILL)
    watching = watch()
    watching.until(lambda: count_photos(data, "state = 'analysed'") == count)
    put(inbox / "last.png", count)
    watching.until_told("last.png", "new")
    until(lambda: count_photos(data, "state = 'analysed'") == count + 1)
    assert watching.stop() == 0
    if server:
        assert server.stop() == 0
    assert_audit(data, inbox)
    assert_exactly_once(data, inbox)


def test_the_server_dies_and_returns(watch, start_server, inbox: Path, tmp_path: Path) -> None:
    server = start_server(tmp_path / "data")
    watching = watch()
    put(inbox / "a.png", 1)
    watching.until_told("a.png", "new")
    server.stop(signal.SIGKILL)
    put(inbox / "b.png", 2)
    watching.until_notice("The server is away")
    put(inbox / "c.png", 3)
    server = start_server(tmp_path / "data")
    watching.until_told("b.png", "new")
    watching.until_told("c.png", "new")
    assert watching.stop() == 0
    until(lambda: server.request("/api/v1/summary")["states"] == {"analysed": 3})
    assert watching.ends() == [("a.png", "new"), ("b.png", "new"), ("c.png", "new")]


def test_a_server_that_comes_later_is_waited_for(watch, start_server, inbox: Path, tmp_path: Path) -> None:
    put(inbox / "a.png", 1)
    watching = watch("--server")
    watching.until_notice("The server is away")
    start_server(tmp_path / "data")
    watching.until_told("a.png", "new")
    assert watching.stop() == 0


def test_what_goes_wrong_with_one_file_stops_no_other(watch, server: Server, inbox: Path, photos: dict[str, Path]) -> None:
    (inbox / "broken.jpg").write_bytes(photos["rocket"].read_bytes()[:5000])
    (inbox / "large.png").write_bytes(png(8, 8) + bytes(50_000_001))
    (inbox / "folder.png").mkdir()
    put(inbox / "good.png", 1)
    watching = watch("--rescan", "0.2")
    for name, end in [("broken.jpg", "new"), ("large.png", "refused"), ("good.png", "new")]:
        watching.until_told(name, end)
    put(inbox / "later.png", 2)
    watching.until_told("later.png", "new")
    assert len(watching.ends()) == 4
    assert [line["code"] for line in watching.lines("file") if line["path"] == "large.png"] == ["file_too_large"]
    assert watching.stop() == 0
    until(lambda: photo(server, inbox / "broken.jpg")["status"] == "failed")


def test_a_full_queue_is_waited_for(watch, start_server, inbox: Path, tmp_path: Path) -> None:
    server = start_server(tmp_path / "data", options=["--queue-limit", "2"])
    server.request("/api/v1/jobs/pause", method="POST")
    for number in range(4):
        put(inbox / f"{number}.png", number)
    watching = watch()
    watching.until_notice("The queue is full")
    server.request("/api/v1/jobs/resume", method="POST")
    for number in range(4):
        watching.until_told(f"{number}.png", "new")
    assert watching.stop() == 0


def test_a_folder_that_goes_away(watch, server: Server, inbox: Path) -> None:
    put(inbox / "a.png", 1)
    watching = watch()
    watching.until_told("a.png", "new")
    away = inbox.with_name("away")
    inbox.rename(away)
    watching.until_notice("is not there now")
    put(away / "b.png", 2)
    away.rename(inbox)
    watching.until_notice("is there again")
    watching.until_told("b.png", "new")
    put(inbox / "c.png", 3)
    watching.until_told("c.png", "new")
    assert len(watching.ends()) == 3
    assert watching.stop() == 0


def test_a_disk_that_is_unmounted(watch, server: Server, inbox: Path, tmp_path: Path) -> None:
    try:
        disk = SmallDisk(tmp_path / "disk", 4)
    except NoDisk as reason:
        pytest.skip(str(reason))
    try:
        inside = Path(f"/proc/{disk.holder.pid}/root{inbox}")
        mount = [*disk.prefix, "mount", "-t", "tmpfs", "tmpfs", inbox]
        subprocess.run(mount, check=True)
        watching = watch("--rescan", "1", prefix=disk.prefix)
        put(inside / "a.png", 1)
        watching.until_told("a.png", "new")
        subprocess.run([*disk.prefix, "umount", inbox], check=True)
        watching.until_notice("on another file system now")
        subprocess.run(mount, check=True)
        put(inside / "b.png", 2)
        watching.until_told("b.png", "new")
        # By now the new disk is listened to as well.
        put(inside / "c.png", 3)
        watching.until_told("c.png", "new")
        assert len(watching.ends()) == 3
        assert watching.stop() == 0
    finally:
        disk.unmount()


def test_more_folders_than_the_kernel_listens_to(watch, server: Server, inbox: Path) -> None:
    limit = "echo 2 > /proc/sys/user/max_inotify_watches && exec \"$@\""
    prefix = ["unshare", "-r", "sh", "-c", limit, "sh"]
    if not shutil.which("unshare") or subprocess.run([*prefix, "true"], capture_output=True).returncode:
        pytest.skip("no limit can be set in a namespace")
    for number in range(4):
        put(inbox / f"{number}" / "a.png", number)
    watching = watch("--rescan", "0.5", prefix=prefix)
    watching.until_notice("max_user_watches")
    for number in range(4):
        put(inbox / f"{number}" / "b.png", 10 + number)
        watching.until_told(f"{number}/b.png", "new")
    assert len(watching.lines("notice")) == 1
    assert watching.stop() == 0


def test_a_folder_has_one_watch_for_each_bucket(watch, server: Server, inbox: Path) -> None:
    watch().begun()
    second = watch()
    assert second.process.wait(timeout=30) == 1
    assert "Another `fovea watch`" in second.errors.read_text()


@pytest.mark.parametrize("arguments", [
    [], ["missing"], [".", "also"], ["--bucket", "NO", "."], ["--settle", "0", "."], ["--rescan", "soon", "."],
    ["notes.txt"], ["old-data"]])
def test_wrong_usage(binary: Path, arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    (tmp_path / "old-data").mkdir()
    (tmp_path / "old-data" / "fovea.lock").touch()
    done = subprocess.run(
        [binary, "watch", "--data", tmp_path / "data", *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=30)
    assert done.returncode == 2 and "fovea watch --help" in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_bucket_that_is_not_there_is_named(watch, inbox: Path, tmp_path: Path) -> None:
    watching = watch("--bucket", "elsewhere")
    assert watching.process.wait(timeout=60) == 1
    assert "elsewhere" in watching.errors.read_text()
    assert stored(tmp_path / "data") == []
