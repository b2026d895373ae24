"""A receiver of webhooks that deduplicates by key, as receivers should, and does not always answer as it should."""

from __future__ import annotations

import json
import random
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Arrival:
    """An announcement that was taken for the first time."""

    at: float
    message: dict[str, Any]


class FlakyReceiver:
    """Takes webhooks at a loopback address. With `chance`, one in six requests goes wrong: it is refused with 500, or read
    and taken, but the connection ends without an answer."""

    def __init__(self, chance: random.Random | None = None, port: int = 0) -> None:
        self.arrivals: dict[str, Arrival] = {}
        self.repeats = self.refused = self.hung_up = 0
        self.complaints: list[str] = []
        self._changed = threading.Condition()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with receiver._changed:
                    fate = chance.random() if chance else 1.0
                    if fate < 1 / 12:
                        receiver.refused += 1
                        return self._answer(500)
                    receiver._take(self.headers["webhook-id"], json.loads(body))
                    if fate < 1 / 6:
                        receiver.hung_up += 1
                        self.close_connection = True
                        return None
                return self._answer(204)

            def _answer(self, status: int) -> None:
                self.send_response(status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def handle(self) -> None:
                # Whoever sends may be killed at any moment.
                try:
                    super().handle()
                except OSError:
                    pass

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def port(self) -> int:
        return self._server.server_address[1]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def wait(self, count: int, seconds: float = 60) -> list[dict[str, Any]]:
        """The messages that have arrived, once there are so many."""
        with self._changed:
            enough = self._changed.wait_for(lambda: len(self.arrivals) >= count, seconds)
            assert enough, f"only {len(self.arrivals)} of {count} arrived within {seconds} s"
            return [arrival.message for arrival in self.arrivals.values()]

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _take(self, key: str, message: dict[str, Any]) -> None:
        if known := self.arrivals.get(key):
            self.repeats += 1
            if known.message != message:
                self.complaints.append(f"{key} came again with other words")
        else:
            self.arrivals[key] = Arrival(time.time(), message)
            self._changed.notify_all()
