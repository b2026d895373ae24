"""A disk that runs full: what comes is refused with a reason, what is there stays, and deleting makes room."""

from __future__ import annotations

import json
import shutil
import signal
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Server
from .data_folder import count_settlements, database_complaints, file_complaints
from .photographs import small_photos
from .small_disk import NoDisk, SmallDisk
from .test_survival import until

# Else nothing is taken in on so small a disk.
KEEPING_NOTHING_FREE = ["--keep-free", "0"]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    try:
        disk = SmallDisk(tmp_path / "disk", megabytes=12)
    except NoDisk as reason:
        pytest.skip(str(reason))
    yield disk
    disk.unmount()


@pytest.fixture
def server(start_server: Callable[..., Server], disk: SmallDisk, tmp_path: Path) -> Server:
    """A server whose data folder is on the small disk, and whose database counts what is settled."""
    # SQLite cannot follow the disk's path from here.
    start_server(tmp_path / "first").stop()
    count_settlements(tmp_path / "first")
    shutil.copytree(tmp_path / "first", disk.path / "data")
    return start_server(disk.mount_point / "data", prefix=disk.prefix, options=KEEPING_NOTHING_FREE)


def upload(server: Server, picture: bytes, key: str) -> str:
    """The id of a photo that was taken in; its refusal is raised as `urllib.error.HTTPError`."""
    return server.request(f"/api/v1/buckets/incoming/photos?key={key}", method="POST", body=picture)["id"]


def refusal(ask: Callable[[], object]) -> dict[str, Any]:
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask()
    problem = json.load(refused.value)
    assert refused.value.code == problem["status"] == 507
    assert problem["code"] == "disk_full"
    assert "space" in problem["detail"]
    return problem


def fill(server: Server, pictures: list[bytes]) -> dict[str, bytes]:
    """Puts photos in until three in a row are refused; answers what was taken in, by id."""
    there: dict[str, bytes] = {}
    refused = 0
    for number, picture in enumerate(pictures):
        try:
            there[upload(server, picture, f"{number}.jpg")] = picture
        except urllib.error.HTTPError as error:
            assert (error.code, json.load(error)["code"]) == (507, "disk_full")
            refused += 1
            if refused == 3:
                return there
    raise AssertionError("the disk did not run full")


def original(server: Server, photo: str) -> bytes:
    with urllib.request.urlopen(f"{server.url}/api/v1/photos/{photo}/original", timeout=60) as answer:
        return answer.read()


def analysed(server: Server, photos: dict[str, bytes]) -> bool:
    return all(server.request(f"/api/v1/photos/{photo}")["status"] == "analysed" for photo in photos)


def audit(disk: SmallDisk, photos: dict[str, bytes], data: Path) -> list[str]:
    """What is wrong with the data folder of a stopped server; `data` is where to copy it."""
    shutil.copytree(disk.path / "data", data)
    return database_complaints(data, set(photos)) + file_complaints(data, set(photos))


def test_a_disk_that_uploads_fill(
    server: Server, disk: SmallDisk, photos: dict[str, Path], tmp_path: Path
) -> None:
    pictures = [picture + bytes(150_000) for picture in small_photos(photos, 100, side=320)]
    there = fill(server, pictures)
    assert all(original(server, photo) == picture for photo, picture in there.items())

    for photo in list(there)[:20]:
        server.request(f"/api/v1/photos/{photo}", method="DELETE")
        del there[photo]
    for number, picture in enumerate(pictures[:3]):
        there[upload(server, picture, f"again{number}.jpg")] = picture
    until(lambda: analysed(server, there))
    assert all(original(server, photo) == picture for photo, picture in there.items())
    assert server.stop() == 0
    assert audit(disk, there, tmp_path / "copy") == []


def test_a_disk_that_somebody_else_fills(
    start_server: Callable[..., Server], server: Server, disk: SmallDisk, photos: dict[str, Path], tmp_path: Path
) -> None:
    first, second, *more = (picture + bytes(200_000) for picture in small_photos(photos, 12))
    there = {upload(server, picture, f"{number}.jpg"): picture for number, picture in enumerate(more)}
    until(lambda: analysed(server, there))
    other = disk.fill()

    refusal(lambda: upload(server, first, "first.jpg"))
    assert server.request("/healthz") is not None
    assert all(original(server, photo) == picture for photo, picture in there.items())
    gone = next(iter(there))
    server.request(f"/api/v1/photos/{gone}", method="DELETE")
    del there[gone]
    with pytest.raises(urllib.error.HTTPError, match="404"):
        original(server, gone)

    assert server.stop(signal.SIGKILL) != 0
    server = start_server(server.data, prefix=disk.prefix, options=KEEPING_NOTHING_FREE)
    gone = next(iter(there))
    server.request(f"/api/v1/photos/{gone}", method="DELETE")
    del there[gone]

    other.unlink()
    there[upload(server, second, "second.jpg")] = second
    until(lambda: analysed(server, there))
    assert server.stop() == 0
    assert audit(disk, there, tmp_path / "copy") == []
