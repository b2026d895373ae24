"""Photos that come and go by other ways than the page show without a reload, and nothing moves under somebody's eyes."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from ..conftest import Server
from .conftest import Offences, every_look
from .pictures import plain_png


def plain(server: Server, *numbers: int) -> list[str]:
    return [server.upload(plain_png(index * 9 % 256, 90, 200), f"plain-{index}.png")["id"] for index in numbers]


def test_photos_come_and_go(page: Page, server: Server, photos: dict[str, Path], offences: Offences) -> None:
    offences.expected_statuses.add(404)
    expect(page.get_by_role("heading", name="No photos yet")).to_be_visible()
    cat = server.upload(photos["chelsea"], "chelsea.png", wait=0)
    expect(page.locator(".photo .caption")).to_contain_text(["Cat"])
    expect(page.locator("nav.labels")).to_contain_text("Cat")
    server.upload(photos["coffee"], "coffee.png")
    expect(page.locator(".photo")).to_have_count(2)
    expect(page.locator(".photo").first).to_contain_text("Espresso")

    page.locator(".photo", has_text="Cat").locator("a").click()
    expect(page.get_by_role("dialog", name="chelsea.png")).to_be_visible()
    page.keyboard.press("Escape")
    server.request(f"/api/v1/photos/{cat['id']}", method="DELETE")
    expect(page.locator(".photo")).to_have_count(1)


@every_look
def test_below_the_top_a_line_says_what_came(
    page: Page, server: Server, photos: dict[str, Path], shoot: Callable[..., None]
) -> None:
    plain(server, *range(30))
    expect(page.locator(".photo")).to_have_count(30)
    line = page.get_by_role("button", name="new photo")
    expect(line).to_be_hidden()
    page.locator(".photo").last.scroll_into_view_if_needed()
    server.upload(photos["chelsea"], "chelsea.png")
    expect(line).to_have_text("1 new photo")
    server.upload(photos["coffee"], "coffee.png")
    expect(line).to_have_text("2 new photos")
    shoot("new-photos")
    expect(page.locator(".photo")).to_have_count(30)
    line.click()
    expect(page.locator(".photo")).to_have_count(32)
    expect(page.locator(".photo").nth(1)).to_contain_text("Cat")
    expect(line).to_be_hidden()


def test_another_window(page: Page, server: Server, photos: dict[str, Path]) -> None:
    """What one window adds is there once, with its own tile; the other shows it, too."""
    other = page.context.new_page()
    other.goto(server.url)
    expect(other.get_by_role("heading", name="No photos yet")).to_be_visible()
    page.set_input_files("#files", [photos["chelsea"], photos["coffee"], photos["rocket"]])
    for window in (other, page):
        expect(window.locator(".photo:not(.unsettled)")).to_have_count(3)
    expect(page.locator(".tile")).to_have_count(3)
    expect(page.get_by_role("button", name="new photo")).to_be_hidden()
    other.close()


def test_a_search_shows_what_it_found(page: Page, server: Server, photos: dict[str, Path]) -> None:
    server.upload(photos["chelsea"], "chelsea.png")
    page.goto(f"{server.url}/?q=cat")
    expect(page.locator(".photo")).to_have_count(1)
    server.upload(photos["coffee"], "coffee.png")
    # The labels are asked for anew, so the news has come.
    expect(page.locator("nav.labels")).to_contain_text("Espresso")
    expect(page.locator(".photo")).to_have_count(1)
    expect(page.get_by_role("button", name="new photo")).to_be_hidden()


def test_without_a_stream_the_page_asks(
    page: Page, server: Server, photos: dict[str, Path], offences: Offences
) -> None:
    offences.expected_statuses.add(503)
    page.route(re.compile("/api/v1/events"), lambda route: route.fulfill(status=503, json={"code": "too_many_streams"}))
    page.reload()
    page.set_input_files("#files", photos["chelsea"])
    expect(page.locator(".photo .caption")).to_contain_text(["Cat"])
    server.request("/api/v1/jobs/pause", method="POST")
    page.set_input_files("#files", photos["coffee"])
    expect(page.locator(".photo.unsettled")).to_contain_text("The queue is paused")
    server.request("/api/v1/jobs/resume", method="POST")
    expect(page.locator(".photo", has_text="Espresso")).to_be_visible()
