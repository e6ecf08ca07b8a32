"""The mail listener: LMTP from the mail server in front of us, or SMTP by setting. A process of its own.

It knows three things: which addresses are ours, how to keep bytes, and that 250 is said after the commit and never
before. On any doubt it says 4xx, and the other server keeps the mail.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Session
from aiosmtpd.smtp import Envelope as Spoken
from django.db import DatabaseError, InterfaceError, connection

from handrail.channels.mail import keep
from handrail.channels.mail.parsed import Envelope
from handrail.channels.models import Inbox
from handrail.web.hooks.mail_lines import Lines

log = logging.getLogger(__name__)

CONNECTIONS_MAX = 100
RECIPIENTS_MAX = 100
IDLE_SECONDS = 300
LEAVING_SECONDS = 10

LATER = "451 4.3.0 Not stored yet; please try again"
UNKNOWN = "550 5.1.1 No such mailbox here"
KEPT = "250 2.0.0 Kept"


class Door:
    """What the protocol asks of us. Database work runs in one thread, so it has one connection and one order."""

    def __init__(self, *, each_recipient_answered: bool) -> None:
        self.each = each_recipient_answered
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keep")

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Spoken, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= RECIPIENTS_MAX:
            return "452 4.5.3 Too many recipients at once"
        inbox = await self._run(_inbox, address)
        if inbox is None:
            return LATER
        if inbox is False:
            return UNKNOWN
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 Known"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Spoken) -> str:
        answers = await self._run(
            _keep_for_all, bytes(envelope.original_content or b""), envelope.mail_from, envelope.rcpt_tos
        )
        answers = answers or [LATER] * len(envelope.rcpt_tos)
        if self.each:
            return "\r\n".join(answers)
        # One answer for all: unless each is kept, the other server sends it again, and what we have is known then.
        return next((answer for answer in answers if answer != KEPT), KEPT)

    async def handle_exception(self, error: Exception) -> str:
        log.error("the mail listener could not answer", exc_info=error)
        return LATER

    async def _run(self, work: Any, *args: Any) -> Any:
        """`work` in the thread, or None where the database did not answer."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self.thread, work, *args)
        except (DatabaseError, InterfaceError, OSError):
            log.exception("mail was put off: it could not be stored")
            await asyncio.get_running_loop().run_in_executor(self.thread, _forget_connection)
            return None


def _inbox(address: str) -> Inbox | bool | None:
    """The inbox, False where there is none, None where its mail waits outside for now."""
    inbox = keep.inbox_for(address)
    return (None if inbox.is_paused else inbox) if inbox else False


def _keep_for_all(body: bytes, sender: str | None, recipients: list[str]) -> list[str]:
    """An answer for each recipient, in order. Those of one inbox are kept as one mail."""
    answers: dict[str, str] = {}
    inboxes: dict[int, tuple[Inbox, list[str]]] = {}
    for address in recipients:
        inbox = keep.inbox_for(address)
        if inbox is None:
            answers[address] = UNKNOWN
        else:
            inboxes.setdefault(inbox.pk, (inbox, []))[1].append(address)
    for inbox, addresses in inboxes.values():
        try:
            keep.keep(inbox, body, Envelope(sender or "", tuple(addresses)))
        except (DatabaseError, InterfaceError, OSError):
            log.exception("mail to %s was put off: it could not be stored", inbox)
            _forget_connection()
            answers |= dict.fromkeys(addresses, LATER)
        else:
            answers |= dict.fromkeys(addresses, KEPT)
    return [answers[address] for address in recipients]


def _forget_connection() -> None:
    connection.close()


class _Counted(SMTP):
    """Refuses connections past CONNECTIONS_MAX, so that memory has a bound."""

    open_now: int = 0

    def connection_made(self, transport: Any) -> None:
        type(self).open_now += 1
        if self.open_now > CONNECTIONS_MAX:
            transport.write(b"421 4.3.2 Too many connections; please try again\r\n")
            transport.close()
            return
        super().connection_made(transport)

    def _cb_client_connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lines = Lines(reader, limit=self.line_length_limit)
        super()._cb_client_connected(lines, writer)  # type: ignore[arg-type]

    def connection_lost(self, error: Exception | None) -> None:
        type(self).open_now -= 1
        if self.transport is not None:
            super().connection_lost(error)


class OurSMTP(_Counted):
    pass


class OurLMTP(_Counted, LMTP):
    """LMTP wants an answer for each recipient after DATA (RFC 2033); the library gives one, also for what is too large."""

    _answers_due = 1

    async def smtp_DATA(self, arg: str) -> None:
        self._answers_due = len(self.envelope.rcpt_tos) if self.envelope else 1
        try:
            await super().smtp_DATA(arg)
        finally:
            self._answers_due = 1

    async def push(self, status: Any) -> None:
        text = status.decode("ascii", "replace") if isinstance(status, bytes) else status
        if self._answers_due > 1 and "\r\n" not in text and not text.startswith(("354", "501", "503")):
            text = "\r\n".join([text] * self._answers_due)
        await super().push(text)


@dataclass(frozen=True)
class Place:
    """Where to listen: `protocol` is lmtp or smtp."""

    host: str
    port: int
    protocol: str = "lmtp"


async def listen(place: Place, *, bytes_max: int, ready: Any = None) -> None:
    """Serve until SIGTERM or SIGINT, then let mails in hand be answered. `ready(port)` is called once listening."""
    kind: type[SMTP] = {"lmtp": OurLMTP, "smtp": OurSMTP}[place.protocol]
    # A long line is no reason to lose a mail; the size of the whole is the only bound.
    limited = type(kind.__name__, (kind,), {"line_length_limit": bytes_max + 2})
    door = Door(each_recipient_answered=place.protocol == "lmtp")
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: limited(
            door,
            data_size_limit=bytes_max,
            enable_SMTPUTF8=True,
            hostname="handrail",
            ident="Handrail",
            timeout=IDLE_SECONDS,
            loop=loop,
        ),
        place.host,
        place.port,
    )
    leaving = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, leaving.set)
    if ready:
        ready(server.sockets[0].getsockname()[1])
    await leaving.wait()
    server.close()
    # What is in the thread was promised to nobody yet, but finishing it saves a repeat.
    await asyncio.wait_for(asyncio.to_thread(door.thread.shutdown), LEAVING_SECONDS)
