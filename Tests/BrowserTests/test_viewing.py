"""One photo, large: opened, turned over, left and deleted."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ..conftest import Server
from .conftest import Offences, every_look


@pytest.fixture(autouse=True)
def library(server: Server, photos: dict[str, Path]) -> list[str]:
    """The ids of three photos, newest first, as the grid shows them."""
    return [server.upload(photos[name], photos[name].name)["id"] for name in ("rocket", "chelsea", "coffee")][::-1]


@every_look
def test_opening_and_back(page: Page, server: Server, shoot: Callable[..., None]) -> None:
    page.goto(f"{server.url}/?q=espresso")
    page.locator(".photo a").click()
    viewer = page.get_by_role("dialog", name="coffee.png")
    expect(viewer).to_be_visible()
    expect(viewer.get_by_role("img", name=re.compile("Photo: "))).to_have_js_property("naturalWidth", 600)
    expect(viewer.locator(".seen")).to_contain_text(["Espresso"])
    expect(viewer).to_contain_text("600 × 400")
    expect(viewer).to_contain_text("PNG, 467 kB")
    expect(viewer.get_by_role("link", name="Original")).to_have_attribute("href", re.compile("/original$"))
    shoot("photo")

    page.go_back()
    expect(viewer).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_have_value("espresso")
    page.go_forward()
    expect(viewer).to_be_visible()


def test_an_address_to_share(page: Page, server: Server, library: list[str]) -> None:
    page.goto(f"{server.url}/?q=cat#/photo/{library[1]}")
    viewer = page.get_by_role("dialog", name="chelsea.png")
    expect(viewer).to_be_visible()
    viewer.get_by_role("button", name="Close").click()
    expect(viewer).to_be_hidden()
    expect(page.locator(".photo")).to_have_count(1)


def test_a_label_leads_to_its_photos(page: Page) -> None:
    page.locator(".photo", has_text="Vehicle").locator("a").click()
    page.get_by_role("dialog").get_by_role("link", name=re.compile("^Vehicle")).click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("searchbox")).to_have_value("label:Vehicle")
    expect(page.locator(".photo")).to_have_count(1)


def test_keys(page: Page) -> None:
    expect(page.locator(".photo")).to_have_count(3)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.locator(".photo a").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="coffee.png")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog", name="chelsea.png")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("dialog", name="rocket.jpg")).to_be_visible()
    expect(page.get_by_role("button", name="The next photo")).to_be_disabled()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("dialog", name="chelsea.png")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".photo a").nth(1)).to_be_focused()


@every_look
def test_deleting(page: Page, server: Server, library: list[str], shoot: Callable[..., None]) -> None:
    page.locator(".photo a").first.click()
    viewer = page.get_by_role("dialog", name="coffee.png")
    viewer.get_by_role("button", name="Delete").click()
    question = page.get_by_role("alertdialog", name="Delete this photo?")
    expect(question.get_by_role("button", name="Keep it")).to_be_focused()
    shoot("deleting")
    question.get_by_role("button", name="Keep it").click()
    expect(viewer).to_be_visible()

    viewer.get_by_role("button", name="Delete").click()
    question.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator(".photo")).to_have_count(2)
    expect(page.get_by_role("navigation", name="Labels")).not_to_contain_text("Espresso")
    assert [photo["id"] for photo in server.request("/api/v1/photos")["photos"]] == library[1:]


def test_a_photo_that_is_gone(page: Page, server: Server, library: list[str], offences: Offences) -> None:
    offences.expected_statuses.add(404)
    server.request(f"/api/v1/photos/{library[0]}", method="DELETE")
    page.goto(f"{server.url}/?#/photo/{library[0]}")
    expect(page.locator(".photo")).to_have_count(2)
    expect(page.get_by_role("dialog")).to_be_hidden()
