"""Photos go to the bucket that was chosen; of those that are erased the page shows what is known, and asks for nothing."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from ..conftest import Server
from .conftest import every_look
from .pictures import transfer


def upload(server: Server, bucket: str, photo: bytes, key: str) -> str:
    """Puts a photo in; answers its id once its original is erased."""
    path = f"/api/v1/buckets/{bucket}/photos?key={key}&wait=30"
    identity = server.request(path, method="POST", body=photo)["id"]
    end = time.monotonic() + 20
    while "erasedAt" not in server.request(f"/api/v1/photos/{identity}"):
        assert time.monotonic() < end, "it was not erased"
        time.sleep(0.02)
    return identity


@every_look
def test_choosing_a_bucket(page: Page, server: Server, photos: dict[str, Path], shoot: Callable[..., None]) -> None:
    page.set_input_files("#files", photos["coffee"])
    expect(page.locator(".photo", has_text="Espresso")).to_be_visible()
    expect(page.locator("#going")).to_be_hidden()

    page.get_by_role("button", name="Where photos go").click()
    menu = page.get_by_role("dialog", name="Where photos go")
    expect(menu.get_by_role("radio")).to_have_count(4)
    expect(menu.get_by_role("radio", name="incoming")).to_be_checked()
    expect(menu.locator("label", has_text="incoming")).to_contain_text("Pictures are kept.")
    expect(menu.locator("label", has_text="private")).to_contain_text(
        "Each picture is deleted after its analysis; what is found in it is kept.")
    shoot("choosing-a-bucket")
    menu.locator("label", has_text="private").click()
    expect(menu).to_be_hidden()
    expect(page.locator("#going")).to_contain_text("Photos that you add go to private")

    files = transfer(page, photos["chelsea"])
    page.dispatch_event("body", "dragover", {"dataTransfer": files})
    expect(page.locator("#drop")).to_contain_text("Drop to add to private")
    shoot("dropping-into-a-bucket")
    page.dispatch_event("body", "drop", {"dataTransfer": files})
    erased = page.locator(".photo", has_text="Cat")
    expect(erased.locator(".frame.erased")).to_contain_text("Not kept")
    expect(erased.locator("img")).to_have_count(0)
    assert server.request("/api/v1/photos?bucket=private")["photos"][0]["status"] == "analysed"
    shoot("erased-in-the-grid")

    page.locator("#going").get_by_role("button", name="Back to incoming").click()
    expect(page.locator("#going")).to_be_hidden()
    page.set_input_files("#files", photos["rocket"])
    expect(page.locator(".photo img")).to_have_count(2)
    assert len(server.request("/api/v1/photos?bucket=incoming")["photos"]) == 2


@every_look
def test_an_erased_photo(page: Page, server: Server, photos: dict[str, Path], shoot: Callable[..., None]) -> None:
    server.upload(photos["coffee"], "coffee.png")
    identity = upload(server, "public", photos["astronaut"].read_bytes(), "astronaut.png")
    page.reload()
    tile = page.locator(f'[data-id="{identity}"]')
    expect(tile.locator(".frame.erased")).to_be_visible()
    expect(tile).to_contain_text("Woman")
    tile.locator("a").click()
    viewer = page.get_by_role("dialog", name="astronaut.png")
    expect(viewer.locator(".stage")).to_contain_text(
        "The picture was deleted after its analysis, as bucket “public” says. What was found is kept.")
    expect(viewer.locator(".about")).to_contain_text("Portrait")
    expect(viewer.locator(".faces li")).to_have_count(1)
    expect(viewer.locator("dl.facts").first).to_contain_text("Deleted")
    expect(viewer.get_by_role("link", name="Original")).to_have_count(0)
    expect(viewer.locator("img, image")).to_have_count(0)
    shoot("erased-photo")
    viewer.get_by_role("button", name="The next photo").click()
    expect(page.get_by_role("dialog", name="coffee.png").locator(".stage img.arrived")).to_be_visible()


def test_an_erased_photo_that_failed(page: Page, server: Server, photos: dict[str, Path]) -> None:
    identity = upload(server, "private", photos["chelsea"].read_bytes()[:5000], "half.png")
    page.goto(f"{server.url}/?#/photo/{identity}")
    viewer = page.get_by_role("dialog", name="half.png")
    expect(viewer.locator(".note.bad")).to_contain_text("The picture was deleted after its analysis")
    expect(viewer.get_by_role("button", name="Try again")).to_have_count(0)


def test_the_choice_ends_with_the_page(page: Page, server: Server) -> None:
    """Who comes back the next day must not lose pictures by what was chosen the day before."""
    rules = json.dumps({"retention": "days(30)"}).encode()
    server.request("/api/v1/buckets/driveway", method="PUT", body=rules)
    page.get_by_role("button", name="Where photos go").click()
    menu = page.get_by_role("dialog", name="Where photos go")
    expect(menu.locator("label", has_text="driveway")).to_contain_text("Each picture is deleted after 30 days")
    expect(menu.get_by_role("radio", name=re.compile("incoming"))).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(menu).to_be_hidden()
    expect(page.locator("#going")).to_contain_text("go to driveway")
    page.reload()
    expect(page.get_by_role("button", name="Add photos").first).to_be_visible()
    expect(page.locator("#going")).to_be_hidden()


def test_a_label_taught_on_an_erased_photo(page: Page, server: Server, photos: dict[str, Path]) -> None:
    identity = upload(server, "public", photos["chelsea"].read_bytes(), "cat.png")
    body = json.dumps({"name": "Our Cat", "yes": [identity]}).encode()
    server.request("/api/v1/labels/taught", method="POST", body=body)
    page.goto(f"{server.url}/")
    page.get_by_role("button", name="Taught labels").click()
    section = page.get_by_role("region", name="Our Cat")
    expect(section.locator(".pictures .erased")).to_be_visible()
