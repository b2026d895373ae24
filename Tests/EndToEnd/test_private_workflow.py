"""The bucket `private` as it is from the first start: a photo goes in, one e-mail comes out, the photo is gone."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image

from ..conftest import Server
from .certificates import Authority
from .mail_server import PASSWORD, USER, MailServer
from .test_survival import until

OWNER = "me@example.org"


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[Callable[..., MailServer]]:
    """Starts a mail server with STARTTLS and a login."""
    certificate = Authority(tmp_path).certificate("IP:127.0.0.1")
    servers: list[MailServer] = []

    def start(port: int = 0) -> MailServer:
        servers.append(MailServer("start", certificate, port))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


def settings(port: int, tmp_path: Path) -> dict[str, str]:
    login = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}"
    return {
        "FOVEA_SMTP_URL": f"smtp://{login}@127.0.0.1:{port}", "FOVEA_SMTP_CA": str(tmp_path / "ca.pem"),
        "FOVEA_MAIL_FROM": "fovea@example.org", "FOVEA_OWNER_EMAIL": OWNER,
        "FOVEA_PUBLIC_URL": "https://photos.example.org"}


def photo_of_a_place(path: Path) -> bytes:
    """The picture with what a camera in Paris would have written."""
    exif = Image.Exif()
    exif[0x0110] = "Test Camera"
    exif.get_ifd(0x8769)[0x9003] = "2024:07:14 12:30:00"
    exif.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 24.0), 3: "E", 4: (2.0, 21.0, 3.0)})
    file = io.BytesIO()
    Image.open(path).convert("RGB").save(file, "JPEG", quality=92, exif=exif)
    return file.getvalue()


def put(server: Server, picture: bytes, key: str) -> Any:
    return server.request(f"/api/v1/buckets/private/photos?wait=60&key={key}", method="POST", body=picture)


def files_of(server: Server, photo: str) -> list[str]:
    return [str(path) for path in server.data.rglob("*") if photo in path.name]


def test_one_mail_and_the_photo_is_gone(
    start_server: Callable[..., Server], mail: Callable[..., MailServer], photos: dict[str, Path], tmp_path: Path
) -> None:
    box = mail()
    server = start_server(environment=settings(box.port, tmp_path))
    picture = photo_of_a_place(photos["astronaut"])
    photo = put(server, picture, "holiday.jpg")
    assert photo["status"] == "analysed"
    until(lambda: box.arrived)
    [arrived] = box.arrived
    assert arrived.was_encrypted and arrived.was_logged_in
    assert (arrived.sender, arrived.recipients) == ("fovea@example.org", [OWNER])
    assert "holiday.jpg" in arrived.message["Subject"]
    for kind in ("plain", "html"):
        text = arrived.part(kind)
        for label in photo["analysis"]["labels"][:3]:
            assert label["name"] in text
        assert "48.85" in text and "2.35" in text and "2024" in text and "Test Camera" in text
        assert "woman" in text.lower() and photo["id"] in text

    until(lambda: "erasedAt" in server.request(f"/api/v1/photos/{photo['id']}"))
    assert files_of(server, photo["id"]) == []
    with closing(sqlite3.connect(server.data / "catalog.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM vector").fetchone() == (0,)
    [row] = server.request("/api/v1/results?bucket=private")["photos"]
    assert row["id"] == photo["id"] and row["analysis"]["labels"]

    # The same picture again is the same photo, and nobody is told twice, nor after a restart.
    assert put(server, picture, "holiday.jpg")["id"] == photo["id"]
    server.stop()
    server = start_server(environment=settings(box.port, tmp_path))
    other = put(server, photos["coffee"].read_bytes(), "coffee.png")
    until(lambda: len(box.arrived) == 2)
    assert other["id"] in box.arrived[1].part("plain")
    assert server.request("/api/v1/outbox")["deliveries"] == []


def test_a_mail_server_that_was_away_gets_it_once_it_is_back(
    start_server: Callable[..., Server], mail: Callable[..., MailServer], photos: dict[str, Path], tmp_path: Path
) -> None:
    away = mail()
    port = away.port
    away.stop()
    server = start_server(environment=settings(port, tmp_path))
    photo = put(server, photos["coffee"].read_bytes(), "coffee.png")
    until(lambda: server.request("/api/v1/outbox")["deliveries"][0]["tries"] >= 1)
    [delivery] = server.request("/api/v1/outbox")["deliveries"]
    assert delivery["photo"] == photo["id"] and str(port) in delivery["problem"] and PASSWORD not in str(delivery)

    # Also when the one who wanted to tell was killed meanwhile, and the picture is gone.
    until(lambda: "erasedAt" in server.request(f"/api/v1/photos/{photo['id']}"))
    server.process.kill()
    server.process.wait()
    box = mail(port)
    server = start_server(environment=settings(port, tmp_path))
    until(lambda: box.arrived, seconds=120)
    until(lambda: not server.request("/api/v1/outbox")["deliveries"])
    [arrived] = box.arrived
    assert arrived.message["X-Fovea-Delivery"] == delivery["key"]
    assert photo["id"] in arrived.part("plain") and "Coffee" in arrived.part("plain")


def test_without_an_address_nobody_is_told(server: Server, photos: dict[str, Path]) -> None:
    photo = put(server, photos["coffee"].read_bytes(), "coffee.png")
    until(lambda: "erasedAt" in server.request(f"/api/v1/photos/{photo['id']}"))
    until(lambda: not server.request("/api/v1/outbox")["deliveries"])
