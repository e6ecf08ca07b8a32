"""Raw bytes of a mail to ParsedMail. Pure: no database, no network, no settings; it runs in a limited child (child.py)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from handrail.channels.mail import (
    attachments,
    automatic,
    bodies,
    bounces,
    charsets,
    invitations,
    mailboxes,
    parts,
    replies,
)
from handrail.channels.mail.headers import Headers
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.parsed import Envelope, Invitation, MailFile, ParsedMail
from handrail.channels.mail.parts import Part
from handrail.core.legible import legible

SUBJECT_CHARS_MAX = 500
IDS_MAX = 50
ID = re.compile(r"<\s?([^<>\s]{1,250})\s?>")
BARE_ID = re.compile(r"[^\s<>@]{1,120}@[^\s<>@]{1,120}")


def parse(raw: bytes, envelope: Envelope | None = None, *, is_shallow: bool = False) -> ParsedMail:
    """Understand one mail, as far as it can be understood.

    Raises parts.TooDeep for multiparts nested past any use, unless is_shallow. May run out of time or memory on what was made to
    do that: call it through receive(), which keeps it in a child.
    """
    envelope = envelope or Envelope()
    headers, leaves, more_parts = parts.split(raw, is_shallow=is_shallow)
    body, calendar = _body(leaves)
    sender, doubt, claims = _sender(headers)
    to, cc = mailboxes.read(headers.raw("to")), mailboxes.read(headers.raw("cc"))
    subject = legible(headers.get("subject"))[:SUBJECT_CHARS_MAX]
    kind, parameters = headers.parameters("content-type")
    reason = automatic.reason(headers, sender=sender, subject=subject, envelope=envelope, kind=kind)
    bounce = _bounce(raw, leaves, parameters, kind=kind, from_address=sender.address, reason=reason)
    reply = replies.split(body.text, is_forward=replies.forwards(subject))
    is_crowded = len(to) + len(cc) >= mailboxes.COUNT_MAX
    reached = {"headers": headers.cut, "parts": more_parts, "addresses": is_crowded}
    return ParsedMail(
        from_address="" if doubt in {"no_from", "several_from"} else sender.address,
        from_name=sender.name,
        identity_doubt=doubt,
        from_claims=claims,
        to=to,
        cc=cc[: max(mailboxes.COUNT_MAX - len(to), 0)],
        reply_to=mailboxes.read(headers.raw("reply-to")),
        delivered_to=_delivered_to(headers),
        subject=subject,
        text=body.text,
        html=body.html,
        reply_text=reply.text,
        quoted_text=reply.quoted,
        placed_text=reply.placed,
        unplaced_text=reply.unplaced,
        attachments=_files(body.rest),
        calendar=calendar,
        message_id=next(iter(_ids(headers, "message-id")), ""),
        in_reply_to=_ids(headers, "in-reply-to"),
        references=_ids(headers, "references"),
        date=_date(headers),
        offset=_offset(headers),
        auto_submitted=reason,
        loop_mark=headers.get("x-handrail-loop")[:200],
        bounce=bounce,
        list_id=headers.get("list-id")[:200],
        envelope=envelope,
        asymmetric=body.asymmetric,
        cut=_cut(body.cut, reached),
    )


def _body(leaves: list[Part]) -> tuple[bodies.Body, tuple[Invitation, ...]]:
    """The words and the events. A mail that is an invitation alone says what that says."""
    body = bodies.read(leaves)
    calendar, described = invitations.read(body.rest)
    if not (body.text.strip() or body.html):
        body.text = described
    return body, calendar


def _bounce(raw: bytes, leaves: list[Part], parameters: dict[str, str], **told: str) -> bounces.Bounce | None:
    """What could not be delivered, where the mail looks like a report of that."""
    report_type = parameters.get("report-type", "").lower()
    is_one = bounces.looks_like_one(report_type=report_type, **told)
    return bounces.read(raw, leaves) if is_one else None


def _cut(body: Iterable[str], reached: dict[str, bool]) -> tuple[str, ...]:
    """The names of the bounds at which something was left out."""
    return tuple(sorted({*body, *(name for name, is_reached in reached.items() if is_reached)}))


def _sender(headers: Headers) -> tuple[Mailbox, str, tuple[Mailbox, ...]]:
    """Who it says it is from, why that may name nobody, and every claim it makes."""
    claims = mailboxes.read(headers.raw("from"))
    named = [box for box in claims if box.address]
    if len(headers.raw("from")) > 1 or len(named) > 1:
        return Mailbox("", claims[0].name if claims else ""), "several_from", claims
    if not named:
        return Mailbox("", claims[0].name if claims else ""), "no_from", claims
    senders = {box.address for box in mailboxes.read(headers.raw("sender"))} - {"", named[0].address}
    return named[0], "sender_differs" if senders else "", claims


def _delivered_to(headers: Headers) -> tuple[str, ...]:
    values = headers.raw("delivered-to") + headers.raw("x-original-to") + headers.raw("envelope-to")
    return tuple(box.address for box in mailboxes.read(values[:20]) if box.address)


def _ids(headers: Headers, name: str) -> tuple[str, ...]:
    value = " ".join(charsets.header(v) for v in headers.raw(name))
    found = ID.findall(value) or BARE_ID.findall(value)
    unique = tuple(dict.fromkeys(found))
    # The first one began the thread and the last ones are the nearest; the middle says least.
    return unique if len(unique) <= IDS_MAX else (unique[0], *unique[-IDS_MAX + 1 :])


def _date(headers: Headers) -> datetime | None:
    try:
        date = parsedate_to_datetime(headers.get("date"))
        date = date if date.tzinfo else date.replace(tzinfo=UTC)
        return date.astimezone(UTC) if timedelta(hours=-24) < (date.utcoffset() or timedelta()) else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _offset(headers: Headers) -> timedelta | None:
    """ "-0000" and no zone at all name no clock; the library gives a moment without a zone for both."""
    try:
        return parsedate_to_datetime(headers.get("date")).utcoffset()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _files(rest: list[Part]) -> tuple[MailFile, ...]:
    files = (attachments.read(part, number=number) for number, part in enumerate(rest, start=1))
    return tuple(file for file in files if file.data or file.name)
