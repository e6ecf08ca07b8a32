"""Mail in, first step: its bytes are kept, whoever brought them, before anything is read out of them."""

from __future__ import annotations

import re

from django.db import connection

from handrail.channels import raw
from handrail.channels.inbound import kept_under
from handrail.channels.mail import charsets, mailboxes
from handrail.channels.mail import headers as header_reader
from handrail.channels.mail.addresses import inbox_address, untagged
from handrail.channels.mail.headers import Headers
from handrail.channels.mail.parsed import Envelope
from handrail.channels.models import InboundRaw, Inbox

# What a mail is, apart from the lines each server adds above it.
OWN = ("message-id", "from", "to", "cc", "subject", "date")
END_OF_HEAD = re.compile(rb"\r?\n\r?\n")


def inbox_for(address: str) -> Inbox | None:
    """The active inbox an address belongs to: its own or one it also goes by, with a token, or any tag after "+"."""
    plain = mailboxes.normalise(address)
    names = {plain, inbox_address(plain), untagged(plain)} - {"", "@"}
    found = {name: inbox for inbox, name in Inbox.objects.filter(is_active=True).known_as(names)}
    return found.get(plain) or found.get(inbox_address(plain)) or next(iter(found.values()), None)


def durably() -> None:
    """From here on a commit of this connection outlasts the power: someone else forgets what we say that we have."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")


def keep(inbox: Inbox, body: bytes, envelope: Envelope, *, came_by: str = "") -> tuple[InboundRaw, bool]:
    """Store one mail's bytes, once, and return the row with whether it is new. On return it is committed, to the disk.

    The same mail brought again, with other lines of servers above it, is the same; the same Message-ID with another
    body is not.
    """
    durably()
    head, sameness = identity(body)
    return raw.keep(
        inbox,
        body,
        external_id=head,
        envelope_from="<>" if envelope.sender == "" else envelope.sender or "",
        envelope_to=list(envelope.recipients),
        sameness=sameness,
        came_by=came_by,
    )


def identity(body: bytes) -> tuple[str, bytes]:
    """A mail's own id ("" if none) and the bytes that make it this mail and no other."""
    headers, end = _head(body)
    own = "\n".join(f"{name}: {value.strip()}" for name in OWN for value in headers.raw(name))
    message_id = charsets.header(next(iter(headers.raw("message-id")), "")).strip("<> ")
    return message_id, own.encode("latin-1", "replace") + b"\n\n" + body[end:].replace(
        b"\r\n", b"\n"
    ).rstrip()


def envelope_of(row: InboundRaw) -> Envelope:
    """The envelope a kept mail came in: "<>" is the null sender, "" one we don't know."""
    sender = {"<>": "", "": None}.get(row.envelope_from, row.envelope_from)
    return Envelope(sender, tuple(row.envelope_to))


def is_told_apart(row: InboundRaw) -> bool:
    """Whether an earlier mail bears the same Message-ID and says something else: then the id names neither."""
    message_id, _, mark = row.external_id.rpartition("#")
    if not message_id:
        return False
    namesakes = InboundRaw.objects.filter(kept_under(message_id), pk__lt=row.pk)
    return namesakes.exclude(external_id__endswith=f"#{mark}").exists()


def head_of(body: bytes) -> bytes:
    """A mail's headers alone."""
    match = END_OF_HEAD.search(body)
    return body[: match.end()] if match else body


def addressed_to(body: bytes) -> tuple[str, ...]:
    """Addresses in the head of a mail that may be ours, for bytes that came without an envelope."""
    headers, _ = _head(body)
    values = [
        v for name in ("delivered-to", "x-original-to", "envelope-to", "to", "cc") for v in headers.raw(name)
    ]
    return tuple(box.address for box in mailboxes.read(values) if box.address)


def _head(body: bytes) -> tuple[Headers, int]:
    match = END_OF_HEAD.search(body)
    end = match.start() if match else len(body)
    return header_reader.read(body[:end]), match.end() if match else end
