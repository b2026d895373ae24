"""The outbox: what cannot be told waits, is shown with its reason, and is told later or taken out."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ..conftest import Server
from .flaky_receiver import FlakyReceiver
from .test_survival import until

ALLOWED = {"FOVEA_WEBHOOK_ALLOW": "127.0.0.1"}


@pytest.fixture
def fovea(binary: Path, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a command on the folder of the test's servers."""
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [binary, *arguments], env={**os.environ, "FOVEA_DATA": str(tmp_path / "data")}, capture_output=True,
            text=True, timeout=60)

    return run


def told(server: Server, *recipients: str) -> None:
    """Has everybody told of what comes into `incoming`."""
    rules = json.dumps({"notify": recipients, "analyses": ["labels"]}).encode()
    server.request("/api/v1/buckets/incoming", method="PATCH", body=rules)


def outbox(server: Server) -> Any:
    return server.request("/api/v1/outbox")


def test_who_was_away_is_told_once_he_is_back(
    start_server: Callable[..., Server], photos: dict[str, Path], fovea: Callable[..., Any]
) -> None:
    receiver = FlakyReceiver()
    port = receiver.port
    receiver.stop()
    server = start_server(environment=ALLOWED)
    told(server, f"http://user:password@127.0.0.1:{port}/hook/secret?token=secret")
    photo = server.upload(photos["chelsea"], "chelsea")
    until(lambda: outbox(server)["waiting"] == 1 and outbox(server)["deliveries"][0]["tries"] >= 1)
    [delivery] = outbox(server)["deliveries"]
    assert delivery["standing"] == "waiting" and delivery["photo"] == photo["id"] and delivery["nextTry"]
    assert delivery["recipient"] == f"http://127.0.0.1:{port}/hook/…"
    said = fovea("outbox").stdout
    assert "1 delivery waiting." in said and "chelsea was looked at" in said and "tried" in said

    receiver = FlakyReceiver(port=port)
    receiver.wait(1)
    until(lambda: outbox(server)["waiting"] == 0)
    assert list(receiver.arrivals) == [delivery["key"]]
    assert fovea("outbox").stdout == "Everything was told.\n"
    server.stop()
    receiver.stop()
    log = server.log.read_text()
    assert "could not tell" in log and "told" in log
    assert "secret" not in log and "password" not in log


def test_what_was_given_up_waits_for_a_person(
    start_server: Callable[..., Server], photos: dict[str, Path], fovea: Callable[..., Any]
) -> None:
    receiver = FlakyReceiver()
    server = start_server(environment={"FOVEA_WEBHOOK_ALLOW": ""})
    told(server, receiver.url)
    for name in ("chelsea", "coffee", "rocket"):
        server.upload(photos[name], name)
    until(lambda: outbox(server)["undeliverable"] == 3)
    keys = {delivery["photoKey"]: delivery["key"] for delivery in outbox(server)["deliveries"]}
    said = fovea("outbox").stdout
    assert "3 deliveries could not be made" in said and "given up, tried once" in said
    assert "FOVEA_WEBHOOK_ALLOW=127.0.0.1" in said
    assert fovea("outbox", "discard", keys["rocket"]).returncode == 0
    assert fovea("outbox", "discard", keys["rocket"]).returncode == 1
    server.stop()

    # Without a server, the commands answer for the folder themselves.
    assert "2 deliveries could not be made" in fovea("outbox").stdout
    one = fovea("outbox", "retry", keys["coffee"])
    assert one.returncode == 0 and "1 delivery is tried again." in one.stdout and "No server runs" in one.stdout
    server = start_server(environment=ALLOWED)
    receiver.wait(1)
    assert "1 delivery is tried again." in fovea("outbox", "retry", "all").stdout
    messages = receiver.wait(2)
    assert {message["photo"]["key"] for message in messages} == {"chelsea", "coffee"}
    until(lambda: json.loads(fovea("outbox", "--json").stdout) == {"deliveries": [], "undeliverable": 0, "waiting": 0})
    figures = server.bytes("/metrics").decode()
    assert 'fovea_outbox_deliveries{state="undeliverable"} 0.0' in figures
    assert 'fovea_deliveries_total{outcome="delivered"} 2.0' in figures
    receiver.stop()


def test_wrong_usage(server: Server, fovea: Callable[..., Any]) -> None:
    for arguments, words in [
        (["retry"], "needs the key"), (["retry", "Not A Key"], "no key of a delivery"), (["sing"], "no action"),
        (["discard", "all!"], "no key of a delivery"), (["list", "x"], "takes nothing more"),
    ]:
        wrong = fovea("outbox", *arguments)
        assert wrong.returncode == 2 and words in wrong.stderr, wrong
    gone = fovea("outbox", "retry", "gone")
    assert gone.returncode == 1 and "no delivery with this key" in gone.stderr
