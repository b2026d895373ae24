"""What was found in a photo is drawn over its picture and said beside it, and the two belong together."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from ..conftest import Server
from .conftest import every_look
from .pictures import amend, turned


@pytest.fixture
def look_at(page: Page, server: Server, photos: dict[str, Path]) -> Callable[[str], tuple[Locator, Any]]:
    """Puts a photo in and opens it: its dialog and its JSON."""

    def look_at(name: str) -> tuple[Locator, Any]:
        photo = server.upload(photos[name], photos[name].name)
        page.goto(f"{server.url}/#/photo/{photo['id']}")
        viewer = page.get_by_role("dialog", name=photos[name].name)
        expect(viewer.locator(".arrived")).to_be_visible()
        return viewer, photo

    return look_at


def opacity(element: Locator, value: str) -> None:
    expect(element).to_have_css("opacity", value)


# Where a box of the answer lies on the screen, from where the picture itself lies, and where its mark is drawn.
PLACES = """([image, mark, box]) => {
    const frame = image.getBoundingClientRect();
    const padding = parseFloat(getComputedStyle(image).paddingLeft);
    const [width, height] = [frame.width - 2 * padding, frame.height - 2 * padding];
    const scale = Math.min(width / image.naturalWidth, height / image.naturalHeight);
    const [across, down] = [image.naturalWidth * scale, image.naturalHeight * scale];
    const left = frame.left + padding + (width - across) / 2, top = frame.top + padding + (height - down) / 2;
    const drawn = mark.getBoundingClientRect();
    return {
        expected: [left + box.left * across, top + box.top * down, box.width * across, box.height * down],
        drawn: [drawn.left, drawn.top, drawn.width, drawn.height],
    };
}"""


def assert_aligned(page: Page, viewer: Locator, name: str, box: dict[str, float]) -> None:
    image = viewer.locator(".arrived").element_handle()
    outline = viewer.locator(f'.marks [data-mark="{name}"] .outline').first.element_handle()
    places = page.evaluate(PLACES, [image, outline, box])
    assert places["drawn"] == pytest.approx(places["expected"], abs=2)


@every_look
def test_a_face(
    page: Page, look_at: Callable[[str], tuple[Locator, Any]], shoot: Callable[..., None]
) -> None:
    viewer, photo = look_at("astronaut")
    [face] = photo["analysis"]["faces"]
    row = viewer.locator(".faces button")
    expect(row).to_have_text(re.compile(r"^Woman, \d+–\d+ · smiling"))
    mark = viewer.locator('.marks [data-mark="face 0"]')
    opacity(mark, "0")
    assert_aligned(page, viewer, "face 0", face["box"])

    faces = viewer.get_by_role("button", name="Faces")
    expect(faces).to_have_attribute("aria-pressed", "false")
    faces.click()
    expect(faces).to_have_attribute("aria-pressed", "true")
    opacity(mark, "1")
    shoot("faces")
    faces.click()
    opacity(mark, "0")

    row.click()
    expect(row).to_have_attribute("aria-pressed", "true")
    expect(mark).to_have_class(re.compile("lit"))
    opacity(viewer.locator(".shade"), "0.5")
    shoot("face")
    row.click()
    expect(row).to_have_attribute("aria-pressed", "false")


@every_look
def test_objects(page: Page, look_at: Callable[[str], tuple[Locator, Any]], shoot: Callable[..., None]) -> None:
    viewer, photo = look_at("astronaut")
    [person] = [label for label in photo["analysis"]["labels"] if label["name"] == "Person"]
    viewer.get_by_role("button", name="Objects").click()
    mark = viewer.locator('.marks [data-mark="object Person"]').first
    opacity(mark, "1")
    expect(mark.locator("text")).to_have_text("Person")
    assert_aligned(page, viewer, "object Person", person["instances"][0]["box"])
    shoot("objects")

    page.set_viewport_size({"width": 620, "height": 500})
    assert_aligned(page, viewer, "object Person", person["instances"][0]["box"])


@every_look
def test_colours(page: Page, look_at: Callable[[str], tuple[Locator, Any]], shoot: Callable[..., None]) -> None:
    viewer, photo = look_at("coffee")
    properties = photo["analysis"]["properties"]
    rows = viewer.locator(".colours li")
    expect(rows).to_have_text([
        re.compile(rf"^{colour['cssColor']} {int(colour['pixelPercent'] + .5)}\s%$") for colour in properties["dominantColors"]])
    red, green, blue = bytes.fromhex(properties["dominantColors"][0]["hexCode"][1:])
    expect(rows.first.locator("i")).to_have_css("background-color", f"rgb({red}, {green}, {blue})")
    for name, value in properties["quality"].items():
        expect(viewer.locator(".facts").first).to_contain_text(f"{name.capitalize()}{int(value + .5)} of 100")
    viewer.get_by_role("heading", name="Colours").scroll_into_view_if_needed()
    shoot("colours")


def test_colours_of_before(page: Page, server: Server, photos: dict[str, Path]) -> None:
    """A photo that was looked at before colours were is shown without."""
    photo = server.upload(photos["coffee"], "coffee.png")
    amend(page, lambda found: found["analysis"].pop("properties"))
    page.goto(f"{server.url}/#/photo/{photo['id']}")
    viewer = page.get_by_role("dialog")
    expect(viewer.get_by_role("heading", name="Details")).to_be_visible()
    expect(viewer.get_by_role("heading", name="Colours")).to_be_hidden()
    expect(viewer).not_to_contain_text("Brightness")


@every_look
def test_text(page: Page, look_at: Callable[[str], tuple[Locator, Any]], shoot: Callable[..., None]) -> None:
    viewer, photo = look_at("page")
    lines = [text for text in photo["analysis"]["text"] if text["type"] == "line"]
    rows = viewer.locator(".lines button")
    expect(rows).to_have_count(len(lines))
    expect(rows.first).to_have_text(lines[0]["text"])
    assert "segmentation" in lines[0]["text"]
    assert_aligned(page, viewer, "text 0", lines[0]["box"])
    viewer.get_by_role("button", name="Text", exact=False).first.click()
    opacity(viewer.locator('.marks [data-mark="text 0"]'), "1")
    shoot("text")


def test_copying(page: Page, look_at: Callable[[str], tuple[Locator, Any]]) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    viewer, photo = look_at("page")
    lines = [text["text"] for text in photo["analysis"]["text"] if text["type"] == "line"]
    viewer.get_by_role("button", name="Copy all").click()
    expect(viewer.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "\n".join(lines)
    viewer.locator(".lines button").nth(1).click()
    expect(viewer.locator(".lines .copied")).to_have_text(lines[1])
    assert page.evaluate("navigator.clipboard.readText()") == lines[1]


def test_pointing(page: Page, look_at: Callable[[str], tuple[Locator, Any]]) -> None:
    """A row lights its mark even where its layer is hidden; a mark that is shown lights its row."""
    viewer, _ = look_at("astronaut")
    row, mark = viewer.locator(".faces button"), viewer.locator('.marks [data-mark="face 0"]')
    row.hover()
    expect(mark).to_have_class(re.compile("lit"))
    opacity(mark, "1")
    viewer.get_by_role("heading", name="Details").hover()
    expect(mark).not_to_have_class(re.compile("lit"))

    viewer.get_by_role("button", name="Faces").click()
    mark.locator(".outline").hover()
    expect(row).to_have_class(re.compile("lit"))

    label = viewer.get_by_role("link", name=re.compile("^Person"))
    label.hover()
    expect(viewer.locator('.marks [data-mark="object Person"]').first).to_have_class(re.compile("lit"))


def test_keys(page: Page, look_at: Callable[[str], tuple[Locator, Any]]) -> None:
    viewer, _ = look_at("astronaut")
    for key, name in [("o", "Objects"), ("f", "Faces")]:
        page.keyboard.press(key)
        expect(viewer.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
        page.keyboard.press(key)
        expect(viewer.get_by_role("button", name=name)).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("t")  # nothing to read, so no such layer
    for _ in range(20):
        page.keyboard.press("Tab")
        if viewer.locator(".faces button:focus-visible").count():
            break
    expect(viewer.locator('.marks [data-mark="face 0"]')).to_have_class(re.compile("lit"))


def test_layers_stay_from_photo_to_photo(
    page: Page, server: Server, photos: dict[str, Path], look_at: Callable[[str], tuple[Locator, Any]]
) -> None:
    server.upload(photos["astronaut"], "another.png")
    viewer, _ = look_at("astronaut")
    page.reload()  # the grid did not have them yet
    expect(viewer.get_by_role("button", name="The next photo")).to_be_enabled()
    page.keyboard.press("f")
    page.keyboard.press("ArrowRight")
    another = page.get_by_role("dialog", name="another.png")
    expect(another.get_by_role("button", name="Faces")).to_have_attribute("aria-pressed", "true")
    opacity(another.locator('.marks [data-mark="face 0"]'), "1")


def test_the_next_photo_may_come_later_than_the_photo(page: Page, server: Server, photos: dict[str, Path]) -> None:
    server.upload(photos["coffee"], "coffee.png")
    photo = server.upload(photos["astronaut"], "astronaut.png")
    held: list[Route] = []
    # The grid, not the look whether something came while the stream of events was opened.
    page.route("**/api/v1/photos?*limit=60*", lambda route: held.append(route))
    page.goto(f"{server.url}/#/photo/{photo['id']}")
    page.reload()
    following = page.get_by_role("dialog", name="astronaut.png").get_by_role("button", name="The next photo")
    expect(following).to_be_disabled()
    held[-1].continue_()
    expect(following).to_be_enabled()


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_turned(page: Page, server: Server, photos: dict[str, Path], orientation: int) -> None:
    """Boxes are relative to the upright picture, which is what is shown."""
    photo = server.upload(turned(photos["rocket"].read_bytes(), orientation), "turned.jpg")
    box = {"left": 0.1, "top": 0.2, "width": 0.3, "height": 0.5}
    label = {"name": "Thing", "confidence": 99, "parents": [], "instances": [{"box": box, "confidence": 99}]}
    amend(page, lambda found: found["analysis"].update(labels=[label]))
    page.goto(f"{server.url}/#/photo/{photo['id']}")
    viewer = page.get_by_role("dialog")
    image = viewer.locator(".arrived")
    expect(image).to_be_visible()
    is_tall = image.evaluate("image => image.naturalHeight > image.naturalWidth")
    assert is_tall == (photo["height"] > photo["width"]) == (orientation in {6, 8})
    assert_aligned(page, viewer, "object Thing", box)


def test_a_crowd(page: Page, server: Server, photos: dict[str, Path]) -> None:
    photo = server.upload(photos["astronaut"], "astronaut.png")
    amend(page, lambda photo: photo["analysis"].update(faces=photo["analysis"]["faces"] * 30))
    page.goto(f"{server.url}/#/photo/{photo['id']}")
    viewer = page.get_by_role("dialog")
    expect(viewer.locator(".faces button:visible")).to_have_count(8)
    viewer.get_by_role("button", name="Show all 30 faces").click()
    expect(viewer.locator(".faces button:visible")).to_have_count(30)
    expect(viewer.locator(".faces button").nth(8)).to_be_focused()


def test_every_format_is_shown_large(page: Page, server: Server, photos: dict[str, Path]) -> None:
    """The large thumbnail is a WebP, whatever the original is."""
    photo = server.upload(photos["retina"], "retina.jpg")
    with page.expect_response(re.compile(r"thumbnail\?size=1440")) as answer:
        page.goto(f"{server.url}/#/photo/{photo['id']}")
    assert answer.value.headers["content-type"] == "image/webp"
    longest = min(1440, max(photo["width"], photo["height"]))
    expect(page.get_by_role("dialog").locator(".arrived")).to_be_visible()
    size = page.get_by_role("dialog").locator(".arrived").evaluate("({naturalWidth: w, naturalHeight: h}) => [w, h]")
    assert max(size) == longest
