"""Sending from a mailbox: through its own server where it has one, else through the site's."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from handrail.channels import health
from handrail.channels.health import Health
from handrail.channels.mail.deliver import Courier, Outcome, Permanent, Retry, Sent
from handrail.channels.mail.mailboxes import on_the_wire
from handrail.channels.mail.smtp import Line
from handrail.channels.models import Inbox, Sending
from handrail.channels.signing import signed

# One open line a mailbox for as long as this process lives; it reopens itself, and gives way when the server changes.
_lines: dict[int, tuple[datetime, Courier]] = {}


class NotSent(RuntimeError):
    """The mail server did not take it now; the job that carries it tries again."""


def carry(inbox: Inbox, mail: bytes, *, envelope_from: str, to: str, site: Courier | None = None) -> Outcome:
    """Hand over one built mail from this mailbox to one address (see Courier.deliver), signed where its domain has a
    key in use, and note whether sending works.

    site  an open line to the site's own server, used where the mailbox has none; a new one without it
    """
    mail = signed(mail, inbox.address)
    outcome = _handed_over(inbox, mail, envelope_from, on_the_wire(to) or to, site)
    if isinstance(outcome, Retry) and outcome.trouble:
        health.failed(inbox, Health.Way.SEND, code=outcome.trouble, host=host_of(inbox), detail=outcome.text)
    else:
        health.well(inbox, Health.Way.SEND)
    return outcome


def carry_or_retry(inbox: Inbox, mail: bytes, *, to: str) -> Sent | Permanent:
    """Hand over a mail that nothing comes back from, out of a job. Raises NotSent where it is worth another try."""
    outcome = carry(inbox, mail, envelope_from="", to=to)
    if isinstance(outcome, Retry):
        raise NotSent(f"{outcome.code} {outcome.text}")
    return outcome


def host_of(inbox: Inbox) -> str:
    """The server its mail leaves through."""
    own = Sending.objects.filter(pk=inbox.pk).first()
    return own.host if own else settings.EMAIL_HOST


def _handed_over(inbox: Inbox, mail: bytes, envelope_from: str, to: str, site: Courier | None) -> Outcome:
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
