"""Sending from a mailbox: through its own server where it has one, else through the site's."""

from __future__ import annotations

from datetime import datetime

from handrail.channels.mail.deliver import Courier, Outcome
from handrail.channels.mail.smtp import Line
from handrail.channels.models import Inbox, Sending

# One open line a mailbox for as long as this process lives; it reopens itself, and gives way when the server changes.
_lines: dict[int, tuple[datetime, Courier]] = {}


def carry(inbox: Inbox, mail: bytes, *, envelope_from: str, to: str, site: Courier | None = None) -> Outcome:
    """Hand over one built mail from this mailbox to one address (see Courier.deliver).

    site  an open line to the site's own server, used where the mailbox has none; a new one without it
    """
    if own := _own(inbox):
        return own.deliver(mail, envelope_from=envelope_from, to=to)
    if site:
        return site.deliver(mail, envelope_from=envelope_from, to=to)
    with Courier() as once:
        return once.deliver(mail, envelope_from=envelope_from, to=to)


def _own(inbox: Inbox) -> Courier | None:
    try:
        server = inbox.sending
    except Sending.DoesNotExist:
        _forget(inbox.pk)
        return None
    made_at, courier = _lines.get(inbox.pk, (None, None))
    if courier is None or made_at != server.changed_at:
        _forget(inbox.pk)
        courier = Courier(Line(server))
        _lines[inbox.pk] = (server.changed_at, courier)
    return courier


def _forget(inbox_id: int) -> None:
    if known := _lines.pop(inbox_id, None):
        known[1].close()
