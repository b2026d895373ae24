"""What could not be delivered is said above the photos, with the reason and what can be done about it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ..conftest import Server
from ..EndToEnd.webhook_receiver import Answer, Receiver
from ..EndToEnd.test_survival import until
from .conftest import every_look


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Wants nothing, until it is told to."""
    receiver = Receiver()
    receiver.answers["/hook"] = Answer(410)
    yield receiver
    receiver.stop()


@pytest.fixture
def server(start_server: Callable[..., Server], receiver: Receiver) -> Server:
    server = start_server(environment={"FOVEA_WEBHOOK_ALLOW": "127.0.0.1"})
    rules = json.dumps({"notify": [receiver.url("/hook")], "analyses": ["labels"]}).encode()
    server.request("/api/v1/buckets/incoming", method="PATCH", body=rules)
    return server


@every_look
def test_it_is_tried_again_or_taken_out(
    page: Page, server: Server, receiver: Receiver, photos: dict[str, Path], shoot: Callable[..., None]
) -> None:
    notice = page.get_by_label("What could not be delivered")
    expect(notice).to_be_hidden()
    page.set_input_files("#files", [photos["chelsea"], photos["coffee"], photos["rocket"]])
    expect(notice.get_by_text("3 messages could not be delivered")).to_be_visible()
    expect(notice.get_by_role("button")).to_have_count(0)
    shoot("untold-shut")
    notice.locator("summary").click()
    entries = notice.get_by_role("listitem")
    expect(entries).to_have_count(3)
    expect(entries.filter(has_text="chelsea.png was looked at")).to_contain_text("127.0.0.1 answered 410 Gone")
    shoot("untold")

    entries.filter(has_text="chelsea.png").get_by_role("button", name="Discard").click()
    expect(entries).to_have_count(2)
    entries.filter(has_text="coffee.png").get_by_role("button", name="Try again").click()
    until(lambda: len(receiver.taken) == 4 and server.request("/api/v1/outbox?limit=0")["undeliverable"] == 2)
    expect(notice.get_by_text("2 messages could not be delivered")).to_be_visible()
    receiver.answers.clear()
    notice.get_by_role("button", name="Try all again").click()
    expect(notice).to_be_hidden()
    until(lambda: len(receiver.taken) == 6)
    told = {json.loads(taken.body)["photo"]["key"].split("/")[-1] for taken in receiver.taken[-2:]}
    assert told == {"coffee.png", "rocket.jpg"}


def test_who_is_only_away_is_named_after_some_tries(page: Page, server: Server) -> None:
    delivery = {
        "key": "a.1.0", "recipient": "ann@example.org", "type": "alert", "alert": "cars", "photoKey": "drive/car.jpg",
        "createdAt": "2026-11-20T11:40:03.101Z", "tries": 2, "standing": "waiting",
        "nextTry": "2026-11-20T11:40:19.870Z", "problem": "mail.example.org does not answer"}
    outbox = {"waiting": 1, "undeliverable": 0, "deliveries": [delivery]}
    page.route(re.compile("/api/v1/outbox"), lambda route: route.fulfill(json=outbox))
    page.goto(f"{server.url}/?again")
    notice = page.get_by_label("What could not be delivered")
    expect(page.get_by_role("heading", name="No photos yet")).to_be_visible()
    expect(notice).to_be_hidden()
    delivery["tries"] = 3
    page.goto(f"{server.url}/?once-more")
    notice.get_by_text("1 message could not be delivered yet").click()
    expect(notice.get_by_role("listitem")).to_contain_text("ann@example.org · alert “cars”: car.jpg")
    expect(notice.get_by_role("listitem")).to_contain_text("mail.example.org does not answer. Tried 3 times; again at")
