"""A photo that could not be looked at says why, and is tried again when somebody asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ..conftest import Server
from .conftest import Offences, every_look
from .pictures import plain_png


@pytest.fixture
def half(photos: dict[str, Path]) -> bytes:
    """A photo that ends too early."""
    return photos["chelsea"].read_bytes()[:5000]


@every_look
def test_trying_again(page: Page, server: Server, half: bytes, shoot: Callable[..., None]) -> None:
    page.set_input_files("#files", {"name": "half.png", "mimeType": "image/png", "buffer": half})
    failed = page.locator(".photo.failed")
    expect(failed).to_contain_text("half.png")
    reason = server.request("/api/v1/photos")["photos"][0]["error"]["message"]
    expect(failed).to_contain_text(reason)
    expect(page.get_by_role("link", name="1 photo could not be looked at")).to_be_visible()
    shoot("failed")

    failed.locator("a").click()
    viewer = page.get_by_role("dialog", name="half.png")
    expect(viewer.get_by_role("status")).to_have_text(reason)
    shoot("failed-photo")
    server.request("/api/v1/jobs/pause", method="POST")
    viewer.get_by_role("button", name="Try again").click()
    expect(viewer.get_by_role("status")).to_contain_text("The queue is paused")
    expect(viewer.get_by_role("button", name="Try again")).to_have_count(0)
    expect(page.locator(".photo.unsettled")).to_have_count(1)
    server.request("/api/v1/jobs/resume", method="POST")
    expect(viewer.get_by_role("status")).to_have_text(reason)
    expect(viewer.get_by_role("button", name="Try again")).to_be_enabled()
    expect(page.locator(".photo.failed")).to_have_count(1)


def test_trying_again_with_another_end(page: Page, server: Server, half: bytes, photos: dict[str, Path]) -> None:
    """What is tried again may well turn out: here the file has been made whole in between."""
    photo = server.upload(half, "cat.png")
    page.goto(f"{server.url}/?status=failed#/photo/{photo['id']}")
    viewer = page.get_by_role("dialog", name="cat.png")
    expect(viewer.get_by_role("button", name="Try again")).to_be_visible()
    [original] = [path for path in server.data.rglob("*") if path.is_file() and path.read_bytes() == half]
    original.chmod(0o600)
    original.write_bytes(photos["chelsea"].read_bytes())
    viewer.get_by_role("button", name="Try again").click()
    expect(viewer.locator(".seen")).to_contain_text(["Cat"])
    viewer.get_by_role("button", name="Close").click()
    expect(page.locator(".photo")).to_contain_text("Cat")
    expect(page.get_by_role("heading", name="Now all of them are looked at")).to_be_visible()


def test_somebody_was_faster(page: Page, server: Server, half: bytes, offences: Offences) -> None:
    offences.expected_statuses.add(409)
    photo = server.upload(half, "half.png")
    page.goto(f"{server.url}/?#/photo/{photo['id']}")
    button = page.get_by_role("dialog").get_by_role("button", name="Try again")
    expect(button).to_be_visible()
    server.request("/api/v1/jobs/pause", method="POST")
    server.request(f"/api/v1/photos/{photo['id']}/retry", method="POST")
    with page.expect_response(re.compile("/retry")) as answer:
        button.click()
    assert answer.value.status == 409
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("The queue is paused")


@every_look
def test_all_that_failed(page: Page, server: Server, half: bytes, shoot: Callable[..., None]) -> None:
    for index in range(3):
        server.upload(half + bytes([index]), f"half-{index}.png")
    server.upload(plain_png(20, 160, 120), "plain.png")
    page.reload()
    expect(page.locator(".photo")).to_have_count(4)
    page.get_by_role("link", name="3 photos could not be looked at").click()
    expect(page.locator(".photo")).to_have_count(3)
    page.wait_for_url("**/?status=failed")
    page.reload()
    heading = page.get_by_role("heading", name="3 photos could not be looked at")
    expect(heading).to_be_visible()
    expect(page.locator(".photo.failed")).to_have_count(3)
    expect(page.locator("#work")).to_be_hidden()
    shoot("all-failed")

    page.locator(".photo a").nth(1).click()
    page.get_by_role("dialog", name="half-1.png").get_by_role("button", name="Close").click()
    page.wait_for_url("**/?status=failed")

    server.request("/api/v1/jobs/pause", method="POST")
    page.get_by_role("button", name="Try all again").click()
    expect(page.get_by_role("heading", name="3 photos tried again")).to_be_visible()
    expect(page.get_by_role("link", name="All photos", exact=True)).to_be_focused()
    expect(page.locator(".photo.unsettled").first).to_contain_text("The queue is paused")
    page.get_by_role("button", name="Resume the queue").click()
    expect(heading).to_be_visible()
    expect(page.locator(".photo.failed")).to_have_count(3)
    page.get_by_role("link", name="All photos", exact=True).click()
    expect(page.locator(".photo")).to_have_count(4)
    expect(page.get_by_role("link", name="3 photos could not be looked at")).to_be_visible()


def test_searching_leaves_what_failed(page: Page, server: Server, half: bytes) -> None:
    server.upload(half, "half.png")
    page.goto(f"{server.url}/?status=failed")
    expect(page.locator(".photo.failed")).to_have_count(1)
    page.get_by_role("searchbox").fill("half")
    page.wait_for_url("**/?q=half")
    page.goto(f"{server.url}/?status=failed")
    server.request(f"/api/v1/photos/{server.request('/api/v1/photos')['photos'][0]['id']}", method="DELETE")
    page.reload()
    expect(page.get_by_role("heading", name="Nothing has failed")).to_be_visible()
