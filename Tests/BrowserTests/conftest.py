"""A browser on the page, which notices whatever a page must not do.

FOVEA_SCREENSHOTS names a folder for pictures of every state that the tests see.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, expect, sync_playwright

from ..conftest import Server


expect.set_options(timeout=20_000)


@dataclass(frozen=True)
class Look:
    """A device and a colour scheme."""

    name: str
    width: int
    height: int
    scheme: str
    is_phone: bool


LOOKS = [
    Look(f"{device}-{scheme}", width, height, scheme, device == "phone")
    for device, width, height in [("desktop", 1280, 800), ("phone", 390, 844)]
    for scheme in ("light", "dark")
]


# Polling for a condition is out of the question: the page's policy forbids Playwright's eval.
SETTLED = """async () => {
    const isSeen = (image) => image.getBoundingClientRect().top < innerHeight;
    await Promise.allSettled([...document.images].filter(isSeen).map((image) => image.decode()));
    await Promise.allSettled(document.getAnimations().map((animation) => animation.finished));
}"""


@dataclass
class Offences:
    """What went wrong in the page, and which refusals of the server a test means to provoke."""

    found: list[str] = field(default_factory=list)
    expected_statuses: set[int] = field(default_factory=set)
    server_may_be_away: bool = False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or whichever Playwright has."""
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
             "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        yield browser
        browser.close()


@pytest.fixture(params=[LOOKS[0]], ids=lambda look: look.name)
def look(request: pytest.FixtureRequest) -> Look:
    """The desktop in light colours; a test that wants all looks is parametrised with `every_look`."""
    return request.param


# A phone and a desktop, one light and one dark, tell most; the others are for `make test-all`.
every_look = pytest.mark.parametrize(
    "look",
    [pytest.param(look, id=look.name, marks=[] if look.name in {"desktop-light", "phone-dark"} else pytest.mark.long)
     for look in LOOKS],
    indirect=True)


@pytest.fixture
def offences() -> Offences:
    return Offences()


@pytest.fixture
def page(browser: Browser, server: Server, look: Look, offences: Offences) -> Iterator[Page]:
    """A page of the server. The test fails if it logs an error, breaks its policy or asks anybody else."""
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height}, color_scheme=look.scheme, locale="en-GB",
        device_scale_factor=2 if look.is_phone else 1, has_touch=look.is_phone, is_mobile=look.is_phone)
    page = context.new_page()
    page.set_default_timeout(20_000)

    def check_request(request: Request) -> None:
        if not request.url.startswith((server.url + "/", "blob:", "data:")):
            offences.found.append(f"asked {request.url}")

    def check_response(response: Response) -> None:
        if response.status >= 400 and response.status not in offences.expected_statuses:
            offences.found.append(f"{response.status} for {response.url}")

    def check_failure(request: Request) -> None:
        was_cancelled = "ABORTED" in (request.failure or "")
        if not was_cancelled and not offences.server_may_be_away:
            offences.found.append(f"failed: {request.url} {request.failure}")

    def check_message(message: ConsoleMessage) -> None:
        # Refused and failed requests are judged above, by what the test expects.
        if message.type in {"error", "warning"} and not message.text.startswith("Failed to load resource"):
            offences.found.append(f"{message.type}: {message.text}")

    page.on("request", check_request)
    page.on("response", check_response)
    page.on("pageerror", lambda error: offences.found.append(f"threw {error}"))
    page.on("console", check_message)
    page.on("requestfailed", check_failure)
    page.goto(server.url)
    yield page
    # What a test answers in the server's place may be asked for again while the page is being closed.
    page.unroute_all(behavior="ignoreErrors")
    context.close()
    assert offences.found == []


@pytest.fixture
def shoot(page: Page, look: Look, tmp_path: Path) -> Callable[[str], None]:
    """Takes a picture of the page as it is; small movements are let run out first."""
    folder = Path(os.environ.get("FOVEA_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)

    def shoot(name: str, *, is_moving: bool = False) -> None:
        if not is_moving:
            page.evaluate(SETTLED)
        # The picture of the README travels with every clone, so it is a small JPEG.
        file = f"{look.name}-{name}.png" if name != "page" else "page.jpg"
        page.screenshot(path=folder / file, quality=None if name != "page" else 85)

    return shoot
