"""E-mail at a real server: how it is handed over, and what is said when it cannot be."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from .certificates import Authority
from .mail_server import PASSWORD, USER, MailServer

LOGIN = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}"
Run = Callable[..., "subprocess.CompletedProcess[str]"]
Start = Callable[..., MailServer]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def start_mail(authority: Authority) -> Iterator[Start]:
    """Starts mail servers, and stops them at the end of the test."""
    servers: list[MailServer] = []

    def start(tls: str, name: str = "IP:127.0.0.1", port: int = 0) -> MailServer:
        certificate = authority.certificate(name) if tls != "none" else None
        servers.append(MailServer(tls, certificate, port))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def run(binary: Path, authority: Authority, tmp_path: Path) -> Run:
    """Runs a command with these settings, each without its FOVEA_."""
    data = tmp_path / "data"
    data.mkdir(mode=0o700)

    def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ, "FOVEA_DATA": str(data), "FOVEA_SMTP_CA": str(authority.file),
            "FOVEA_OWNER_EMAIL": "me@example.org", "FOVEA_MAIL_FROM": "photos@example.org",
            **{f"FOVEA_{name}": value for name, value in settings.items()}}
        result = subprocess.run([binary, *arguments], env=environment, capture_output=True, text=True, timeout=120)
        shown = result.stdout + result.stderr
        assert PASSWORD not in shown and quote(PASSWORD, safe="") not in shown
        return result

    return run


@pytest.mark.parametrize(("tls", "scheme"), [("start", "smtp"), ("implicit", "smtps")])
def test_a_message_is_handed_over(run: Run, start_mail: Start, tls: str, scheme: str) -> None:
    server = start_mail(tls)
    told = run("notify", "test", "owner", SMTP_URL=f"{scheme}://{LOGIN}@127.0.0.1:{server.port}")
    assert (told.returncode, told.stderr) == (0, "")
    [arrived] = server.arrived
    assert (arrived.sender, arrived.recipients) == ("photos@example.org", ["me@example.org"])
    assert arrived.was_encrypted and arrived.was_logged_in
    message = arrived.message
    key = message["X-Fovea-Delivery"]
    assert key in told.stdout
    assert message["Message-ID"] == f"<{key}@example.org>"
    assert message["From"] == "Fovea <photos@example.org>" and message["To"] == "me@example.org"
    assert message["Subject"] == "Fovea: a test message"
    assert message["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(message["Date"]).tzinfo is not None
    assert message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert all(part["Content-Transfer-Encoding"] == "quoted-printable" for part in message.iter_parts())
    assert "arrives here" in arrived.part("plain") and "arrives here" in arrived.part("html")
    assert all(len(line) <= 998 and b"\r" not in line for line in arrived.content.split(b"\r\n"))


def test_a_plain_relay_has_to_be_asked_for(run: Run, start_mail: Start) -> None:
    server = start_mail("none")
    refused = run("notify", "test", "you@example.org", SMTP_URL=f"smtp://127.0.0.1:{server.port}")
    assert refused.returncode == 1 and "STARTTLS" in refused.stderr and server.arrived == []
    told = run("notify", "test", "you@example.org", SMTP_URL=f"smtp+plain://127.0.0.1:{server.port}")
    assert told.returncode == 0 and server.arrived[0].recipients == ["you@example.org"]
    assert not server.arrived[0].was_encrypted


@pytest.mark.parametrize(("tls", "scheme"), [("start", "smtp"), ("implicit", "smtps")])
def test_a_wrong_password(run: Run, start_mail: Start, tls: str, scheme: str) -> None:
    server = start_mail(tls)
    user = quote(USER, safe="")
    refused = run("notify", "test", "owner", SMTP_URL=f"{scheme}://{user}:guess-guess@127.0.0.1:{server.port}")
    assert refused.returncode == 1 and "does not accept the user or the password" in refused.stderr
    assert "guess-guess" not in refused.stderr and server.arrived == []
    assert "tried again" in refused.stderr


def test_a_login_that_is_missing(run: Run, start_mail: Start) -> None:
    server = start_mail("start")
    refused = run("notify", "test", "owner", SMTP_URL=f"smtp://127.0.0.1:{server.port}")
    assert refused.returncode == 1 and "login" in refused.stderr and server.arrived == []
    assert "tried again" in refused.stderr


@pytest.mark.parametrize(("answer", "outlook"), [
    ("550 5.1.1 no such mailbox", "given up"), ("451 4.2.1 greylisted, come back later", "tried again")])
def test_a_recipient_who_is_refused(run: Run, start_mail: Start, answer: str, outlook: str) -> None:
    server = start_mail("start")
    server.refusals["me@example.org"] = answer
    refused = run("notify", "test", "owner", SMTP_URL=f"smtp://{LOGIN}@127.0.0.1:{server.port}")
    assert refused.returncode == 1 and "refused" in refused.stderr and answer in refused.stderr
    assert outlook in refused.stderr and server.arrived == []


@pytest.mark.parametrize(("answer", "outlook"), [
    ("554 5.7.1 looks like spam", "given up"), ("452 4.3.1 disk full", "tried again")])
def test_a_message_that_is_refused(run: Run, start_mail: Start, answer: str, outlook: str) -> None:
    server = start_mail("implicit")
    server.final_answer = answer
    refused = run("notify", "test", "owner", SMTP_URL=f"smtps://{LOGIN}@127.0.0.1:{server.port}")
    assert refused.returncode == 1 and "refused" in refused.stderr and answer in refused.stderr
    assert outlook in refused.stderr


@pytest.mark.parametrize(("tls", "scheme"), [("start", "smtp"), ("implicit", "smtps")])
def test_certificates_are_checked(run: Run, start_mail: Start, tls: str, scheme: str) -> None:
    wrong, right = start_mail(tls, "DNS:elsewhere.example"), start_mail(tls, "DNS:localhost")
    for refused in (
        run("notify", "test", "owner", SMTP_URL=f"{scheme}://{LOGIN}@127.0.0.1:{wrong.port}"),
        run("notify", "test", "owner", SMTP_URL=f"{scheme}://{LOGIN}@localhost:{right.port}", SMTP_CA=""),
    ):
        assert refused.returncode == 1 and "certificate" in refused.stderr and "FOVEA_SMTP_CA" in refused.stderr
    assert run("notify", "test", "owner", SMTP_URL=f"{scheme}://{LOGIN}@localhost:{right.port}").returncode == 0
    assert wrong.arrived == [] and len(right.arrived) == 1


def test_nobody_there(run: Run, start_mail: Start) -> None:
    server = start_mail("none")
    port = server.port
    server.stop()
    refused = run("notify", "test", "owner", SMTP_URL=f"smtp+plain://127.0.0.1:{port}")
    assert refused.returncode == 1 and f"127.0.0.1:{port} was not reached" in refused.stderr


@pytest.mark.parametrize(("settings", "words"), [
    ({}, "E-mail is not set up"),
    ({"OWNER_EMAIL": ""}, "set FOVEA_OWNER_EMAIL"),
    ({"OWNER_EMAIL": "me"}, "FOVEA_OWNER_EMAIL is no e-mail address"),
    ({"MAIL_FROM": "a\r\nb@x.org"}, "FOVEA_MAIL_FROM is no e-mail address"),
    ({"SMTP_URL": "http://u:hidden-word@h"}, "FOVEA_SMTP_URL is not"),
    ({"SMTP_URL": "smtp://u:hidden/word@h"}, "FOVEA_SMTP_URL is not"),
    ({"SMTP_URL": "smtp+plain://u:hidden-word@localhost"}, "FOVEA_SMTP_URL would send a password"),
])
def test_settings_that_do_not_do(run: Run, settings: dict[str, str], words: str) -> None:
    refused = run("notify", "test", "owner", **settings)
    assert refused.returncode == 1 and words in refused.stderr
    assert "hidden" not in refused.stderr + run("doctor", **settings).stdout


def test_the_doctor_knows(run: Run) -> None:
    well = run("doctor", SMTP_URL=f"smtp://{LOGIN}@mail.example.org").stdout
    assert f"smtp://mail.example.org:587 as {USER}, from photos@example.org" in well
    bare = run("doctor", OWNER_EMAIL="", MAIL_FROM="").stdout
    assert "FOVEA_SMTP_URL names a server" in bare and "nobody is told of the bucket “private”" in bare
