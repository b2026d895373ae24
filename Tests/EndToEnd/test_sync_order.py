"""A power cut cannot be had, but the order of the syncs that prepare for it can be seen."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ..conftest import Server
from .photographs import small_photos
from .system_calls import Call, calls_in, first, sync_of, tracing, why_not
from .test_survival import until


@pytest.fixture
def traced(start_server: Callable[..., Server], tmp_path: Path) -> Iterator[Callable[[Path], Server]]:
    if reason := why_not(tmp_path):
        pytest.skip(reason)
    yield lambda data: start_server(data, prefix=tracing(tmp_path / "trace"))


def answer(status: str) -> Callable[[Call], bool]:
    return lambda call: call.name in ("write", "writev", "sendto", "sendmsg") and f'"HTTP/1.1 {status} ' in call.text


def calls_until_the_end(server: Server, trace: Path) -> list[Call]:
    server.stop()
    # The tracer writes its last line after the server's end.
    until(lambda: re.search(rf"^{server.process.pid} +\+\+\+ exited", trace.read_text(), re.MULTILINE), 10)
    return calls_in(trace)


def test_everything_is_synced_before_the_answer(traced, photos: dict[str, Path], tmp_path: Path) -> None:
    data = tmp_path / "data"
    server = traced(data)
    (picture,) = small_photos(photos, 1)
    photo = server.request("/api/v1/buckets/incoming/photos?key=a.jpg", method="POST", body=picture)["id"]
    # Again, and now waiting: from here on only what a request does writes anything.
    server.upload(picture, "a.jpg")
    server.request(f"/api/v1/photos/{photo}", method="DELETE")
    calls = calls_until_the_end(server, tmp_path / "trace")

    original = data / "originals" / photo[-2:] / photo
    journal = data / "catalog.sqlite-wal"
    renamed = first(calls, lambda call: call.name.startswith("rename") and f'"{original}"' in call.text, "rename")
    staged = Path(renamed.text.split('"')[1])
    written = first(calls, lambda call: call.name == "write" and f"<{staged}>" in call.text, "bytes of the photo")
    file_synced = first(calls, sync_of(staged), "sync of the file", after=written)
    assert file_synced.ended < renamed.began
    folder_synced = first(calls, sync_of(original.parent), "sync of its folder", after=renamed)
    recorded = first(
        calls, lambda call: call.name == "pwrite64" and f"<{journal}>" in call.text and photo in call.text, "record")
    assert folder_synced.ended < recorded.began
    committed = first(calls, sync_of(journal), "sync of the record", after=recorded)
    acknowledged = first(calls, answer("201"), "answer")
    assert committed.ended < acknowledged.began

    for folder in [data, *(parent for parent in original.parents if data in parent.parents)]:
        made = first(calls, lambda call: call.name == "mkdir" and f'"{folder}"' in call.text, f"making of {folder}")
        named = first(calls, sync_of(folder.parent), f"sync of the folder around {folder}", after=made)
        assert named.ended < acknowledged.began, folder

    waited = first(calls, answer("200"), "answer to the second upload")
    forgotten = first(calls, sync_of(journal), "sync of the deletion", after=waited)
    removed = first(
        calls, lambda call: call.name.startswith("unlink") and f'"{original}"' in call.text, "unlink", after=waited)
    assert forgotten.ended < removed.began
    assert removed.ended < first(calls, answer("204"), "answer to the deletion").began


def test_what_a_crash_left_unsynced_is_synced_before_it_is_relied_on(
    traced, photos: dict[str, Path], tmp_path: Path
) -> None:
    # As after a kill between the making of a folder and the sync of its name: the next photo finds the folder there.
    data = tmp_path / "data"
    for name in range(256):
        (data / "originals" / f"{name:02x}").mkdir(parents=True)
    server = traced(data)
    server.upload(small_photos(photos, 1)[0], "a.jpg")
    calls = calls_until_the_end(server, tmp_path / "trace")
    acknowledged = first(calls, answer("201"), "answer")
    for folder in (data.parent, data, data / "originals"):
        assert first(calls, sync_of(folder), f"sync of {folder}").ended < acknowledged.began
