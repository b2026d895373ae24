"""Puts many files in at once and says what became of each."""

from __future__ import annotations

import http.client
import json
import threading
import time
import urllib.parse
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from ...conftest import Server

# Seconds without any photo settling: longer than a decoder may take for one at all its tries.
PATIENCE = 120


@dataclass
class Outcome:
    """What became of one file."""

    name: str
    kind: str
    http: int
    document: dict[str, Any] = field(default_factory=dict)

    @property
    def refused(self) -> bool:
        return self.http >= 400

    @property
    def status(self) -> str:
        return "refused" if self.refused else self.document.get("status", "unknown")

    @property
    def code(self) -> str:
        if self.refused:
            return self.document.get("code", "")
        return self.document.get("error", {}).get("code", "") or self.status

    @property
    def sentence(self) -> str:
        if self.refused:
            return self.document.get("detail", "")
        return self.document.get("error", {}).get("message", "")


class Trial:
    """A server and the files that are put into it."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._local = threading.local()

    def ask(self, method: str, path: str, body: bytes | None = None) -> tuple[int, bytes]:
        """A status and a body, over a connection of this thread's own."""
        if not hasattr(self._local, "connection"):
            self._local.connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        connection = self._local.connection
        try:
            connection.request(method, path, body)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (ConnectionError, http.client.HTTPException):
            # An answer that came before the whole body was sent ends the connection; so do other faults.
            connection.close()
            raise

    def put(self, file: tuple[str, str, bytes]) -> Outcome:
        name, kind, data = file
        query = urllib.parse.urlencode({"key": name})
        status, answer = self.ask("POST", f"/api/v1/buckets/incoming/photos?{query}", data)
        return Outcome(name, kind, status, json.loads(answer))

    def run(self, files: Iterable[tuple[str, str, bytes]]) -> list[Outcome]:
        """Puts in all files (name, kind, bytes), several at a time; returns when each is settled."""
        with ThreadPoolExecutor(4) as pool:
            outcomes = list(pool.map(self.put, files))
        last = time.monotonic()
        for outcome in outcomes:
            while not outcome.refused and outcome.status in ("queued", "analysing"):
                _, answer = self.ask("GET", f"/api/v1/photos/{outcome.document['id']}")
                outcome.document = json.loads(answer)
                assert time.monotonic() < last + PATIENCE, f"stuck as {outcome.status}: {outcome.name}"
                time.sleep(0.02)
            last = time.monotonic()
        return outcomes
