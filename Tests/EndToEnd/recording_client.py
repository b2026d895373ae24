"""A client that puts photos in, replaces, repeats, reads and deletes them, and records what it may rely on."""

from __future__ import annotations

import hashlib
import http.client
import json
import random
import urllib.parse
from dataclasses import dataclass, field


class Broken(Exception):
    """The connection went before the whole answer was there: what was asked may have happened or not."""


@dataclass
class Key:
    """What may be under a key. One client alone writes it, so the order of events is known."""

    name: str
    # The SHA-256 of what may be there; `None` stands for nothing.
    possible: set[str | None] = field(default_factory=lambda: {None})
    # The ids that were acknowledged for it, by SHA-256.
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def certain(self) -> str | None:
        """The SHA-256 of what must be there, if anything must."""
        return next(iter(self.possible)) if len(self.possible) == 1 else None


class RecordingClient:
    """Does what clients do, by chance, with keys of its own. What contradicts its record becomes a complaint."""

    def __init__(self, number: int, pictures: list[bytes], keys: int) -> None:
        self.pictures = {hashlib.sha256(picture).hexdigest(): picture for picture in pictures}
        self.keys = [Key(f"c{number}k{place}.jpg") for place in range(keys)]
        self.gone: set[str] = set()
        self.complaints: list[str] = []
        self.counts: dict[str, int] = {}

    def work(self, port: int, chance: random.Random, most: int) -> None:
        """Up to `most` requests; ends early when the connection breaks."""
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            for _ in range(chance.randint(1, most)):
                self._one_of_all(chance)
        except Broken:
            self._count("broken connections")
        finally:
            self.connection.close()

    def _one_of_all(self, chance: random.Random) -> None:
        key = chance.choice(self.keys)
        new = chance.choice(list(self.pictures))
        if key.possible == {None}:
            if chance.random() < 0.25:
                self._form([key, *chance.sample([other for other in self.keys if other is not key], 3)], chance)
            else:
                self._upload(key, new, chance)
        elif len(key.possible) > 1 and chance.random() < 0.5:
            # As clients do when they do not know: the same again.
            self._upload(key, chance.choice([sha for sha in key.possible if sha]), chance)
        elif key.certain in key.ids:
            todo = chance.choices(
                [self._delete, self._read, self._thumbnail, self._repeat, self._upload], [3, 3, 3, 3, 2])[0]
            arguments = (key, new, chance) if todo == self._upload else (key,)
            todo(*arguments)
        elif key.ids:
            self._delete(key)
        elif key.certain:
            self._repeat(key)

    def _repeat(self, key: Key) -> None:
        self._upload(key, key.certain or "", random.Random(0))

    def _upload(self, key: Key, sha: str, chance: random.Random) -> None:
        query = {"key": key.name} | ({"wait": chance.choice(["0", "1", "5"])} if chance.random() < 0.3 else {})
        path = f"/api/v1/buckets/incoming/photos?{urllib.parse.urlencode(query)}"
        self._count("uploads")
        try:
            status, body = self._ask("POST", path, self.pictures[sha])
        except Broken:
            self._unknown(key, sha)
            raise
        if status not in (200, 201, 202):
            return self._complain(f"upload of {key.name} was answered {status}: {body[:200]!r}")
        self._acknowledged(key, sha, json.loads(body), is_new=status == 201)

    def _form(self, keys: list[Key], chance: random.Random) -> None:
        shas = chance.sample(list(self.pictures), len(keys))
        parts = b"".join(
            b'--frontier\r\nContent-Disposition: form-data; name="photo"; filename="' + key.name.encode()
            + b'"\r\n\r\n' + self.pictures[sha] + b"\r\n" for key, sha in zip(keys, shas))
        self._count("uploads", len(keys))
        try:
            status, body = self._ask(
                "POST", "/api/v1/buckets/incoming/photos", parts + b"--frontier--\r\n",
                {"Content-Type": "multipart/form-data; boundary=frontier"})
        except Broken:
            for key, sha in zip(keys, shas):
                self._unknown(key, sha)
            raise
        if status not in (200, 201):
            return self._complain(f"a form was answered {status}: {body[:200]!r}")
        for key, sha, document in zip(keys, shas, json.loads(body)["photos"], strict=True):
            self._acknowledged(key, sha, document, is_new=None)

    def _delete(self, key: Key) -> None:
        sha, identifier = next(iter(key.ids.items()))
        self._count("deletes")
        try:
            status, body = self._ask("DELETE", f"/api/v1/photos/{identifier}")
        except Broken:
            key.possible.add(None)
            raise
        if status == 204:
            self._count("deletes acknowledged")
            key.possible = {None}
        elif status == 404 and not key.certain:
            key.possible.discard(sha)
        else:
            return self._complain(f"delete of {key.name} was answered {status}: {body[:200]!r}")
        key.ids = {}
        self.gone.add(identifier)

    def _read(self, key: Key) -> None:
        sha = key.certain or ""
        status, body = self._ask("GET", f"/api/v1/photos/{key.ids[sha]}/original")
        if status != 200 or hashlib.sha256(body).hexdigest() != sha:
            self._complain(f"reading {key.name} gave {status} and {len(body)} bytes")

    def _thumbnail(self, key: Key) -> None:
        self._count("large thumbnails")
        status, body = self._ask("GET", f"/api/v1/photos/{key.ids[key.certain or '']}/thumbnail?size=1440")
        if status != 200 or body[:4] != b"RIFF":
            self._complain(f"the large thumbnail of {key.name} gave {status}: {body[:200]!r}")

    def _unknown(self, key: Key, sha: str) -> None:
        self._count("uploads unknown")
        if key.certain != sha:
            # It may be there anew, with an id that nobody was told.
            key.ids.pop(sha, None)
        key.possible.add(sha)

    def _acknowledged(self, key: Key, sha: str, document: dict, is_new: bool | None) -> None:
        self._count("uploads acknowledged")
        identifier = document["id"]
        if document["sha256"] != sha or document["key"] != key.name:
            self._complain(f"the upload of {key.name} was answered with another photo: {document}")
        if key.certain == sha and (key.ids.get(sha, identifier) != identifier or is_new):
            self._complain(f"the same bytes again under {key.name} made another photo")
        self.gone |= set(key.ids.values()) - {identifier}
        key.possible, key.ids = {sha}, {sha: identifier}

    def _ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        try:
            self.connection.request(method, path, body, headers or {})
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except TimeoutError:
            self._complain(f"{method} {path} was not answered within a minute")
            raise Broken from None
        except (OSError, http.client.HTTPException):
            raise Broken from None

    def _count(self, what: str, number: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + number

    def _complain(self, complaint: str) -> None:
        self.complaints.append(complaint)
