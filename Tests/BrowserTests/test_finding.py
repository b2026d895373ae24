"""Photos are found by words and labels; the address keeps the search."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.sync_api import Page, expect

from ..conftest import Server
from .conftest import every_look
from .pictures import plain_png


@pytest.fixture(autouse=True)
def library(server: Server, photos: dict[str, Path]) -> None:
    for name in ("chelsea", "coffee", "rocket", "motorcycle_left"):
        server.upload(photos[name], photos[name].name)


def query(page: Page) -> str:
    return parse_qs(urlparse(page.url).query).get("q", [""])[0]


@every_look
def test_words(page: Page, shoot: Callable[..., None]) -> None:
    expect(page.locator(".photo")).to_have_count(4)
    page.get_by_role("searchbox").fill("espresso")
    expect(page.locator(".photo")).to_have_count(1)
    expect(page.locator(".photo b")).to_have_text("Espresso")
    expect(page.get_by_role("heading", name="1 photo for espresso")).to_be_visible()
    assert query(page) == "espresso"
    shoot("search")

    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value("espresso")
    expect(page.locator(".photo")).to_have_count(1)
    page.get_by_role("button", name="Clear the search").click()
    expect(page.locator(".photo")).to_have_count(4)
    assert query(page) == ""


def test_the_beginning_of_a_word(page: Page) -> None:
    page.get_by_role("searchbox").fill("vehi")
    expect(page.locator(".photo")).to_have_count(2)
    expect(page.get_by_role("heading", name="2 photos for vehi…")).to_be_visible()


def test_typing_is_one_step_back(page: Page) -> None:
    expect(page.locator(".photo")).to_have_count(4)
    for text in ("vehicle", "cat"):
        page.get_by_role("searchbox").fill(text)
        page.wait_for_url(f"**/?q={text}")
    page.go_back()
    expect(page.locator(".photo")).to_have_count(4)
    expect(page.get_by_role("searchbox")).to_have_value("")


def test_going_back_while_an_answer_is_being_read(page: Page) -> None:
    """The answer is held until the page has moved on, so that its body is cut off while it is read."""
    page.add_init_script("""
        const read = Response.prototype.json;
        Response.prototype.json = async function () {
            if (this.url.includes("q=cat")) await new Promise((go) => addEventListener("popstate", go));
            return read.call(this);
        };
    """)
    page.reload()
    expect(page.locator(".photo")).to_have_count(4)
    with page.expect_request("**q=cat"):
        page.get_by_role("searchbox").fill("cat")
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("")
    expect(page.locator(".photo")).to_have_count(4)
    expect(page.locator("#nothing")).to_be_hidden()


def test_labels(page: Page) -> None:
    labels = page.get_by_role("navigation", name="Labels")
    labels.get_by_role("link", name="Coffee Cup").click()
    expect(page.locator(".photo")).to_have_count(1)
    assert query(page) == 'label:"Coffee Cup"'
    expect(labels.locator("[aria-current]")).to_contain_text("Coffee Cup")
    labels.get_by_role("link", name="Coffee Cup").click()
    expect(page.locator(".photo")).to_have_count(4)


@every_look
def test_nothing(page: Page, shoot: Callable[..., None]) -> None:
    page.get_by_role("searchbox").fill("zebra crossing")
    expect(page.get_by_role("heading", name="Nothing found for “zebra crossing”")).to_be_visible()
    expect(page.locator("#nothing")).to_contain_text("not yet by the words that can be read in them")
    shoot("nothing")
    page.locator("#nothing").get_by_role("link").first.click()
    expect(page.locator(".photo").first).to_be_visible()


def test_markup_is_text(page: Page) -> None:
    page.get_by_role("searchbox").fill("<img src=x onerror=alert(1)>")
    expect(page.get_by_role("heading", name="Nothing found for “<img src=x onerror=alert(1)>”")).to_be_visible()


def test_page_after_page(page: Page, server: Server) -> None:
    for index in range(80):
        server.upload(plain_png(index * 3, 90, 140), f"plain-{index}.png", wait=0)
    page.goto(server.url)
    expect(page.locator(".photo").nth(59)).to_be_attached()
    page.mouse.wheel(0, 20_000)
    expect(page.locator(".photo")).to_have_count(84)
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()
