"""`kill -9` at any moment: whoever deduplicates by key is told of each photo exactly once, and nothing is left over.

FOVEA_KILL_SEED repeats the choices of a run.
"""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ..conftest import Server
from .flaky_receiver import FlakyReceiver
from .photographs import small_photos
from .test_kill import label_models  # noqa: F401
from .test_survival import until


class Sender:
    """Puts photos in one after the other and repeats what was not acknowledged, as clients do."""

    def __init__(self, pictures: dict[str, bytes]) -> None:
        self.left = dict(pictures)
        self.acknowledged: dict[str, str] = {}

    def work(self, port: int) -> None:
        """Goes on until all are in or the server breaks off."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            for key, picture in list(self.left.items()):
                query = urllib.parse.urlencode({"key": key})
                connection.request("POST", f"/api/v1/buckets/told/photos?{query}", picture)
                answer = connection.getresponse()
                photo = json.loads(answer.read())
                assert answer.status in (200, 201), photo
                # Nothing replaces it, so it stays the same photo whoever asks.
                assert self.acknowledged.setdefault(key, photo["id"]) == photo["id"]
                del self.left[key]
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()


@pytest.fixture
def chance() -> random.Random:
    seed = int(os.environ.get("FOVEA_KILL_SEED") or random.SystemRandom().randrange(1_000_000))
    print(f"seed {seed}")
    return random.Random(seed)


@pytest.fixture
def receiver(chance: random.Random) -> Iterator[FlakyReceiver]:
    receiver = FlakyReceiver(random.Random(chance.random()))
    yield receiver
    receiver.stop()


def besiege(
    start: Callable[..., Server], receiver: FlakyReceiver, models: Path, pictures: list[bytes], chance: random.Random, *,
    kills: int, seconds: float
) -> str:
    environment = {"FOVEA_MODELS": str(models), "FOVEA_WEBHOOK_ALLOW": "127.0.0.1"}
    server = start(environment=environment)
    rules = json.dumps({"notify": [receiver.url], "analyses": ["labels"]}).encode()
    server.request("/api/v1/buckets/told", method="PUT", body=rules)
    senders = [
        Sender({f"{place}-{number}.jpg": picture for number, picture in enumerate(pictures[place::3])})
        for place in range(3)]
    for _ in range(kills):
        work = [threading.Thread(target=sender.work, args=(server.port,)) for sender in senders]
        for thread in work:
            thread.start()
        # As long as it takes to get some in, to look at some, or to tell some.
        time.sleep(chance.uniform(0, chance.choice([0.3, 1, 3])))
        server.stop(signal.SIGKILL)
        for thread in work:
            thread.join()
        server = start(environment=environment)
    while any(sender.left for sender in senders):
        for sender in senders:
            sender.work(server.port)
    photos = {identifier for sender in senders for identifier in sender.acknowledged.values()}
    assert len(photos) == len(pictures)
    # A pause after a failure may be a minute; the wait is for the events, not for a time.
    until(lambda: server.request("/api/v1/jobs")["waiting"] == 0 and not left(server), seconds)

    told = [arrival.message for arrival in receiver.arrivals.values()]
    assert receiver.complaints == []
    assert sorted(message["photo"]["id"] for message in told) == sorted(photos)
    assert all(message["type"] == "photo.analysed" for message in told)
    assert server.request("/api/v1/outbox") == {"waiting": 0, "undeliverable": 0, "deliveries": []}
    return (
        f"\n{len(told)} photos, {kills} kills: each told under one key; {receiver.refused} refused with 500, "
        f"{receiver.hung_up} read without an answer, {receiver.repeats} told again under their key")


def left(server: Server) -> int:
    outbox = server.request("/api/v1/outbox?limit=0")
    return outbox["waiting"] + outbox["undeliverable"]


def test_a_few_kills_tell_each_photo_once(
    start_server, receiver, label_models, photos, chance, capsys  # noqa: F811
) -> None:
    said = besiege(
        start_server, receiver, label_models, small_photos(photos, 40), chance, kills=4, seconds=120)
    with capsys.disabled():
        print(said)


@pytest.mark.long
def test_many_kills_tell_each_of_300_photos_once(
    start_server, receiver, label_models, photos, chance, capsys  # noqa: F811
) -> None:
    said = besiege(
        start_server, receiver, label_models, small_photos(photos, 300), chance, kills=25, seconds=900)
    with capsys.disabled():
        print(said)
