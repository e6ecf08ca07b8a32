"""Handing built mail to the next server, one recipient at a time, and saying plainly what came of it."""

from __future__ import annotations

import smtplib
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import Any

from django.core.mail import EmailMessage, get_connection

from handrail.channels.mail import troubles
from handrail.core.sealing import CannotUnseal

GREYLISTED = timedelta(minutes=5)
BUSY = timedelta(minutes=1)
TEXT_CHARS_MAX = 200


@dataclass(frozen=True)
class Sent:
    """The next server has it: from here on it answers for it."""


@dataclass(frozen=True)
class Retry:
    """Not now. `after` is the least wait the answer suggests, or None for the caller's own backoff.

    unknown  the line broke after the mail went out and before the answer came: it may have arrived. A repeat
             carries the same Message-ID.
    trouble  what stands between us and the server (a code of troubles), where the mail itself was never spoken of
    """

    code: str
    text: str = ""
    after: timedelta | None = None
    unknown: bool = False
    trouble: str = ""


@dataclass(frozen=True)
class Permanent:
    """Never, as it is. `code` is the server's number with its text, for the person who must decide."""

    code: str
    text: str = ""


Outcome = Sent | Retry | Permanent


@dataclass
class _State:
    """How far one mail came before the line broke."""

    begun: bool = False
    handed_over: bool = False


class Courier:
    """One line to the mail server, kept open between mails. `with Courier() as courier: courier.deliver(…)`."""

    def __init__(self, connection: Any = None) -> None:
        self._connection: Any = connection or get_connection()
        self._lock = threading.Lock()

    def __enter__(self) -> Courier:
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def deliver(self, mail: bytes, *, envelope_from: str, to: str) -> Outcome:
        """Hand over one built mail (render.build) to one address. Never raises for what a server or a line may do.

        envelope_from  a bounce address (addresses.bounce_address), or "" for what must not be answered
        """
        with self._lock:
            if not hasattr(self._connection, "connection"):
                return self._by_backend(mail, envelope_from, to)
            outcome = self._by_smtp(mail, envelope_from, to)
            if outcome is None:
                # A line that was open had been closed meanwhile, before this mail was spoken of: once more on a new one.
                outcome = self._by_smtp(mail, envelope_from, to)
            return outcome or Retry("connection", "The server closed the line twice.", trouble="connection")

    def close(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            self._connection.close()

    def _by_smtp(self, mail: bytes, envelope_from: str, to: str) -> Outcome | None:
        reused = self._connection.connection is not None
        state = _State()
        try:
            self._open()
            return self._say(self._connection.connection, mail, envelope_from, to, state, reused=reused)
        except smtplib.SMTPAuthenticationError as refused:
            self._drop()
            # Our own set-up is wrong, not this mail: it waits for the operator.
            said = _short(refused.smtp_error)
            return Retry("authentication", said, after=GREYLISTED, trouble="authentication")
        except smtplib.SMTPResponseException as answer:
            self._drop()
            return _answered(answer.smtp_code, answer.smtp_error)
        except (smtplib.SMTPNotSupportedError, UnicodeEncodeError) as missing:
            self._drop()
            if not state.begun:
                return Retry("connection", _short(missing), trouble="unable")
            return Permanent("553", _short(missing))
        except CannotUnseal as closed:
            return Retry("authentication", _short(closed), after=GREYLISTED, trouble="sealed")
        except (OSError, smtplib.SMTPException) as trouble:
            self._drop()
            if reused and not state.begun:
                return None
            return Retry(
                "connection", _short(trouble), unknown=state.handed_over, trouble=troubles.code_of(trouble)
            )

    def _say(
        self, smtp: smtplib.SMTP, mail: bytes, envelope_from: str, to: str, state: _State, *, reused: bool
    ) -> Outcome:
        smtp.ehlo_or_helo_if_needed()
        if reused:
            smtp.rset()
        state.begun = True
        options = [f"size={len(mail)}"] if smtp.has_extn("size") else []
        if not (envelope_from + to).isascii():
            options.append("SMTPUTF8")
        for step in (lambda: smtp.mail(envelope_from, options), lambda: smtp.rcpt(to)):
            code, text = step()
            if code not in {250, 251}:
                return self._refused(smtp, code, text)
        state.handed_over = True
        code, text = smtp.data(mail)
        return Sent() if code == 250 else self._refused(smtp, code, text)

    def _refused(self, smtp: smtplib.SMTP, code: int, text: bytes) -> Outcome:
        if code in {421, -1}:
            self._drop()
        else:
            smtp.rset()
        return _answered(code, text)

    def _open(self) -> None:
        if self._connection.open():
            sock = self._connection.connection.sock
            with suppress(OSError, AttributeError):
                # Without it each mail waits some 40 ms for an acknowledgement that the other side holds back.
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def _drop(self) -> None:
        connection, self._connection.connection = self._connection.connection, None
        with suppress(OSError, smtplib.SMTPException, AttributeError):
            connection.close()

    def _by_backend(self, mail: bytes, envelope_from: str, to: str) -> Outcome:
        """For Django's other backends (files, memory, the console)."""
        try:
            self._connection.send_messages([_Built(mail, envelope_from, to)])
            return Sent()
        except OSError as trouble:
            return Retry("backend", _short(trouble), trouble="connection")


class _Built(EmailMessage):
    """A finished mail in the shape Django's backends expect."""

    def __init__(self, mail: bytes, envelope_from: str, to: str) -> None:
        super().__init__(from_email=envelope_from or "<>", to=[to])
        self._mail = mail

    def message(self, **_: Any) -> Any:
        from email import message_from_bytes
        from email.policy import SMTP

        return message_from_bytes(self._mail, policy=SMTP)


def _answered(code: int, text: bytes | str) -> Outcome:
    if 500 <= code < 600:
        return Permanent(str(code), _short(text))
    return Retry(str(code), _short(text), after=GREYLISTED if code in {450, 451} else BUSY)


def _short(value: object) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return " ".join(text.split())[:TEXT_CHARS_MAX]
