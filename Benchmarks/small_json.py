"""Small JSON answers, asked for with wrk: Fovea's, and the same bytes as a file from nginx."""

from __future__ import annotations

import getpass
import re
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from Benchmarks.photos import Photo
from Benchmarks.service import Fovea, upload

CONNECTIONS = 8
SECONDS = 3


@dataclass
class SmallJSON:
    """Answers a second of one path; those of one index ran one after the other."""

    name: str
    size: int
    fovea: list[float] = field(default_factory=list)
    nginx: list[float] = field(default_factory=list)

    @property
    def ratios(self) -> list[float]:
        return [ours / theirs for ours, theirs in zip(self.fovea, self.nginx)]


class Nginx:
    """nginx that serves a folder, for our eyes only."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        configuration = folder / "nginx.conf"
        # As Debian sets it up, but without its log, which Fovea has none of either, and with connections that last.
        configuration.write_text(f"""
            daemon off;
            user {getpass.getuser()};
            worker_processes auto;
            pid {folder}/nginx.pid;
            error_log {folder}/nginx.log;
            events {{ worker_connections 768; }}
            http {{
                access_log off;
                sendfile on;
                tcp_nopush on;
                keepalive_requests 1000000000;
                default_type application/json;
                client_body_temp_path {folder}/body;
                proxy_temp_path {folder}/proxy;
                fastcgi_temp_path {folder}/fastcgi;
                scgi_temp_path {folder}/scgi;
                uwsgi_temp_path {folder}/uwsgi;
                server {{ listen 127.0.0.1:{self.port}; root {folder}/files; }}
            }}""")
        self.process = subprocess.Popen(["/usr/sbin/nginx", "-e", folder / "nginx.log", "-c", configuration])
        deadline = time.perf_counter() + 10
        while time.perf_counter() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("nginx did not start")

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)


def measure(photos: list[Photo], folder: Path, rounds: int, say: Callable[[str], None]) -> list[SmallJSON]:
    """A photo's document and `/healthz`, both servers in turn."""
    service = Fovea(folder / "json")
    files = folder / "nginx" / "files"
    files.mkdir(parents=True)
    photo = next(photo for photo in photos if photo.kind == "1 MP JPEG")
    connection = service.connect()
    identifier = upload(connection, photo, wait=60)["id"]
    connection.close()
    results = []
    paths = {"a photo": f"/api/v1/photos/{identifier}", "/healthz": "/healthz"}
    for name, path in paths.items():
        body = service.get(path)
        (files / path.rsplit("/", 1)[1]).write_bytes(body)
        results.append(SmallJSON(name, len(body)))
    nginx = Nginx(folder / "nginx")
    try:
        for number in range(rounds):
            say(f"small JSON, round {number + 1} of {rounds}")
            for result, path in zip(results, paths.values()):
                result.fovea.append(answers_a_second(service.port, path))
                result.nginx.append(answers_a_second(nginx.port, "/" + path.rsplit("/", 1)[1]))
                say(f"  {result.name:<10} Fovea {result.fovea[-1]:8.0f}/s, nginx {result.nginx[-1]:8.0f}/s")
    finally:
        nginx.stop()
        service.stop()
    return results


def answers_a_second(port: int, path: str) -> float:
    """What wrk counts; throws when an answer is anything but a success."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", f"http://127.0.0.1:{port}{path}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    if "Non-2xx" in said or "Socket errors" in said or rate is None:
        raise RuntimeError(f"wrk met errors at {path}:\n{said}")
    return float(rate.group(1))
