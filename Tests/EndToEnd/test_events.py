"""The stream of events, read by a real client: across `kill -9` no event is missed and none comes twice."""

from __future__ import annotations

import http.client
import json
import signal
import threading
import urllib.error
from collections.abc import Callable
from dataclasses import dataclass

from ..conftest import Server
from .pictures import png


@dataclass(frozen=True)
class Event:
    number: int
    kind: str
    photo: str


class EventClient:
    """Reads events as a browser does: it remembers the last id, and comes back with it when the stream breaks."""

    def __init__(self, last: int | None = None) -> None:
        self.last = last
        self.events: list[Event] = []
        self.resets = 0
        self.ended_well = False

    def read(self, port: int, until: Callable[[EventClient], bool]) -> None:
        """Reads until the condition holds or the stream ends."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {} if self.last is None else {"Last-Event-ID": str(self.last)}
        self.ended_well = False
        try:
            connection.request("GET", "/api/v1/events", headers=headers)
            answer = connection.getresponse()
            assert answer.status == 200
            block: dict[str, str] = {}
            while line := answer.readline().decode():
                if line != "\n":
                    name, _, value = line.rstrip("\n").partition(": ")
                    block[name] = value
                    continue
                self.take(block)
                block = {}
                if until(self):
                    return
            self.ended_well = True
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()

    def take(self, block: dict[str, str]) -> None:
        self.last = int(block.get("id", self.last))
        kind = block.get("event", "start")
        if kind == "reset":
            self.resets += 1
        elif kind != "start":
            self.events.append(Event(int(block["id"]), kind, json.loads(block["data"])["photo"]))


def all_events(server: Server, count: int) -> list[Event]:
    client = EventClient(0)
    client.read(server.port, lambda client: len(client.events) == count)
    return client.events


def test_nothing_is_missed_when_the_server_is_killed(start_server: Callable[..., Server]) -> None:
    server = start_server()
    port = server.port
    client = EventClient()
    sent, rounds = 0, 4
    for number in range(rounds):
        started, is_last = threading.Event(), number == rounds - 1

        def is_done(client: EventClient, started=started, is_last=is_last) -> bool:
            started.set()
            settled = [event for event in client.events if event.kind in {"analysed", "failed"}]
            return is_last and len(settled) == 6 * rounds

        reader = threading.Thread(target=client.read, args=(port, is_done))
        reader.start()
        assert started.wait(60)
        while sent < 6 * (number + 1):
            server.upload(png(64, 64, sent), f"{sent}.png", wait=0)
            sent += 1
        if not is_last:
            server.stop(signal.SIGKILL)
            reader.join(60)
            server = start_server(port=port)
        else:
            reader.join(120)
        assert not reader.is_alive()

    numbers = [event.number for event in client.events]
    assert numbers == sorted(set(numbers))
    assert client.resets == 0
    assert client.events == all_events(server, len(client.events))
    photos = {event.photo for event in client.events}
    assert len(photos) == 6 * rounds
    for kind in ("queued", "analysed"):
        assert sorted(event.photo for event in client.events if event.kind == kind) == sorted(photos)


def test_a_stream_ends_whole_when_the_server_stops(server: Server) -> None:
    client = EventClient()
    started = threading.Event()

    def go_on(_: EventClient) -> bool:
        started.set()
        return False

    reader = threading.Thread(target=client.read, args=(server.port, go_on))
    reader.start()
    assert started.wait(60)
    assert server.stop() == 0
    reader.join(60)
    # Had the server waited for it in vain, and cut it off, its end would be missing.
    assert client.ended_well


def test_those_who_leave_make_room(server: Server) -> None:
    streams = []
    for _ in range(256):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", "/api/v1/events")
        streams.append((connection, connection.getresponse()))
        assert streams[-1][1].status == 200
    try:
        server.request("/api/v1/events")
        raise AssertionError("there should be no room")
    except urllib.error.HTTPError as refusal:
        assert refusal.code == 503
        assert json.loads(refusal.read())["code"] == "too_many_streams"
    for connection, answer in streams[:100]:
        answer.close()
        connection.close()
    taken = 0
    while taken < 100:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        connection.request("GET", "/api/v1/events")
        answer = connection.getresponse()
        if answer.status == 200:
            taken += 1
            streams.append((connection, answer))
    server.upload(png(64, 64, 1), "for-all.png", wait=0)
    for _, answer in streams[100:]:
        while (line := answer.readline()) and not line.startswith(b"event: queued"):
            pass
        assert line
    for connection, answer in streams[100:]:
        answer.close()
        connection.close()
