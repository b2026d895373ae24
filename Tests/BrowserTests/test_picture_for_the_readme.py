"""Takes docs/images/page.jpg: FOVEA_SCREENSHOTS=docs/images, and keep page.jpg. All photos in it are CC0 or in the
public domain, as scikit-image says of each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from ..conftest import Server

# Newest first is how the page shows them.
PHOTOS = ["chelsea", "coffee", "rocket", "camera", "astronaut", "hubble_deep_field", "retina", "gravel",
          "coins", "grass"]


def test_page(page: Page, server: Server, photos: dict[str, Path], shoot: Callable[..., None]) -> None:
    for name in reversed(PHOTOS):
        server.upload(photos[name], photos[name].name)
    page.set_viewport_size({"width": 1120, "height": 640})
    page.goto(server.url)
    expect(page.locator(".photo")).to_have_count(len(PHOTOS))
    expect(page.get_by_role("navigation", name="Labels")).to_be_visible()
    shoot("page")
