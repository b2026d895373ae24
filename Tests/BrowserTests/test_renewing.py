"""Photos that are looked at again: one from its own view, all stale ones from a line above the photos."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from ..conftest import Server
from .conftest import Offences, every_look


def test_one_photo_is_looked_at_again(
    page: Page, server: Server, photos: dict[str, Path], offences: Offences, shoot: Callable[..., None]
) -> None:
    known = server.upload(photos["chelsea"], "chelsea.png")
    page.reload()
    page.locator(".photo a").click()
    viewer = page.get_by_role("dialog")
    button = viewer.get_by_role("button", name="Look again")
    button.click()
    expect(viewer.locator(".said")).to_have_text("Looked at again just now.")
    expect(button).to_be_focused()
    shoot("looked-again")
    assert server.request(f"/api/v1/photos/{known['id']}")["settledAt"] > known["settledAt"]

    server.request(f"/api/v1/photos/{known['id']}", method="DELETE")
    offences.expected_statuses.add(404)
    button.click()
    expect(viewer.locator(".said")).to_have_text("There is no photo with this id.")
    expect(button).to_be_enabled()


@every_look
def test_stale_photos_are_looked_at_again_and_stopped(
    page: Page, server: Server, photos: dict[str, Path], shoot: Callable[..., None]
) -> None:
    for name in ("chelsea", "coffee", "rocket"):
        server.upload(photos[name], f"{name}.png")
    started = '{"number": 1, "only": "stale", "state": "running", "total": 1204, "done": 200, "failed": 3,' \
        ' "secondsLeft": 512, "startedAt": "2026-11-21T10:00:00.000Z"}'
    stale = {"text": '{"stale": 1204, "reanalyses": []}'}

    def answer(route) -> None:
        if route.request.method == "POST":
            stale["text"] = f'{{"stale": 1004, "reanalyses": [{started}]}}'
        if route.request.method == "DELETE":
            stale["text"] = '{"stale": 0, "reanalyses": []}'
        route.fulfill(
            body=stale["text"] if route.request.method == "GET" else started, content_type="application/json")

    page.route("**/api/v1/reanalyses*", answer)
    page.route("**/api/v1/reanalyses/*", answer)
    page.reload()
    area = page.get_by_role("region", name="Photos that are looked at again")
    expect(area).to_contain_text("1,204 photos were looked at by other models than there are now")
    shoot("stale")
    area.get_by_role("button", name="Look again").click()
    expect(area).to_contain_text("Looking again: 203 of 1,204 photos, 3 failed, 9 min left")
    expect(area.get_by_role("button", name="Stop")).to_be_focused()
    shoot("renewing")
    area.get_by_role("button", name="Stop").click()
    expect(area).to_be_hidden()
