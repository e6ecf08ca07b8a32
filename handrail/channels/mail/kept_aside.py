"""A mail kept aside, as a colleague may look at it: who says to have sent it, and its words. Never its HTML."""

from __future__ import annotations

from dataclasses import dataclass

from handrail.channels.inbound import InboundRaw
from handrail.channels.mail import headers, mailboxes
from handrail.channels.mail.keep import envelope_of
from handrail.channels.mail.receive import REASONS, Unreadable, receive
from handrail.channels.mail.source import masked

TEXT_CHARS_SHOWN = 20_000
# The reader gave up on these, or never had the whole of them.
NOT_READ = {*REASONS, "too_large", "not_given"}


@dataclass(frozen=True)
class Outline:
    """What its head claims. `address` is what may be blocked: "" where there is none, or several."""

    subject: str
    sender: str
    address: str


@dataclass(frozen=True)
class Preview:
    """What was understood. `files` by name and bytes; `is_read`: it could be read; `is_cut`: only the beginning is here."""

    text: str = ""
    files: tuple[tuple[str, int], ...] = ()
    is_read: bool = True
    is_cut: bool = False


def outline(head: bytes) -> Outline:
    """Of the first bytes of a mail (InboundRawQuerySet.with_head)."""
    read = headers.of_mail(head)
    addresses = {box.address for box in mailboxes.read(read.raw("from"))}
    only = addresses.pop() if len(addresses) == 1 else ""
    return Outline(read.get("subject"), read.get("from"), only)


def preview(row: InboundRaw) -> Preview:
    """The words of a kept mail, read in the limited child, without what opens something. Stores nothing, never raises."""
    body = bytes(row.body)
    if not body or row.error.partition(" ")[0].rstrip(":") in NOT_READ:
        return Preview(is_read=False)
    try:
        mail = receive(body, envelope_of(row))
    except Unreadable:
        return Preview(is_read=False)
    files = tuple((file.name, file.size) for file in mail.attachments)
    is_cut = len(mail.text) > TEXT_CHARS_SHOWN or "text" in mail.cut
    return Preview(masked(mail.text)[:TEXT_CHARS_SHOWN], files, is_cut=is_cut)
