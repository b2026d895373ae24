"""A mail server of the tests' own: aiosmtpd with TLS, a login, and mailboxes that it refuses."""

from __future__ import annotations

import email
import email.policy
import ssl
import warnings
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

USER, PASSWORD = "fovea@example.org", "p@ss/w:rd-秘密"


@dataclass
class Arrived:
    """A message as it came, and how."""

    sender: str
    recipients: list[str]
    content: bytes
    was_encrypted: bool
    was_logged_in: bool

    @property
    def message(self) -> EmailMessage:
        message = email.message_from_bytes(self.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        return message

    def part(self, kind: str) -> str:
        """The text or the HTML."""
        body = self.message.get_body((kind,))
        assert body is not None
        return body.get_content()


class MailServer:
    """Listens on 127.0.0.1. `tls` is `start`, `implicit` or `none`; with a login unless it is `none`."""

    def __init__(self, tls: str, certificate: tuple[Path, Path] | None = None, port: int = 0) -> None:
        self.arrived: list[Arrived] = []
        self.refusals: dict[str, str] = {}
        self.final_answer = "250 taken"
        context = None
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
        options: dict[str, Any] = {"enable_SMTPUTF8": True}
        if tls != "none":
            options |= {"authenticator": self._authenticate, "auth_required": True, "auth_require_tls": tls == "start"}
        if tls == "start":
            options |= {"tls_context": context, "require_starttls": True}
        # It warns of logins without STARTTLS, also where all is TLS.
        warnings.filterwarnings("ignore", "Requiring AUTH while not requiring TLS")
        self._controller = _Controller(
            self, hostname="127.0.0.1", port=port, ssl_context=context if tls == "implicit" else None, **options)
        self._controller.start()

    @property
    def port(self) -> int:
        return self._controller.server.sockets[0].getsockname()[1]

    def stop(self) -> None:
        """Ends it; may be called again."""
        if not self._controller.loop.is_closed():
            self._controller.stop()

    @staticmethod
    def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, login: LoginPassword) -> AuthResult:
        is_right = login.login.decode() == USER and login.password.decode() == PASSWORD
        return AuthResult(success=is_right, handled=False)

    # What aiosmtpd asks.

    async def handle_RCPT(
        self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:
        if self.final_answer.startswith("250"):
            is_encrypted = session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None
            self.arrived.append(Arrived(
                envelope.mail_from or "", envelope.rcpt_tos, bytes(envelope.original_content or b""), is_encrypted,
                bool(session.authenticated)))
        return self.final_answer


class _Controller(Controller):
    """Takes port 0 for any free port, which the original does not find again."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
