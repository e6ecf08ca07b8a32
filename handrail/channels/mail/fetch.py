"""Fetching a mailbox once: every new mail is kept here, once, with the cursor in the same transaction.

Raw first: what a mail says is read later, by a job. A crash at any moment leaves the cursor at the last mail that is
kept, and a mail that is fetched again is known by its bytes.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from imapclient.exceptions import IMAPClientAbortError

from handrail.channels.fetching import Fetching
from handrail.channels.inbound import InboundRaw
from handrail.channels.mail import headers as header_reader
from handrail.channels.mail import keep, mailboxes
from handrail.channels.mail.imap import NotGiven, Session
from handrail.channels.mail.parsed import Envelope
from handrail.core.actors import SYSTEM

BATCH = 50
STUCK_TRIES = 3
DELIVERED = ("delivered-to", "x-original-to", "envelope-to")


@dataclass
class Fetched:
    """What one look at a mailbox brought: kept anew, known already, kept aside unread."""

    new: int = 0
    known: int = 0
    aside: int = 0


def fetch_new(fetching: Fetching, session: Session) -> Fetched:
    """Keep every mail after the cursor. Raises what imap.TROUBLES names; what is kept by then stays kept."""
    keep.durably()
    found = Fetched()
    if fetching.uid_validity != session.folder.uid_validity:
        first = 1 if fetching.takes_old else session.first_since(fetching.since)
        fetching.begin_at(first - 1, uid_validity=session.folder.uid_validity)
    while uids := session.uids_after(fetching.uid)[:BATCH]:
        sizes = session.sizes(uids)
        for uid in uids:
            _take(fetching, session, uid, sizes.get(uid), found)
    return found


def envelope_of(body: bytes) -> Envelope:
    """What the last server wrote above its own Received line of the envelope it came in; below it anybody may have.

    Without such a line nothing is known.
    """
    sender: str | None = None
    recipients: list[str] = []
    for name, value in header_reader.of_mail(body[: header_reader.TOTAL_BYTES_MAX]).fields:
        if name == "received":
            return Envelope(sender, tuple(recipients))
        if name == "return-path" and sender is None:
            sender = value.strip().strip("<>")
        if name in DELIVERED:
            recipients += [box.address for box in mailboxes.read([value]) if box.address]
    return Envelope(None, ())


def _take(fetching: Fetching, session: Session, uid: int, size: int | None, found: Fetched) -> None:
    if size is None:
        fetching.moved_to(uid)  # deleted meanwhile
        return
    too_large = size > settings.MAIL_BYTES_MAX
    try:
        body = session.body(uid, head_only=too_large)
    except NotGiven as refused:
        if fetching.stuck_at(uid) < STUCK_TRIES:
            raise
        _keep(fetching, uid, _note(fetching, uid), "not_given", found)
        if isinstance(refused.__cause__, IMAPClientAbortError):
            raise refused.__cause__ from None  # the line is gone, and the next mail is not to blame
        return
    if body is None:
        fetching.moved_to(uid)
        return
    _keep(fetching, uid, body, "too_large" if too_large else "", found)


def _keep(fetching: Fetching, uid: int, body: bytes, reason: str, found: Fetched) -> None:
    with transaction.atomic():
        row, is_new = keep.keep(fetching.inbox, body, envelope_of(body), came_by=InboundRaw.IMAP)
        if is_new and reason:
            row.quarantine(reason, by=SYSTEM)
        fetching.moved_to(uid)
    found.new += is_new and not reason
    found.aside += is_new and bool(reason)
    found.known += not is_new


def _note(fetching: Fetching, uid: int) -> bytes:
    """Stands for a mail the server does not give, so that somebody sees that there is one."""
    place = f"{fetching.uid_validity}.{uid}"
    return f"Message-ID: <{place}@not-given.invalid>\r\nX-Handrail-Note: UID {uid}\r\n\r\n".encode("ascii")
