"""A line to the server a mailbox sends through: dialled under the rules of fetch, private as set, signed in."""

from __future__ import annotations

import smtplib
import socket
from base64 import b64encode
from contextlib import suppress
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

from handrail.channels.grants import access_token, distrust
from handrail.channels.servers import Sending, SignIn, Tls
from handrail.core.fetch.dialing import dial
from handrail.core.sealing import CannotUnseal

PORTS = frozenset({25, 465, 587, 2525})
TIMEOUT_SECONDS = 20


class Dialled(smtplib.SMTP):
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = dial(host, port, ports=PORTS)
        line.settimeout(timeout)
        return line


class DialledTls(smtplib.SMTP_SSL):
    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = dial(host, port, ports=PORTS)
        line.settimeout(timeout)
        try:
            return self.context.wrap_socket(line, server_hostname=host)
        except OSError:
            line.close()
            raise


class Line(EmailBackend):
    """Django's SMTP backend to one Sending. Opening it raises what smtplib raises, and CannotUnseal."""

    def __init__(self, server: Sending, *, timeout: float = TIMEOUT_SECONDS) -> None:
        super().__init__(
            host=server.host,
            port=server.port,
            username="",
            password="",
            use_tls=server.tls == Tls.STARTTLS,
            use_ssl=server.tls == Tls.TLS,
            timeout=timeout,
        )
        self.server = server

    @property
    def connection_class(self) -> Any:
        return DialledTls if self.use_ssl else Dialled

    def open(self) -> bool | None:
        opened = super().open()
        if opened and (smtp := self.connection) is not None:
            try:
                self._sign_in(smtp)
            except BaseException:
                self.connection = None
                smtp.close()
                raise
        return opened

    def _sign_in(self, smtp: smtplib.SMTP) -> None:
        if self.server.sign_in == SignIn.PASSWORD:
            _log_in(smtp, self.server.user, self.server.secret)
        elif self.server.sign_in == SignIn.OAUTH:
            _show_token(smtp, self.server.user, self.server.inbox_id)


def _log_in(smtp: smtplib.SMTP, user: str, password: str) -> None:
    if (user + password).isascii():
        smtp.login(user, password)
        return
    # The library knows ASCII alone; PLAIN is UTF-8 (RFC 4616).
    smtp.ehlo_or_helo_if_needed()
    if not smtp.has_extn("auth"):
        raise smtplib.SMTPNotSupportedError("SMTP AUTH extension not supported by server.")
    code, said = smtp.docmd("AUTH", "PLAIN " + b64encode(f"\0{user}\0{password}".encode()).decode("ascii"))
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, said)


def _show_token(smtp: smtplib.SMTP, user: str, inbox_id: int) -> None:
    """XOAUTH2, as Google and Microsoft describe it."""
    shown = b64encode(f"user={user}\1auth=Bearer {access_token(inbox_id)}\1\1".encode()).decode("ascii")
    smtp.ehlo_or_helo_if_needed()
    code, said = smtp.docmd("AUTH", f"XOAUTH2 {shown}")
    if code == 334:
        # What is wrong stands in the challenge; an empty answer ends it.
        code, said = smtp.docmd("")
    if code != 235:
        distrust(inbox_id)
        raise smtplib.SMTPAuthenticationError(code, said)


def probe(server: Sending, *, timeout: float = 8) -> BaseException | None:
    """Connect, sign in and hang up, sending nothing. Returns what stood in the way."""
    line = Line(server, timeout=timeout)
    try:
        line.open()
    except (OSError, smtplib.SMTPException, CannotUnseal) as trouble:
        return trouble
    finally:
        with suppress(OSError, smtplib.SMTPException):
            line.close()
    return None
