"""Webhooks as a receiver sees them, and what they may not be sent to."""

from __future__ import annotations

import os
import re
import socket
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from .certificates import Authority
from .webhook_receiver import Answer, Receiver

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.stop()


@pytest.fixture
def run(binary: Path, tmp_path: Path) -> Run:
    """Runs a command on a data folder; webhooks may go to 127.0.0.1 unless the test says otherwise."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "FOVEA_DATA": str(data), "FOVEA_WEBHOOK_ALLOW": "127.0.0.1", **settings}
        return subprocess.run([binary, *arguments], env=environment, capture_output=True, text=True, timeout=60)

    return run


def test_a_receiver_of_the_standard_can_verify_it(run: Run, receiver: Receiver, tmp_path: Path) -> None:
    told = run("notify", "test", receiver.url("/hook?token=x"))
    assert (told.returncode, told.stderr) == (0, "")
    [taken] = receiver.taken
    secret = run("webhooks", "secret").stdout.strip()
    message = Webhook(secret).verify(taken.body, taken.headers)
    assert taken.path == "/hook?token=x"
    assert message == {"id": taken.headers["webhook-id"], "type": "test", "at": message["at"]}
    assert taken.headers["idempotency-key"] == taken.headers["webhook-id"]
    assert taken.headers["content-type"] == "application/json"
    assert re.fullmatch(r"Fovea/[\d.]+", taken.headers["user-agent"])
    assert stat.S_IMODE((tmp_path / "data" / "webhook-secret").stat().st_mode) == 0o600
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(taken.body + b" ", taken.headers)


def test_both_secrets_verify_while_one_is_replaced(run: Run, receiver: Receiver) -> None:
    old = run("webhooks", "secret").stdout.strip()
    new = run("webhooks", "secret", "--rotate").stdout.strip()
    assert new != old and run("webhooks", "secret").stdout.strip() == new
    run("notify", "test", receiver.url())
    for secret in (old, new):
        Webhook(secret).verify(receiver.taken[0].body, receiver.taken[0].headers)


def test_a_secret_of_the_environment(run: Run, receiver: Receiver) -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    run("notify", "test", receiver.url(), FOVEA_WEBHOOK_SECRET=secret)
    Webhook(secret).verify(receiver.taken[0].body, receiver.taken[0].headers)
    refused = run("webhooks", "secret", "--rotate", FOVEA_WEBHOOK_SECRET=secret)
    assert refused.returncode == 1 and "FOVEA_WEBHOOK_SECRET" in refused.stderr


@pytest.mark.parametrize("host", [
    "127.0.0.1", "localhost", "LocalHost", "0.0.0.0", "[::]", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[::127.0.0.1]", "[64:ff9b::7f00:1]", "2130706433", "0x7f000001", "017700000001", "0177.0.0.1", "0x7f.1", "127.1",
    "0", socket.gethostname()])
def test_no_spelling_of_this_machine_is_reached(run: Run, receiver: Receiver, host: str) -> None:
    refused = run("notify", "test", receiver.url(host=host), FOVEA_WEBHOOK_ALLOW="")
    assert refused.returncode == 1
    assert receiver.taken == []
    assert "FOVEA_WEBHOOK_ALLOW=" in refused.stderr


@pytest.mark.parametrize(("allowed", "host"), [
    ("127.0.0.1", "127.0.0.1"), ("127.0.0.0/8", "localhost"), ("localhost", "localhost"), ("127.0.0.1", "2130706433"),
    ("10.0.0.0/8, 127.0.0.1", "[::ffff:127.0.0.1]")])
def test_what_is_allowed_is_reached(run: Run, receiver: Receiver, allowed: str, host: str) -> None:
    assert run("notify", "test", receiver.url(host=host), FOVEA_WEBHOOK_ALLOW=allowed).returncode == 0
    assert len(receiver.taken) == 1


def test_no_proxy_of_the_environment_is_asked(run: Run, receiver: Receiver) -> None:
    proxy = Receiver()
    told = run("notify", "test", receiver.url(), http_proxy=proxy.url(), ALL_PROXY=proxy.url())
    assert told.returncode == 0 and len(receiver.taken) == 1 and proxy.taken == []
    proxy.stop()


def test_a_redirect_that_keeps_the_body_is_followed(run: Run, receiver: Receiver) -> None:
    receiver.answers["/a"] = Answer(307, {"Location": "/b"})
    receiver.answers["/b"] = Answer(308, {"Location": receiver.url("/c")})
    assert run("notify", "test", receiver.url("/a")).returncode == 0
    assert [taken.path for taken in receiver.taken] == ["/a", "/b", "/c"]
    secret = run("webhooks", "secret").stdout.strip()
    Webhook(secret).verify(receiver.taken[2].body, receiver.taken[2].headers)


@pytest.mark.parametrize("status", [301, 302, 303])
def test_a_redirect_that_loses_the_body_is_no_arrival(run: Run, receiver: Receiver, status: int) -> None:
    receiver.answers["/a"] = Answer(status, {"Location": "/b"})
    refused = run("notify", "test", receiver.url("/a"))
    assert refused.returncode == 1 and f"redirect {status}" in refused.stderr
    assert len(receiver.taken) == 1


@pytest.mark.parametrize("host", [
    "127.0.0.1", "localhost", "0.0.0.0", "[::ffff:127.0.0.1]", "2130706433", "ip4.localhost@127.0.0.1",
    "ip4.localhost:80@127.0.0.1", "x:ip4.localhost@127.0.0.1", "127.0.0.1%00.ip4.localhost"])
def test_a_redirect_leads_nowhere_that_is_not_allowed(run: Run, receiver: Receiver, host: str) -> None:
    inner = Receiver()
    receiver.answers["/a"] = Answer(307, {"Location": inner.url(host=host)})
    refused = run("notify", "test", receiver.url("/a", host="ip4.localhost"), FOVEA_WEBHOOK_ALLOW="ip4.localhost")
    assert refused.returncode == 1 and "given up" in refused.stderr
    assert "FOVEA_WEBHOOK_ALLOW=" in refused.stderr or "%00" in host
    assert len(receiver.taken) == 1 and inner.taken == []
    inner.stop()


@pytest.mark.parametrize("location", [r"http://ip4.localhost\@HOST/", r"http://HOST\@ip4.localhost/", "//HOST/", "http:HOST/"])
def test_no_reader_of_a_url_is_fooled(run: Run, receiver: Receiver, location: str) -> None:
    inner = Receiver()
    receiver.answers["/a"] = Answer(307, {"Location": location.replace("HOST", f"127.0.0.1:{inner.port}")})
    run("notify", "test", receiver.url("/a", host="ip4.localhost"), FOVEA_WEBHOOK_ALLOW="ip4.localhost")
    assert inner.taken == []
    inner.stop()


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/x", "unix:/x"])
def test_a_redirect_to_what_is_not_the_web_is_refused(run: Run, receiver: Receiver, target: str) -> None:
    receiver.answers["/a"] = Answer(307, {"Location": target})
    assert run("notify", "test", receiver.url("/a")).returncode == 1


def test_redirects_come_to_an_end(run: Run, receiver: Receiver) -> None:
    receiver.answers["/a"] = Answer(307, {"Location": "/a"})
    refused = run("notify", "test", receiver.url("/a"))
    assert refused.returncode == 1 and "more than 3 times" in refused.stderr
    assert len(receiver.taken) == 4


@pytest.mark.parametrize(("status", "words"), [
    (410, "answered 410 Gone: it wants no more of these. In earnest it would be given up"),
    (500, "answered 500. In earnest it would be tried again"),
    (404, "answered 404. In earnest it would be tried again")])
def test_what_the_receiver_says_is_told(run: Run, receiver: Receiver, status: int, words: str) -> None:
    receiver.answers["/secret-path"] = Answer(status)
    refused = run("notify", "test", receiver.url("/secret-path"))
    assert refused.returncode == 1 and words in refused.stderr
    assert "secret-path" not in refused.stderr.replace(receiver.url("/secret-path"), "")


def test_a_long_answer_is_cut_and_counts(run: Run, receiver: Receiver) -> None:
    receiver.answers["/"] = Answer(200, body=b"x" * 50_000_000)
    assert run("notify", "test", receiver.url()).returncode == 0


def test_nobody_there(run: Run, receiver: Receiver) -> None:
    receiver.stop()
    refused = run("notify", "test", receiver.url())
    assert refused.returncode == 1 and "was not told" in refused.stderr and "connect" in refused.stderr


def test_certificates_are_checked(run: Run, tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    right, wrong = (Receiver(authority.certificate(name)) for name in ("IP:127.0.0.1", "DNS:elsewhere.example"))
    assert run("notify", "test", right.url()).returncode == 1
    assert run("notify", "test", right.url(), FOVEA_WEBHOOK_CA=str(authority.file)).returncode == 0
    assert run("notify", "test", wrong.url(), FOVEA_WEBHOOK_CA=str(authority.file)).returncode == 1
    plain = Receiver()
    right.answers["/a"] = Answer(307, {"Location": plain.url()})
    down = run("notify", "test", right.url("/a"), FOVEA_WEBHOOK_CA=str(authority.file))
    assert down.returncode == 1 and "https to http" in down.stderr
    assert len(right.taken) == 2 and wrong.taken == [] and plain.taken == []
    for receiver in (right, wrong, plain):
        receiver.stop()


def test_a_setting_that_cannot_be_read_is_named(run: Run, receiver: Receiver) -> None:
    refused = run("notify", "test", receiver.url(), FOVEA_WEBHOOK_ALLOW="127.0.0.0/99")
    assert refused.returncode == 1 and "127.0.0.0/99" in refused.stderr and receiver.taken == []


def test_wrong_usage(run: Run) -> None:
    assert run("notify", "test", "nobody").returncode == 2
    assert run("notify", "owner").returncode == 2
    assert run("webhooks", "public").returncode == 2
    assert run("webhooks", "secret", FOVEA_DATA="/nowhere").returncode == 1
