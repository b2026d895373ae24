"""Pages of other origins: one that the bucket lists puts photos in and shows what is in them, any other gets nothing.

The page is the one that docs/OPERATIONS.md gives for copying.
"""

from __future__ import annotations

import functools
import http.server
import json
import re
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from ..conftest import ROOT, Server

ASK = """async ([url, options, form]) => {
    let bytes = options.body && new Uint8Array(options.body);
    if (options.size) {
        bytes = new Uint8Array(options.size);
        bytes.set([0xff, 0xd8, 0xff, 0xe0]);
    }
    let body = bytes && new Blob([bytes], { type: options.type ?? "image/png" });
    if (form) {
        body = new FormData();
        body.append("photo", new Blob([bytes], { type: "image/png" }), "from-a-form.png");
    }
    try {
        const answer = await fetch(url, { method: options.method ?? "GET", mode: options.mode ?? "cors", body });
        const headers = Object.fromEntries(answer.headers);
        return { status: answer.status, headers, document: answer.type === "opaque" ? null : await answer.json() };
    } catch (error) {
        return { error: error.name };
    }
}"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def elsewhere(tmp_path: Path, server: Server) -> Iterator[str]:
    """The address of another web server, whose page is that of the documentation."""
    snippet = re.search(r"```html\n(.*?)```", (ROOT / "docs/OPERATIONS.md").read_text(), re.S)
    assert snippet
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    text = snippet.group(1).replace("https://photos.example.org", server.url)
    (folder / "index.html").write_text(f"<!doctype html><meta charset=utf-8><link rel=icon href=data:,>{text}")
    other = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=other.serve_forever, daemon=True).start()
    yield f"http://localhost:{other.server_port}"
    other.shutdown()
    other.server_close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[[str], Page]]:
    contexts = []

    def visit(address: str) -> Page:
        contexts.append(browser.new_context())
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield visit
    for context in contexts:
        context.close()


def set_rules(server: Server, bucket: str = "public", **rules: Any) -> None:
    request = urllib.request.Request(
        f"{server.url}/api/v1/buckets/{bucket}", json.dumps(rules).encode(), {"Content-Type": "application/json"},
        method="PATCH")
    with urllib.request.urlopen(request, timeout=20) as answer:
        assert answer.status == 200


def ask(page: Page, url: str, *, form: bool = False, body: bytes | None = None, **options: Any) -> Any:
    """What a page's script gets for a request."""
    if body is not None:
        options |= {"method": "POST", "body": list(body)}
    return page.evaluate(ASK, [url, options, form])


