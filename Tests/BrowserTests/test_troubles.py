"""The server is away, or has no model: the page says so calmly and goes on by itself."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ..conftest import Server
from .conftest import Offences, every_look


def test_the_server_goes_and_comes_back(
    page: Page, server: Server, start_server: Callable[..., Server], photos: dict[str, Path], offences: Offences,
    shoot: Callable[..., None],
) -> None:
    expect(page.get_by_role("heading", name="No photos yet")).to_be_visible()
    offences.server_may_be_away = True
    server.stop(signal.SIGKILL)
    page.set_input_files("#files", photos["chelsea"])
    expect(page.get_by_text("Fovea is not answering")).to_be_visible()
    expect(page.locator(".caption", has_text="Waiting for Fovea…")).to_be_visible()
    shoot("away")

    start_server(port=server.port)
    expect(page.locator(".photo", has_text="Cat")).to_be_visible()
    expect(page.get_by_text("Fovea is not answering")).to_be_hidden()


class TestWithoutModels:
    @pytest.fixture
    def server(self, start_server: Callable[..., Server], tmp_path: Path) -> Server:
        (tmp_path / "no-models").mkdir()
        return start_server(environment={"FOVEA_MODELS": str(tmp_path / "no-models")})

    @every_look
    def test_the_remedy_is_shown(
        self, page: Page, server: Server, photos: dict[str, Path], shoot: Callable[..., None]
    ) -> None:
        banner = page.get_by_role("status").filter(has_text="not labelled yet")
        for remedy in server.request("/readyz")["remedies"]:
            expect(banner).to_contain_text(remedy.split(": ", 1)[1][1:])  # the page begins it with a capital
        page.set_input_files("#files", photos["coffee"])
        expect(page.locator(".photo .caption")).to_have_text("No labels")
        shoot("no-models")
        page.locator(".photo a").click()
        viewer = page.get_by_role("dialog")
        for subject in ("Labels", "Faces", "Sensitive content", "Text"):
            expect(viewer.locator(".trouble", has_text=f"{subject}: no model was installed")).to_contain_text("make models")
        shoot("no-models-photo")


def test_some_models_are_missing(page: Page, server: Server, photos: dict[str, Path]) -> None:
    """What cannot be looked for is said in a line that opens; what is only less than it could be, beside the photo."""
    photo = server.upload(photos["coffee"], "coffee.png")
    ready = server.request("/readyz")
    ready["analyses"] |= {"labels": "done", "faces": "unavailable", "text": "unavailable"}
    ready["remedies"] = ["faces: no detector; get one", "labels: no boxes; get an object detector"]
    page.route("**/readyz", lambda route: route.fulfill(json=ready))
    page.goto(f"{server.url}/?again")
    banner = page.locator("details.banner")
    expect(banner).to_contain_text("Not looked for, because a model is missing: faces and text")
    expect(banner.get_by_text("No detector; get one")).to_be_hidden()
    banner.locator("summary").click()
    expect(banner.get_by_text("No detector; get one")).to_be_visible()

    page.goto(f"{server.url}/#/photo/{photo['id']}")
    page.get_by_text("Looked at by").click()
    expect(page.locator(".models")).to_contain_text("No boxes; get an object detector")
