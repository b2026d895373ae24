"""What is said of a photo beside what was found in it: what is sensitive, where and how it was taken, what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from ..conftest import Server
from .conftest import every_look
from .pictures import amend


@every_look
def test_sensitive(
    page: Page, server: Server, photos: dict[str, Path], shoot: Callable[..., None]
) -> None:
    server.upload(photos["astronaut"], "astronaut.png")
    found = [{"name": "Swimwear or Underwear", "parent": "", "confidence": 88.0},
             {"name": "Female Swimwear or Underwear", "parent": "Swimwear or Underwear", "confidence": 88.0}]
    amend(page, lambda photo: photo["analysis"].update(moderation=found))
    page.goto(server.url)
    expect(page.locator(".photo .veiled")).to_be_visible()
    shoot("veiled-grid")
    page.locator(".photo a").click()
    viewer = page.get_by_role("dialog")
    expect(viewer).to_contain_text("This photo may be sensitive.")
    expect(viewer.locator(".sensitive li")).to_have_count(1)
    expect(viewer.locator(".sensitive")).to_contain_text("Female Swimwear or Underwear")
    expect(viewer.locator(".marks")).to_have_count(0)
    shoot("veiled")
    viewer.get_by_role("button", name="Show it").click()
    expect(viewer.locator(".marks")).to_be_visible()
    expect(viewer.locator(".veil, .veiled")).to_have_count(0)
    expect(page.locator(".photo .veiled")).to_have_count(0)

    page.reload()
    expect(viewer.locator(".veil")).to_be_visible()
    viewer.get_by_role("checkbox", name="Blur such photos").uncheck()
    expect(viewer.locator(".veil")).to_have_count(0)
    page.reload()
    expect(viewer.locator(".arrived")).to_be_visible()
    expect(viewer.locator(".veil")).to_have_count(0)


def test_a_lower_confidence_is_not_sensitive(page: Page, server: Server, photos: dict[str, Path]) -> None:
    server.upload(photos["coffee"], "coffee.png")
    found = [{"name": "Explicit", "parent": "", "confidence": 59.0}]
    amend(page, lambda photo: photo["analysis"].update(moderation=found))
    page.goto(server.url)
    expect(page.locator(".photo")).to_be_visible()
    expect(page.locator(".photo .veiled")).to_have_count(0)


@every_look
def test_details(page: Page, server: Server, photos: dict[str, Path], shoot: Callable[..., None]) -> None:
    photo = server.upload(photos["coffee"], "coffee.png")
    place = {"latitude": -33.8568, "longitude": 151.2153, "altitude": 4.2}
    amend(page, lambda photo: photo.update(
        camera="Canon EOS 40D", location=place, takenAt={"local": "2008-05-30T15:56:01", "source": "exif"}))
    page.goto(f"{server.url}/#/photo/{photo['id']}")
    facts = page.get_by_role("dialog").locator(".facts").first
    expect(facts).to_contain_text("Canon EOS 40D")
    expect(facts.get_by_role("link", name="33.85680° S, 151.21530° E, 4 m")).to_have_attribute(
        "href", "geo:-33.8568,151.2153")
    expect(facts).to_contain_text("30 May 2008, 15:56")
    facts.scroll_into_view_if_needed()
    shoot("details")


def test_what_failed_and_what_is_off(page: Page, server: Server, photos: dict[str, Path]) -> None:
    photo = server.upload(photos["coffee"], "coffee.png")
    states = {"labels": "done", "faces": "failed", "people": "off", "moderation": "off", "text": "done"}
    amend(page, lambda photo: photo["analysis"].update(states=states))
    page.goto(f"{server.url}/#/photo/{photo['id']}")
    viewer = page.get_by_role("dialog")
    expect(viewer.locator(".trouble")).to_have_text(["Faces: looking for this failed."])