def test_a_listed_page_shows_what_is_in_a_photo(
    server: Server, elsewhere: str, visit: Callable[[str], Page], photos: dict[str, Path]
) -> None:
    set_rules(server, origins=["https://nobody.example", elsewhere])
    page = visit(elsewhere)
    page.set_input_files("#photo", photos["chelsea"])
    expect(page.locator("#seen")).to_contain_text("Cat")

    photo = server.request("/api/v1/photos?bucket=public")["photos"][0]
    assert photo["status"] == "analysed"
    # The bucket keeps nothing: soon neither the original nor what was made of it is on the disk.
    deadline = time.monotonic() + 30
    while list(server.data.rglob(f"*{photo['id']}*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not list(server.data.rglob(f"*{photo['id']}*"))
    assert server.request(f"/api/v1/photos/{photo['id']}")["analysis"]["labels"]


def test_another_page_gets_nothing(
    server: Server, elsewhere: str, visit: Callable[[str], Page], photos: dict[str, Path]
) -> None:
    set_rules(server, origins=["https://nobody.example", elsewhere.replace("localhost", "127.0.0.1"), elsewhere + "0"])
    page = visit(elsewhere)
    page.set_input_files("#photo", photos["chelsea"])
    expect(page.locator("#seen")).to_have_text("Fovea does not answer this page.")
    place = f"{server.url}/api/v1/buckets/public/photos"
    picture = photos["chelsea"].read_bytes()
    # A form and a plain text need no asking before: the browser sends them, and the server has to refuse.
    assert ask(page, place, body=picture, form=True) == {"error": "TypeError"}
    assert ask(page, place, body=picture, type="text/plain") == {"error": "TypeError"}
    ask(page, place, body=picture, type="text/plain", mode="no-cors")
    assert ask(page, f"{server.url}/api/v1/photos") == {"error": "TypeError"}
    assert server.request("/api/v1/photos")["photos"] == []
    assert first_arrival(server) == "first"


def first_arrival(server: Server) -> str:
    """Puts a photo in, and answers the key of the first photo that ever came in."""
    server.request("/api/v1/buckets/images/photos?key=first", method="POST", body=b"GIF89a")
    with urllib.request.urlopen(f"{server.url}/api/v1/events?after=0", timeout=20) as stream:
        for line in stream:
            if b'"key"' in line:
                return json.loads(line.removeprefix(b"data: "))["key"]
    raise AssertionError("the stream has ended")


def test_bodies_and_forms_and_reading_on(
    server: Server, elsewhere: str, visit: Callable[[str], Page], photos: dict[str, Path]
) -> None:
    set_rules(server, origins=[elsewhere], retention="keep")
    page = visit(elsewhere)
    place = f"{server.url}/api/v1/buckets/public/photos"
    picture = photos["coffee"].read_bytes()
    raw = ask(page, f"{place}?wait=30&key=raw.png", body=picture)
    assert raw["status"] == 201
    assert raw["document"]["analysis"]["labels"]
    assert re.fullmatch(r"[0-9a-f]{16}", raw["headers"]["x-request-id"])
    form = ask(page, f"{place}?wait=30", body=photos["chelsea"].read_bytes(), form=True)
    assert form["status"] == 201
    assert form["document"]["photos"][0]["key"] == "from-a-form.png"

    again = ask(page, f"{server.url}{raw['headers']['location']}?wait=5")
    assert again["document"]["id"] == raw["document"]["id"]
    shown = page.evaluate("""url => new Promise((resolve) => {
        const image = Object.assign(new Image(), { crossOrigin: "anonymous", src: url });
        image.onload = () => resolve(image.naturalWidth);
        image.onerror = () => resolve(0);
    })""", f"{server.url}{raw['headers']['location']}/thumbnail")
    assert shown == 256

    mine = server.upload(picture, "mine.png")
    assert ask(page, f"{server.url}/api/v1/photos/{mine['id']}") == {"error": "TypeError"}
    assert ask(page, f"{server.url}{raw['headers']['location']}", method="DELETE") == {"error": "TypeError"}
    assert ask(page, f"{server.url}/api/v1/buckets/images/photos", body=picture) == {"error": "TypeError"}
    assert len(server.request("/api/v1/photos")["photos"]) == 3


def test_a_page_may_read_why_it_is_refused(
    server: Server, elsewhere: str, visit: Callable[[str], Page], photos: dict[str, Path]
) -> None:
    set_rules(server, origins=["*"], allowance={"perMinute": 2, "perDay": 100})
    page = visit(elsewhere)
    page.set_input_files("#photo", {"name": "a.png", "mimeType": "image/png", "buffer": b"hello"})
    expect(page.locator("#seen")).to_contain_text("JPEG, PNG, WebP")
    place = f"{server.url}/api/v1/buckets/public/photos"
    large = ask(page, place, method="POST", size=50_000_001)
    assert (large["status"], large["document"]["code"]) == (413, "file_too_large")
    assert ask(page, f"{place}?key=a", body=photos["coffee"].read_bytes())["status"] == 201
    over = ask(page, f"{place}?key=b", body=photos["coffee"].read_bytes())
    assert (over["status"], over["document"]["code"]) == (429, "rate_limited")
    assert 1 <= int(over["headers"]["retry-after"]) <= 30
