"""A photo that waits says why, and the queue says how much waits; both without a reload."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from ..conftest import Server
from .conftest import Offences, every_look
from .pictures import plain_png


def pause(server: Server) -> None:
    server.request("/api/v1/jobs/pause", method="POST")


def plain(server: Server, count: int) -> None:
    for index in range(count):
        server.upload(plain_png(index * 9 % 256, 90, 200), f"plain-{index}.png", wait=0)


@every_look
def test_why_a_photo_waits(
    page: Page, server: Server, photos: dict[str, Path], shoot: Callable[..., None]
) -> None:
    pause(server)
    page.set_input_files("#files", [photos["chelsea"], photos["coffee"]])
    waiting = page.locator(".photo.unsettled")
    expect(waiting).to_have_count(2)
    expect(waiting.first).to_contain_text("The queue is paused. Resume it on the page, or by fovea jobs resume.")
    expect(waiting.first.get_by_role("img")).to_have_count(0)  # the preview says nothing that the caption does not
    expect(waiting.first.locator("img")).to_have_js_property("complete", True)
    banner = page.get_by_role("status").filter(has_text="The queue is paused")
    expect(banner).to_contain_text("2 photos wait until it is resumed.")
    shoot("paused")

    waiting.first.locator("a").click()
    viewer = page.get_by_role("dialog", name="chelsea.png")
    expect(viewer.get_by_role("status")).to_have_text("The queue is paused. Resume it on the page, or by fovea jobs resume.")
    shoot("paused-photo")
    server.request("/api/v1/jobs/resume", method="POST")
    expect(viewer.locator(".seen")).to_contain_text(["Cat"])
    expect(viewer.locator(".why")).to_have_count(0)
    viewer.get_by_role("button", name="Close").click()
    expect(page.locator(".photo", has_text="Espresso")).to_be_visible()
    expect(banner).to_be_hidden()


def test_a_photo_that_waits_and_is_not_from_here(
    page: Page, server: Server, photos: dict[str, Path], offences: Offences
) -> None:
    offences.expected_statuses.add(404)
    pause(server)
    photo = server.upload(photos["coffee"], "coffee.png", wait=0)
    page.goto(f"{server.url}/?#/photo/{photo['id']}")
    viewer = page.get_by_role("dialog", name="coffee.png")
    expect(viewer.get_by_role("status")).to_contain_text("The queue is paused")
    expect(viewer.locator(".stage > .icon")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".photo .frame .icon")).to_be_visible()
    page.locator(".photo a").click()
    server.request(f"/api/v1/photos/{photo['id']}", method="DELETE")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("heading", name="No photos yet")).to_be_visible()


def test_a_photo_far_back_in_the_line(page: Page, server: Server) -> None:
    """The page asks for the first hundred jobs; of the others it knows that much, and of an open one all."""
    pause(server)
    last = server.upload(plain_png(1, 2, 3), "last.png", wait=0)
    # Where a job stands is the server's; which are its first is what the page has to do without.
    page.route("**/api/v1/jobs?*", lambda route: route.fulfill(json={
        "paused": False, "waiting": 213, "running": 2, "failed": 0,
        "jobs": [{"photo": f"01a1f8c1-a33a-7418-8e18-{index:012x}", "state": "waiting", "behind": index, "why": ""}
                 for index in range(100)]}))
    page.reload()
    expect(page.get_by_text("213 waiting, 2 being looked at")).to_be_visible()
    expect(page.locator(".photo .caption")).to_have_text("It waits behind more than 99 others.")
    page.locator(".photo a").click()
    viewer = page.get_by_role("dialog", name=last["key"])
    expect(viewer.get_by_role("status")).to_contain_text("The queue is paused")


@every_look
def test_many_wait(page: Page, server: Server, shoot: Callable[..., None]) -> None:
    expect(page.get_by_role("heading", name="No photos yet")).to_be_visible()
    expect(page.locator("#work")).to_be_hidden()
    expect(page.locator("#stopped")).to_be_hidden()
    pause(server)
    plain(server, 7)
    page.reload()
    page.get_by_role("button", name="Resume the queue").click()
    expect(page.locator("#stopped")).to_be_hidden()
    expect(page.locator(".photo:not(.unsettled)")).to_have_count(7)
    expect(page.locator("#work")).to_be_hidden()

    page.route("**/api/v1/jobs?*", lambda route: route.fulfill(json={
        "paused": False, "waiting": 213, "running": 2, "failed": 3, "jobs": []}))
    page.reload()
    work = page.get_by_role("region", name="Work that waits")
    expect(work).to_contain_text("213 waiting, 2 being looked at")
    expect(work.get_by_role("link", name="3 photos could not be looked at")).to_be_visible()
    shoot("work")
    page.unroute("**/api/v1/jobs?*")
    work.get_by_role("button", name="Pause the queue").click()
    expect(page.get_by_role("button", name="Resume the queue")).to_be_focused()
    expect(page.get_by_text("Photos are taken in, but not looked at.")).to_be_visible()
    assert server.request("/api/v1/jobs")["paused"]
    page.keyboard.press("Enter")
    expect(page.locator("#stopped")).to_be_hidden()
    assert not server.request("/api/v1/jobs")["paused"]


def test_nothing_is_asked_when_nothing_waits(page: Page) -> None:
    """Time is the browser's own here, so that a minute takes none."""
    page.clock.install()
    with page.expect_response(re.compile("/jobs")):
        page.reload()
    expect(page.get_by_role("heading", name="No photos yet")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(60_000)
    assert [url for url in asked if "/jobs" in url] == []
