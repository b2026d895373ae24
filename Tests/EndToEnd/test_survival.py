"""What dies and what does not: the decoder, and the server itself."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from ..conftest import Server
from .pictures import png


def decoders(server: Server) -> list[int]:
    """The confined children of the server that burn processor time right now."""
    children = Path(f"/proc/{server.process.pid}/task").glob("*/children")
    return [int(child) for listing in children for child in listing.read_text().split()]


def ticks(process: int) -> int:
    """How long a process has used a processor, in ticks of the clock."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(fields[11]) + int(fields[12])


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.005)


def status(server: Server, photo: str) -> str:
    return server.request(f"/api/v1/photos/{photo}")["status"]


def test_a_decoder_killed_in_the_middle_of_an_image(server: Server) -> None:
    neighbours = [server.upload(png(64, 64, seed), f"{seed}.png", wait=0)["id"] for seed in range(5)]
    until(lambda: all(status(server, photo) == "analysed" for photo in neighbours))

    before = {child: ticks(child) for child in decoders(server)}
    large = server.upload(png(9_000, 9_000), "large.png", wait=0)["id"]
    until(lambda: any(ticks(child) > before.get(child, 0) + 20 for child in decoders(server)))
    assert status(server, large) == "analysing"
    busy = max(decoders(server), key=lambda child: ticks(child) - before.get(child, 0))
    os.kill(busy, signal.SIGKILL)

    more = [server.upload(png(64, 64, seed), f"{seed}.png", wait=30) for seed in range(5, 10)]
    assert [photo["status"] for photo in more] == ["analysed"] * 5
    until(lambda: status(server, large) == "analysed")
    assert all(status(server, photo) == "analysed" for photo in neighbours)
    log = server.log.read_text()
    assert log.count("a worker died over the photo") == 1
    assert busy not in decoders(server)


def test_what_was_acknowledged_survives_kill_9(start_server: Callable[..., Server]) -> None:
    server = start_server()
    photos = {f"{seed}.png": png(600, 600, seed) for seed in range(30)}
    ids = {key: server.upload(data, key, wait=0)["id"] for key, data in photos.items()}
    server.stop(signal.SIGKILL)

    again = start_server()
    until(lambda: all(status(again, photo) == "analysed" for photo in ids.values()))
    listed = again.request("/api/v1/photos?limit=200")["photos"]
    assert {photo["key"]: photo["id"] for photo in listed} == ids
    assert all(photo["bytes"] == len(photos[photo["key"]]) for photo in listed)
    assert list((again.data / "incoming").iterdir()) == []


def test_an_idle_decoder_rests(server: Server) -> None:
    server.upload(png(64, 64), "a.png")
    children = decoders(server)
    before = sum(map(ticks, children))
    for _ in range(100):
        server.request("/healthz")
        time.sleep(0.01)
    # A hundred ticks a second is a whole core; a process that waits uses none.
    assert sum(map(ticks, children)) - before <= 5


def test_the_children_go_with_the_server(server: Server) -> None:
    server.upload(png(64, 64), "a.png")
    children = decoders(server)
    assert children
    server.stop(signal.SIGKILL)
    until(lambda: not any(Path(f"/proc/{child}/stat").exists() for child in children), 10)
