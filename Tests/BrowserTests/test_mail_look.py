"""What a person sees who opens a mail: in light and dark, on a phone, and with hostile words in it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from ..conftest import Server
from ..EndToEnd.mail_server import Arrived, MailServer
from .conftest import Look, every_look

HOSTILE = "holiday <script>document.title='owned'</script>\" onclick='x'><img src=http://127.0.0.1:9/x> & “Müller”.png"


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer("none")
    yield server
    server.stop()


def tell(binary: Path, server: Server, mail_server: MailServer, photo: str) -> Arrived:
    """The mail about a photo."""
    environment = {
        **os.environ, "FOVEA_SMTP_URL": f"smtp+plain://127.0.0.1:{mail_server.port}",
        "FOVEA_OWNER_EMAIL": "me@example.org", "FOVEA_PUBLIC_URL": server.url}
    command = [binary, "notify", "test", "owner", "--photo", photo, "--data", server.data]
    subprocess.run(command, env=environment, check=True, timeout=60)
    return mail_server.arrived[-1]


@every_look
def test_a_mail_can_be_read_and_does_nothing(
    browser: Browser, binary: Path, server: Server, mail_server: MailServer, photos: dict[str, Path], look: Look,
    tmp_path: Path,
) -> None:
    photo = server.upload(photos["astronaut"], HOSTILE)
    arrived = tell(binary, server, mail_server, photo["id"])
    assert arrived.message["Subject"].endswith(HOSTILE[-59:])
    assert HOSTILE in arrived.part("plain")

    context = browser.new_context(
        viewport={"width": look.width, "height": look.height}, color_scheme=look.scheme,
        device_scale_factor=2 if look.is_phone else 1, is_mobile=look.is_phone)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(arrived.part("html"))
    assert HOSTILE in page.inner_text("body")
    assert page.locator("script, img, [onclick]").count() == 0
    assert page.title().startswith("Fovea: ")
    assert asked == []
    for label in photo["analysis"]["labels"]:
        assert page.get_by_text(label["name"], exact=True).first.is_visible()
    assert page.get_by_role("link").get_attribute("href") == f"{server.url}/#/photo/{photo['id']}"
    # Nothing is wider than the screen.
    assert page.evaluate("document.documentElement.scrollWidth") <= look.width
    folder = Path(os.environ.get("FOVEA_SCREENSHOTS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=folder / f"{look.name}-mail.png", full_page=True)
    context.close()


def test_the_link_leads_to_the_photo(
    browser: Browser, binary: Path, server: Server, mail_server: MailServer, photos: dict[str, Path]
) -> None:
    photo = server.upload(photos["chelsea"], "cat.png")
    arrived = tell(binary, server, mail_server, photo["id"])
    page = browser.new_page()
    page.set_content(arrived.part("html"))
    page.get_by_role("link").click()
    page.get_by_role("dialog", name="cat.png").wait_for()
    page.close()
