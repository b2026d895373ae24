"""Photos come in by choosing, dropping and pasting, and say how far they are."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from urllib.error import HTTPError

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from ..conftest import Server
from .conftest import Offences, every_look
from .pictures import plain_png, transfer


@every_look
def test_choosing(page: Page, photos: dict[str, Path], shoot: Callable[..., None]) -> None:
    expect(page.get_by_role("heading", name="No photos yet")).to_be_visible()
    shoot("empty")
    # Whatever stands below the tiles from now on, however briefly.
    page.evaluate("""() => {
        window.said = new Set();
        new MutationObserver(() => document.querySelectorAll('.caption').forEach((note) => said.add(note.textContent)))
            .observe(document.querySelector('#grid'), { childList: true, subtree: true, characterData: true });
    }""")

    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Add photos").first.click()
    chooser.value.set_files([photos[name] for name in ("chelsea", "coffee", "rocket", "motorcycle_left", "china")])
    expect(page.locator(".tile")).to_have_count(5)
    expect(page.locator("#tray")).to_contain_text(re.compile(r"Adding \d of 5"))
    page.wait_for_timeout(150)
    shoot("adding", is_moving=True)

    expect(page.locator(".photo")).to_have_count(5)
    expect(page.locator(".upload")).to_have_count(0)
    expect(page.locator("#tray")).to_be_hidden()
    said = page.evaluate("[...said]")
    assert "Sending…" in said and "Looking…" in said
    expect(page.locator(".photo", has_text="Cat")).to_have_count(1)
    expect(page.locator(".photo", has_text="Espresso")).to_have_count(1)
    expect(page.get_by_role("navigation", name="Labels")).to_contain_text("Vehicle")
    shoot("grid")


def test_a_slow_line(page: Page, photos: dict[str, Path], shoot: Callable[..., None]) -> None:
    network = page.context.new_cdp_session(page)
    network.send("Network.emulateNetworkConditions",
                 {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 250_000})
    page.set_input_files("#files", [photos["chelsea"], photos["rocket"]])
    expect(page.locator(".caption", has_text=re.compile(r"Sending [1-9]\d?\s%")).first).to_be_visible()
    shoot("sending", is_moving=True)
    expect(page.locator(".photo")).to_have_count(2)


def test_dropping(page: Page, photos: dict[str, Path], shoot: Callable[..., None]) -> None:
    files = transfer(page, photos["chelsea"], photos["coffee"])
    page.dispatch_event("body", "dragover", {"dataTransfer": files})
    expect(page.get_by_text("Drop to add")).to_be_visible()
    shoot("dropping")
    page.dispatch_event("body", "drop", {"dataTransfer": files})
    expect(page.get_by_text("Drop to add")).to_be_hidden()
    expect(page.locator(".photo")).to_have_count(2)


def test_pasting(page: Page, server: Server, photos: dict[str, Path]) -> None:
    page.evaluate("""files => document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: files, bubbles: true, cancelable: true }))""",
        transfer(page, photos["coffee"]))
    expect(page.locator(".photo", has_text="Espresso")).to_be_visible()
    assert server.request("/api/v1/photos")["photos"][0]["key"].endswith("/coffee.png")


def test_the_same_photo_again(page: Page, server: Server, photos: dict[str, Path]) -> None:
    for _ in range(2):
        with page.expect_response(re.compile(r"/photos\?key=")):
            page.set_input_files("#files", photos["rocket"])
        expect(page.locator(".upload")).to_have_count(0)
        expect(page.locator(".photo")).to_have_count(1)
    assert len(server.request("/api/v1/photos")["photos"]) == 1


def test_two_photos_of_one_name(page: Page, server: Server, tmp_path: Path) -> None:
    """A name alone must not let one camera's IMG_0001 take the place of the other's."""
    for index, name in enumerate(["here", "there"]):
        path = tmp_path / name / "IMG_0001.png"
        path.parent.mkdir()
        path.write_bytes(plain_png(200, 100 * index, 0))
        os.utime(path, (1e9 + index, 1e9 + index))  # a key tells times apart to the second
        page.set_input_files("#files", path)
        expect(page.locator(".photo")).to_have_count(index + 1)
    assert len(server.request("/api/v1/photos")["photos"]) == 2


def test_added_while_the_photos_are_being_listed(page: Page, photos: dict[str, Path]) -> None:
    """The list is older than the photo, and arrives after it."""
    held: list[tuple[Route, APIResponse]] = []
    page.route(re.compile(r"/api/v1/photos\?limit=60"), lambda route: held.append((route, route.fetch())))
    page.reload()
    page.set_input_files("#files", photos["chelsea"])
    expect(page.locator(".photo", has_text="Cat")).to_be_visible()
    [(route, answer)] = held
    route.fulfill(response=answer)
    expect(page.locator("#grid.waiting")).to_have_count(0)
    expect(page.locator(".photo", has_text="Cat")).to_be_visible()


@every_look
def test_no_picture(
    page: Page, server: Server, photos: dict[str, Path], tmp_path: Path, offences: Offences, shoot: Callable[..., None]
) -> None:
    offences.expected_statuses.add(415)
    notes = tmp_path / "notes.txt"
    notes.write_text("Milk, eggs, a lamp for the hall.")
    page.set_input_files("#files", [notes, photos["chelsea"]])
    failed = page.locator(".upload.failed")
    expect(failed).to_be_visible()
    expect(page.locator(".photo", has_text="Cat")).to_be_visible()
    expect(page.locator("#tray")).to_contain_text("1 photo added · 1 not added")
    with pytest.raises(HTTPError) as refusal:
        server.upload(notes, notes.name)
    reason = json.loads(refusal.value.read())["detail"]
    expect(failed).to_contain_text(reason)
    with page.expect_response(lambda response: response.status == 415):
        failed.get_by_role("button", name="Try again").click()
    expect(failed).to_contain_text(reason)
    shoot("refused")

    failed.get_by_role("button", name="Dismiss").click()
    expect(page.locator(".upload")).to_have_count(0)
    expect(page.locator("#tray")).to_be_hidden()
    assert len(server.request("/api/v1/photos")["photos"]) == 1
