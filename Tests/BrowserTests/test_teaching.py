"""A label is taught on a photo, rejected on another, and reviewed in the view of taught labels."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from ..conftest import Server
from ..EndToEnd.photographs import small_photos
from .conftest import Offences, every_look

KINDS = ("chelsea", "coffee", "rocket")


@pytest.fixture(autouse=True)
def library(server: Server, photos: dict[str, Path]) -> dict[str, list[str]]:
    """Six different pictures each of a cat, a cup and a rocket: their ids."""
    made = small_photos({kind: photos[kind] for kind in KINDS}, 18)
    ids: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for number, data in enumerate(made):
        kind = sorted(KINDS)[number % 3]
        ids[kind].append(server.upload(data, f"{kind}-{number}.jpg")["id"])
    return ids


def teach(server: Server, name: str, **verdicts: list[str]) -> dict:
    body = json.dumps({"name": name, **verdicts}).encode()
    return server.request("/api/v1/labels/taught", method="POST", body=body)


def open_photo(page: Page, server: Server, photo: str) -> Locator:
    page.goto(f"{server.url}/#/photo/{photo}")
    viewer = page.locator("#viewer")
    expect(viewer).to_be_visible()
    return viewer


@every_look
def test_a_label_is_taught_on_a_photo_and_taken_off_another(
    page: Page, server: Server, library: dict[str, list[str]], shoot: Callable[..., None]
) -> None:
    cats = library["chelsea"]
    teach(server, "My Cat", yes=cats[:2])
    viewer = open_photo(page, server, cats[2])
    viewer.get_by_role("button", name="Label", exact=True).click()
    box = viewer.get_by_role("combobox", name="What is it?")
    expect(box).to_be_focused()
    shoot("teaching")
    box.fill("My Cat")
    box.press("Enter")
    expect(viewer.get_by_role("status").filter(has_text="My Cat is now on 6 photos")).to_be_visible()
    expect(viewer.get_by_role("link", name="My Cat")).to_be_visible()
    shoot("taught-photo")

    page.goto(f"{server.url}/?q=label:%22My+Cat%22")
    expect(page.locator(".photo")).to_have_count(6)
    viewer = open_photo(page, server, cats[5])
    viewer.get_by_role("button", name="Not My Cat").click()
    expect(viewer.get_by_role("status").filter(has_text="no longer My Cat")).to_be_visible()
    expect(viewer.get_by_role("link", name="My Cat")).to_have_count(0)
    labels = [label["name"] for label in server.request(f"/api/v1/photos/{cats[5]}")["analysis"]["labels"]]
    assert "My Cat" not in labels


def test_too_few_examples_say_how_many_are_missing(page: Page, server: Server, library: dict[str, list[str]]) -> None:
    viewer = open_photo(page, server, library["coffee"][0])
    viewer.get_by_role("button", name="Label", exact=True).press("Enter")
    page.keyboard.type("Our mug")
    page.keyboard.press("Enter")
    expect(viewer.get_by_role("status").filter(has_text="needs 2 more photos")).to_be_visible()
    expect(viewer.get_by_role("button", name="Label", exact=True)).to_be_focused()
    # Escape leaves the question, not the photo.
    page.keyboard.press("Enter")
    expect(viewer.get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(viewer.get_by_role("combobox")).to_have_count(0)
    expect(viewer).to_be_visible()


def test_a_name_that_is_none_is_refused_in_words(
    page: Page, server: Server, library: dict[str, list[str]], offences: Offences
) -> None:
    offences.expected_statuses.add(400)
    viewer = open_photo(page, server, library["coffee"][0])
    viewer.get_by_role("button", name="Label", exact=True).click()
    viewer.get_by_role("combobox").fill("---")
    viewer.get_by_role("button", name="Add").click()
    expect(viewer.get_by_role("status").filter(has_text="The name of a label is")).to_be_visible()
    expect(viewer.get_by_role("combobox")).to_be_enabled()


@every_look
def test_the_view_of_taught_labels(
    page: Page, server: Server, library: dict[str, list[str]], shoot: Callable[..., None]
) -> None:
    teach(server, "My Cat", yes=library["chelsea"][:3], no=library["rocket"][:1])
    teach(server, "Our Mug", yes=library["coffee"][:2])
    page.reload()
    page.get_by_role("button", name="Taught labels").click()
    view = page.get_by_role("dialog", name="Taught labels")
    cat = view.get_by_role("region", name="My Cat")
    expect(cat).to_contain_text("3 of 3 right")
    expect(cat.locator(".pictures").first.get_by_role("link")).to_have_count(6)
    expect(view.get_by_role("region", name="Our Mug")).to_contain_text("needs 1 more photo")
    unsure = cat.get_by_role("button", name=re.compile("^Yes, My Cat"))
    expect(unsure.first).to_be_visible()
    shoot("taught-labels")

    unsure.first.press("Enter")
    expect(cat.get_by_role("status")).to_contain_text("told 4 yes, 1 no")
    cat.get_by_role("button", name=re.compile("^No, not My Cat")).first.click()
    expect(cat.get_by_role("status")).to_contain_text("told 4 yes, 2 no")
    page.keyboard.press("Escape")
    expect(view).to_be_hidden()
    expect(page.locator(".photo")).to_have_count(18)


def test_out_as_a_file_and_in_again(
    page: Page, server: Server, library: dict[str, list[str]], tmp_path: Path, offences: Offences
) -> None:
    teach(server, "My Cat", yes=library["chelsea"][:3])
    page.goto(f"{server.url}/#/labels")
    view = page.get_by_role("dialog", name="Taught labels")
    with page.expect_download() as download:
        view.get_by_role("link", name="Export").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert json.loads(file.read_text())["name"] == "My Cat"
    view.get_by_role("button", name="Delete").click()
    view.get_by_role("button", name="Delete for good?").click()
    expect(view).to_contain_text("My Cat is forgotten")
    expect(view).to_contain_text("After three photos")
    view.locator("input[type=file]").set_input_files(file)
    expect(view.get_by_role("region", name="My Cat")).to_contain_text("3 of 3 right")

    offences.expected_statuses.add(422)
    file.write_text("{}")
    view.locator("input[type=file]").set_input_files(file)
    expect(view.locator(".status")).to_contain_text("This file is no taught label")
