"""There is no room for what is being added: the page waits as long as it is asked to, or stops and says why."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from ..conftest import Server
from .conftest import Offences, every_look
from .pictures import plain_png


def files(count: int) -> list[Any]:
    return [{"name": f"{index}.png", "mimeType": "image/png", "buffer": plain_png(index % 256, index // 256, 90)}
            for index in range(count)]


class TestAFullQueue:
    @pytest.fixture
    def server(self, start_server: Callable[..., Server]) -> Server:
        return start_server(options=["--queue-limit", "3"])

    def test_the_rest_goes_on_by_itself(
        self, page: Page, server: Server, offences: Offences, shoot: Callable[..., None]
    ) -> None:
        offences.expected_statuses.add(429)
        server.request("/api/v1/jobs/pause", method="POST")
        page.set_input_files("#files", files(9))
        tray = page.locator("#tray")
        # Three may wait; those that were on their way together with the third may have got in before it was counted.
        expect(tray).to_contain_text(re.compile(r"Fovea has much to do; [4-6] files go on in \d+\ss"))
        expect(page.locator(".upload.failed")).to_have_count(0)
        shoot("held", is_moving=True)
        server.request("/api/v1/jobs/resume", method="POST")
        expect(tray).to_contain_text("9 photos added", timeout=60_000)
        expect(page.locator(".upload")).to_have_count(0)
        shoot("added")
        tray.get_by_role("button", name="Dismiss").click()
        expect(tray).to_be_hidden()
        assert len(server.request("/api/v1/photos")["photos"]) == 9


class TestALowDisk:
    @every_look
    def test_it_stops_and_goes_on_when_asked(
        self, page: Page, server: Server, offences: Offences, shoot: Callable[..., None]
    ) -> None:
        """The refusal is played here, because the room has to come back; the next test has it from the server."""
        offences.expected_statuses.add(507)
        low = {"type": "about:blank", "status": 507, "code": "disk_low", "detail":
               "Only 140 MB are free here, and 200 MB are left alone so that what is here stays safe. "
               "Delete something, or give Fovea a larger disk."}

        def refuse(route: Route) -> None:
            route.fulfill(status=507, headers={"Retry-After": "60"}, json=low)

        page.route("**/photos?key=*", refuse)
        page.set_input_files("#files", files(7))
        tray = page.locator("#tray")
        expect(tray).to_contain_text("Adding has stopped; 7 files not sent")
        expect(tray).to_contain_text(low["detail"])
        expect(page.locator(".upload.waiting")).to_have_count(7)
        shoot("stopped")
        with page.expect_response(lambda answer: answer.status == 507):
            tray.get_by_role("button", name="Go on").click()
        expect(tray).to_contain_text("Adding has stopped; 7 files not sent")

        page.unroute("**/photos?key=*")
        tray.get_by_role("button", name="Go on").click()
        expect(tray).to_contain_text("7 photos added")
        expect(page.locator(".upload")).to_have_count(0)

    def test_it_can_be_left(self, start_server: Callable[..., Server], page: Page, server: Server,
                            offences: Offences) -> None:
        offences.expected_statuses.add(507)
        server.stop()
        offences.server_may_be_away = True
        start_server(port=server.port, options=["--keep-free", "1000000000"])
        page.reload()
        page.set_input_files("#files", files(4))
        tray = page.locator("#tray")
        expect(tray).to_contain_text("are free here")
        expect(page.locator(".upload.waiting")).to_have_count(4)
        tray.get_by_role("button", name="Discard them").click()
        expect(tray).to_be_hidden()
        expect(page.get_by_role("heading", name="No photos yet")).to_be_visible()


def test_a_summary(
    page: Page, offences: Offences, tmp_path: Path, shoot: Callable[..., None]
) -> None:
    """Files on the disk, whose times stay what they are: the same file again has the same key."""
    offences.expected_statuses.add(415)
    paths = [tmp_path / f"{index}.png" for index in range(8)]
    for index, path in enumerate(paths):
        path.write_bytes(plain_png(index, 100, 90))
    notes = tmp_path / "notes.txt"
    notes.write_text("Milk, eggs.")
    page.set_input_files("#files", paths[:6])
    tray = page.locator("#tray")
    expect(tray).to_contain_text("6 photos added")
    page.set_input_files("#files", [*paths, notes])
    expect(tray).to_contain_text("2 photos added · 6 already here · 1 not added")
    shoot("summary")
    tray.get_by_role("button", name="Show").click()
    expect(page.locator(".upload.failed").get_by_role("button", name="Try again")).to_be_focused()


def test_a_great_many(page: Page, server: Server) -> None:
    """Of five hundred files three are on their way at a time, and none of them is waited for."""
    server.request("/api/v1/jobs/pause", method="POST")
    page.evaluate("""() => {
        [window.underWay, window.most] = [0, 0];
        const send = XMLHttpRequest.prototype.send;
        XMLHttpRequest.prototype.send = function (body) {
            most = Math.max(most, ++underWay);
            this.addEventListener('readystatechange', () => { underWay -= this.readyState === this.DONE; });
            return send.call(this, body);
        };
    }""")
    page.set_input_files("#files", files(500))
    expect(page.locator("#tray")).to_contain_text(re.compile(r"Adding \d+ of 500"))
    expect(page.locator("#tray")).to_contain_text("500 photos added", timeout=60_000)
    expect(page.locator(".upload")).to_have_count(0)
    expect(page.get_by_text("500 photos wait until it is resumed.")).to_be_visible()
    assert page.evaluate("most") == 3
