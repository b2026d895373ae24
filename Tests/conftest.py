"""What every test against the real binary needs: the binary, a running server, and photos to put in.

FOVEA_BINARY names the binary; without it, the one that `swift build` made is taken, release before debug.
"""

from __future__ import annotations

import importlib.util
import json
import os
import re
import signal
import subprocess
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Server:
    """A running `fovea serve` with a data folder of its own."""

    url: str
    data: Path
    log: Path
    process: subprocess.Popen[str]

    @classmethod
    def start(cls, binary: Path, data: Path, **options: Any) -> Server:
        """Starts the binary and waits for the line that says where it is ready; the options are those of `launch`."""
        process = cls.launch(binary, data, **options)
        watchdog = threading.Timer(30, process.kill)
        watchdog.start()
        log = cls.log_of(data)
        try:
            assert process.stdout is not None
            for line in process.stdout:
                if ready := re.search(r"is ready at (http://\S+)", line):
                    return cls(ready.group(1), data, log, process)
        finally:
            watchdog.cancel()
        raise AssertionError(f"the server did not get ready:\n{log.read_text()}")

    @classmethod
    def launch(
        cls, binary: Path, data: Path, *, port: int = 0, options: Sequence[str] = (),
        environment: dict[str, str] | None = None, prefix: Sequence[str | Path] = ()
    ) -> subprocess.Popen[str]:
        """Starts the binary, at the end of the command `prefix`. All it starts in turn is of its session, so that what
        it leaves behind can be found."""
        with cls.log_of(data).open("a") as errors:
            return subprocess.Popen(
                [*prefix, binary, "serve", "--port", str(port), "--data", data, *options], stdout=subprocess.PIPE,
                stderr=errors, text=True, env={**os.environ, **(environment or {})}, start_new_session=True)

    @staticmethod
    def log_of(data: Path) -> Path:
        """Where the servers on a data folder log."""
        return data.with_name(f"{data.name}.log")

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])

    def request(self, path: str, *, method: str = "GET", body: bytes | None = None) -> Any:
        """The JSON that the server answers; an HTTP error is raised as `urllib.error.HTTPError`."""
        text = self.bytes(path, method=method, body=body)
        return json.loads(text) if text else None

    def bytes(self, path: str, *, method: str = "GET", body: bytes | None = None) -> bytes:
        """The body that the server answers; an HTTP error is raised as `urllib.error.HTTPError`."""
        asked = urllib.request.Request(self.url + path, data=body, method=method)
        with urllib.request.urlopen(asked, timeout=70) as answer:
            return answer.read()

    def upload(self, photo: Path | bytes, key: str, *, wait: int = 30) -> Any:
        """Puts a photo into the bucket `incoming`; answers its JSON."""
        body = photo if isinstance(photo, bytes) else photo.read_bytes()
        query = urllib.parse.urlencode({"key": key, "wait": wait})
        return self.request(f"/api/v1/buckets/incoming/photos?{query}", method="POST", body=body)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ends the process, politely or not; answers its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(how)
        try:
            return self.process.wait(timeout=30)
        finally:
            self.process.kill()
            if self.process.stdout:
                self.process.stdout.close()


@pytest.fixture(scope="session")
def binary() -> Path:
    """The binary under test."""
    given = os.environ.get("FOVEA_BINARY")
    built = [ROOT / ".build" / kind / "fovea" for kind in ("release", "debug")]
    for candidate in [Path(given)] if given else built:
        if candidate.is_file():
            return candidate.resolve()
    pytest.fail("There is no binary to test. Run `swift build`, or set FOVEA_BINARY.")


@pytest.fixture
def start_server(binary: Path, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers, by default all on the same data folder, and stops them at the end of the test."""
    servers: list[Server] = []

    def start(data: Path = tmp_path / "data", **options: Any) -> Server:
        servers.append(Server.start(binary, data, **options))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def server(start_server: Callable[..., Server]) -> Server:
    """A server with nothing in it."""
    return start_server()


@pytest.fixture(scope="session")
def photos() -> dict[str, Path]:
    """Real photos by name, out of two wheels that are never imported (Tests/requirements-photos.txt)."""
    folders = [("skimage", "data"), ("sklearn", "datasets/images")]
    found: dict[str, Path] = {}
    for package, folder in folders:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            pytest.fail("The test photos are missing: pip install --no-deps -r Tests/requirements-photos.txt")
        for path in sorted((Path(spec.origin).parent / folder).iterdir()):
            if path.suffix in {".png", ".jpg"}:
                found[path.stem] = path
    return found
