"""A server that is killed again and again while clients use it, and the audit of what it leaves."""

from __future__ import annotations

import hashlib
import random
import signal
import statistics
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

from ..conftest import Server
from .data_folder import crash_image, database_complaints, file_complaints, processes_of
from .photographs import is_picture
from .recording_client import RecordingClient
from .test_survival import until


class Siege:
    """A data folder whose servers are killed again and again while clients use them."""

    def __init__(self, binary: Path, folder: Path, models: Path, clients: list[RecordingClient], seed: int) -> None:
        self.binary, self.folder, self.data, self.clients = binary, folder, folder / "data", clients
        self.seed, self.chance = seed, random.Random(seed)
        self.environment = {"FOVEA_MODELS": str(models), "FOVEA_LOG": "info"}
        self.complaints: list[str] = []
        self.counts: Counter[str] = Counter()
        self.seconds_to_ready: list[float] = []
        # Each server was launched in a session of its own.
        self.sessions: list[int] = []

    def start(self) -> Server:
        began = time.monotonic()
        server = Server.start(self.binary, self.data, environment=self.environment)
        self.seconds_to_ready.append(time.monotonic() - began)
        return server

    def round(self, number: int, requests: int) -> None:
        """One life of a server, ended by SIGKILL, while it starts, while it works or while it stops."""
        self.counts["rounds"] += 1
        if self.chance.random() < 0.2:
            process = Server.launch(self.binary, self.data, environment=self.environment)
            time.sleep(self.chance.uniform(0, 0.3))
            process.kill()
            output = process.communicate()[0]
            self.counts["kills before ready"] += "is ready" not in output
            return self.look_after_death(process.pid)
        server = self.start()
        chances = [random.Random(f"{self.seed} {number} {place}") for place in range(len(self.clients))]
        work = [
            threading.Thread(target=client.work, args=(server.port, chance, requests))
            for client, chance in zip(self.clients, chances)]
        for thread in work:
            thread.start()
        time.sleep(self.chance.uniform(0, self.chance.choice([0.3, 1.5])))
        if self.chance.random() < 0.15:
            self.counts["kills while stopping"] += 1
            server.process.terminate()
            time.sleep(self.chance.uniform(0, 0.1))
        server.stop(signal.SIGKILL)
        for thread in work:
            thread.join()
        self.look_after_death(server.process.pid)

    def look_after_death(self, session: int) -> None:
        self.sessions.append(session)
        lent, damage = crash_image(self.data, self.folder / "copy")
        self.counts["photos interrupted in a lane"] += lent
        self.complaints += damage

    def audit(self, seconds: float) -> None:
        """Starts a server for the last time, lets it finish, and compares everything with the clients' records."""
        server = self.start()
        try:
            until(lambda: all(photo["status"] in ("analysed", "failed") for photo in listed(server)), seconds)
            photos = {photo["id"]: photo for photo in listed(server)}
            self.compare(server, photos)
            self.search(server, list(photos.values()))
        finally:
            self.sessions.append(server.process.pid)
            self.complaints += [] if server.stop() == 0 else ["the last server did not stop in order"]
        until(lambda: not any(map(processes_of, self.sessions)), 10)
        self.complaints += database_complaints(self.data, set(photos)) + file_complaints(self.data, set(photos))
        self.counts["photos at the end"] = len(photos)

    def compare(self, server: Server, photos: dict[str, dict[str, Any]]) -> None:
        there = {photo["key"]: photo for photo in photos.values()}
        keys = {key.name: key for client in self.clients for key in client.keys}
        self.complaints += [f"nobody sent {name}" for name in there.keys() - keys.keys()]
        for name, key in keys.items():
            photo = there.get(name)
            if (photo and photo["sha256"]) not in key.possible:
                self.complaints.append(f"{name} is {photo and photo['sha256']}, but could be {key.possible} alone")
            if not photo:
                continue
            if photo["status"] != "analysed" or photo["id"] != key.ids.get(photo["sha256"], photo["id"]):
                self.complaints.append(
                    f"{name} is {photo['status']} as {photo['id']}, but was acknowledged as {key.ids}")
            if hashlib.sha256(fetched(server, f"{photo['id']}/original")).hexdigest() != photo["sha256"]:
                self.complaints.append(f"the original of {name} is not what was sent")
            if not is_picture(fetched(server, f"{photo['id']}/thumbnail")):
                self.complaints.append(f"the thumbnail of {name} is no picture")
        for identifier in set().union(*(client.gone for client in self.clients)):
            for path in (identifier, f"{identifier}/original", f"{identifier}/thumbnail"):
                if fetched(server, path):
                    self.complaints.append(f"{path} was deleted or replaced, and is there")

    def search(self, server: Server, photos: list[dict[str, Any]]) -> None:
        for photo in self.chance.sample(photos, min(20, len(photos))):
            labels = [label["name"] for label in photo["analysis"]["labels"]][:1]
            for query in [("q", photo["key"]), *(("label", label) for label in labels)]:
                if photo["id"] not in {found["id"] for found in listed(server, dict([query]))}:
                    self.complaints.append(f"{query} does not find {photo['key']}")

    def summary(self) -> str:
        for client in self.clients:
            self.counts.update(client.counts)
            self.complaints += client.complaints
        ready = sorted(self.seconds_to_ready)
        return f"\nkill -9, seed {self.seed}: " + "; ".join(
            [f"{what} {number}" for what, number in self.counts.items()]
            + [f"seconds to ready {ready[0]:.2f}, median {statistics.median(ready):.2f}, at most {ready[-1]:.2f}"])


def listed(server: Server, query: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """All photos that match, page by page."""
    photos, more = [], {}
    while True:
        page = server.request(f"/api/v1/photos?{urllib.parse.urlencode({'limit': 200, **(query or {}), **more})}")
        photos += page["photos"]
        if not page.get("next"):
            return photos
        more = {"cursor": page["next"]}


def fetched(server: Server, path: str) -> bytes:
    """The bytes at the path of a photo; none when there is no such thing."""
    try:
        with urllib.request.urlopen(f"{server.url}/api/v1/photos/{path}", timeout=60) as answer:
            return answer.read()
    except urllib.error.HTTPError as error:
        assert error.code == 404, f"{path} was answered {error.code}"
        return b""
