"""The services that are measured, started fresh each time: Fovea, and the same pipeline in Python."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from Benchmarks.models import FOLDER, ROOT, labels_only
from Benchmarks.photos import Photo


class Service:
    """A server process with a data folder of its own."""

    def __init__(self, command: list[str | Path], data: Path, environment: dict[str, str] | None = None) -> None:
        self.data = data
        self.log = data.with_name(f"{data.name}.log")
        self.started = time.perf_counter()
        with self.log.open("w") as errors:
            self.process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=errors, text=True, cwd=ROOT,
                env={**os.environ, **(environment or {})})

    @property
    def pid(self) -> int:
        return self.process.pid

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def get(self, path: str) -> bytes:
        connection = self.connect()
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise RuntimeError(f"GET {path} was answered {answer.status}: {body[:500]!r}")
        return body

    def settled(self) -> int:
        """How many photos are analysed and stored."""
        raise NotImplementedError

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=60)
        finally:
            self.process.kill()
            if self.process.stdout:
                self.process.stdout.close()


class Fovea(Service):
    """`fovea serve`, the release build; with the model for labels alone, or with all."""

    def __init__(self, data: Path, *, all_models: bool = False) -> None:
        binary = Path(os.environ.get("FOVEA_BINARY") or ROOT / ".build/release/fovea")
        super().__init__(
            [binary, "serve", "--port", "0", "--data", data], data,
            {"FOVEA_MODELS": str(FOLDER if all_models else labels_only(data.with_name(f"{data.name}-models"))),
             "FOVEA_LOG": "error"})
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if ready := re.search(r"is ready at http://127\.0\.0\.1:(\d+)", line):
                self.seconds_to_ready = time.perf_counter() - self.started
                self.port = int(ready.group(1))
                return
        raise RuntimeError(f"Fovea did not get ready:\n{self.log.read_text()}")

    def settled(self) -> int:
        return int(self.metric('fovea_photos_settled_total{outcome="analysed"}'))

    def metric(self, series: str) -> float:
        """The value of one series at `/metrics`; 0 when nothing was counted yet."""
        for line in self.get("/metrics").decode().splitlines():
            name, _, value = line.rpartition(" ")
            if name == series:
                return float(value)
        return 0

    def stages(self) -> dict[str, dict[str, float]]:
        """The histogram of each stage of a lane: by `le` how many took at most so long; their `sum` and `count`."""
        found: dict[str, dict[str, float]] = {}
        for line in self.get("/metrics").decode().splitlines():
            if part := re.match(r'fovea_stage_seconds_(\w+)\{stage="(\w+)"(?:,le="(\S+)")?\} (\S+)', line):
                kind, stage, bound, value = part.groups()
                found.setdefault(stage, {})[bound or kind] = float(value)
        return found


class PlainPython(Service):
    """Benchmarks/plain_python.py under gunicorn: two workers, each with four threads for requests and one lane."""

    def __init__(self, data: Path) -> None:
        data.mkdir()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        super().__init__(
            [sys.executable, "-m", "gunicorn", "--workers", "2", "--worker-class", "gthread", "--threads", "4",
             "--keep-alive", "60", "--bind", f"127.0.0.1:{self.port}", "Benchmarks.plain_python:make_app()"],
            data, {"PLAIN_PYTHON_DATA": str(data), "OPENBLAS_NUM_THREADS": "1"})
        deadline = time.perf_counter() + 60
        while time.perf_counter() < deadline:
            try:
                if json.loads(self.get("/settled"))["lanes"] == 2:
                    return
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(0.05)
        raise RuntimeError(f"the Python service did not get ready:\n{self.log.read_text()}")

    def settled(self) -> int:
        return json.loads(self.get("/settled"))["photos"]


def upload(connection: http.client.HTTPConnection, photo: Photo, *, prefix: str = "", wait: int = 0) -> Any:
    """Puts a photo in on a connection that stays open; answers its JSON."""
    query = f"?key={prefix}{photo.key}" + (f"&wait={wait}" if wait else "")
    connection.request("POST", f"/api/v1/buckets/incoming/photos{query}", photo.content())
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 201:
        raise RuntimeError(f"the upload of {photo.key} was answered {answer.status}: {body[:500]!r}")
    return json.loads(body)


def upload_all(service: Service, photos: list[Photo], *, connections: int = 8, prefix: str = "") -> float:
    """Puts all photos in and waits until all are analysed; answers the seconds from the first byte to then."""
    already = service.settled()
    waiting = iter(photos)
    lock = threading.Lock()
    failures: list[Exception] = []

    def send() -> None:
        connection = service.connect()
        try:
            while True:
                with lock:
                    photo = next(waiting, None)
                if photo is None:
                    return
                upload(connection, photo, prefix=prefix)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    start = time.perf_counter()
    senders = [threading.Thread(target=send) for _ in range(connections)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    if failures:
        raise failures[0]
    deadline = start + 300
    while service.settled() - already < len(photos):
        if time.perf_counter() > deadline:
            raise RuntimeError(f"only {service.settled() - already} of {len(photos)} photos were analysed")
        time.sleep(0.05)
    return time.perf_counter() - start
