"""An outage of a mailbox: noticed, told of at once where no mail is needed for it, and once by mail as soon as one leaves."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.accounts.reading import as_they_read
from handrail.channels import health
from handrail.channels.health import SILENT_AFTER, Health
from handrail.channels.mail import carrying, smtp, troubles
from handrail.channels.mail.addresses import inbox_address
from handrail.channels.mail.deliver import Retry, Sent
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.render import Letter, build
from handrail.channels.models import Fetching, Inbox, Sending
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events.ledger import record
from handrail.workspace.formats import day_and_time

WAYS_TRIED_MOST = 5


def notice_silence() -> int:
    """Put down as failing what nobody has fetched for minutes. Returns how many there were."""
    known = set(Health.objects.filter(way=Health.Way.FETCH).values_list("inbox", flat=True))
    never = [
        (fetching, fetching.changed_at)
        for fetching in Fetching.objects.due().filter(changed_at__lt=clock.now() - SILENT_AFTER)
        if fetching.pk not in known
    ]
    lately = [
        (row.inbox.fetching, row.last_try_at)
        for row in Health.objects.silent().select_related("inbox__fetching")
    ]
    for fetching, since in [*never, *lately]:
        health.failed(fetching.inbox, Health.Way.FETCH, code="silent", host=fetching.host, at=since)
    return len(never) + len(lately)


def look_again() -> int:
    """Try the servers that could not be sent through: nothing may wait to leave, and they are well by themselves.

    Returns how many are.
    """
    failing = Health.objects.filter(way=Health.Way.SEND, failing_since__isnull=False).select_related(
        "inbox__sending"
    )
    well = 0
    for row in failing:
        trouble = _trouble_of(row.inbox)
        if trouble is None:
            health.well(row.inbox, Health.Way.SEND)
            well += 1
        else:
            code, detail = troubles.code_of(trouble), troubles.detail_of(trouble)
            health.failed(row.inbox, Health.Way.SEND, code=code, host=row.host, detail=detail)
    return well


@transaction.atomic
def tell(row: Health) -> bool:
    """Put an outage down as a fact, once: who may do something about it hears of it at the desk and on their devices,
    whether or not any mail leaves. False where that is done, or the outage is over."""
    ours = Health.objects.filter(pk=row.pk, failing_since__isnull=False, told_at=None)
    if not ours.update(told_at=clock.now()):
        return False
    people = [person.pk for person in _those_mailed(row.inbox)]
    record("inbox.outage_told", row.inbox, by=SYSTEM, way=row.way, people=people)
    return True


def mail(row: Health) -> bool:
    """Mail who looks after the mailbox, once an outage. False where no way out works now, or it is mailed or over."""
    if row.failing_since is None or row.mailed_at is not None:
        return False
    mailed = [person.pk for person in _those_mailed(row.inbox) if _mail(row, person)]
    if not mailed:
        return False
    with transaction.atomic():
        ours = Health.objects.filter(pk=row.pk, failing_since=row.failing_since, mailed_at=None)
        if ours.update(mailed_at=clock.now()):
            record("inbox.outage_mailed", row.inbox, by=SYSTEM, way=row.way, people=mailed)
    return True


def what_fails(row: Health, *, locale: str) -> str:
    """“help@example.com can't …”, in the current language."""
    names = {"address": row.inbox.address}
    if row.way == Health.Way.FETCH:
        return _("Mail to %(address)s does not come in.") % names
    return _("Mail from %(address)s does not leave.") % names


def _trouble_of(inbox: Inbox) -> BaseException | None:
    try:
        return smtp.probe(inbox.sending)
    except Sending.DoesNotExist:
        line = get_connection()
    try:
        line.open()
        line.close()
    except (OSError, smtplib.SMTPException) as trouble:
        return trouble
    return None


def _those_mailed(inbox: Inbox) -> list[User]:
    if inbox.owner and inbox.owner.is_active and inbox.owner.is_staff:
        return [inbox.owner]
    return list(User.objects.who_may("workspace.write"))


def _mail(row: Health, person: User) -> bool:
    for inbox in _ways_out(row):
        with as_they_read(person):
            written = build(_letter(row, person, inbox))
        outcome = carrying.carry(inbox, written, envelope_from="", to=person.email)
        if isinstance(outcome, Sent):
            return True
        if isinstance(outcome, Retry) and not outcome.trouble:
            return False  # this address, not the way there
    return False


def _ways_out(row: Health) -> Iterator[Inbox]:
    """Mailboxes to write from, those whose sending is well first; the failing one only where it fails to fetch."""
    failing = set(
        Health.objects.filter(way=Health.Way.SEND, failing_since__isnull=False).values_list(
            "inbox", flat=True
        )
    )
    usable = [inbox for inbox in Inbox.objects.mail().select_related("brand") if not inbox.is_paused]
    usable = [inbox for inbox in usable if not (inbox.pk == row.inbox_id and row.way == Health.Way.SEND)]
    yield from sorted(usable, key=lambda inbox: (inbox.pk in failing, inbox.pk == row.inbox_id))[
        :WAYS_TRIED_MOST
    ]


def _letter(row: Health, person: User, inbox: Inbox) -> Letter:
    fails = what_fails(row, locale=person.locale)
    since: datetime = row.failing_since or clock.now()
    when = day_and_time(since, locale=person.locale, zone=person.zone)
    text = "\n\n".join(
        [
            fails,
            troubles.sentence(row.code, host=row.host, detail=row.detail),
            _("It began at %(when)s and is tried again by itself. Nothing is lost: mail waits where it is.")
            % {"when": when},
            f"{settings.BASE_URL}/console/mailboxes/{row.inbox_id}",
            _("You get one mail about this outage."),
        ]
    )
    return Letter(
        sender=Mailbox(inbox_address(inbox.address), inbox.sender_name(person.locale)),
        to=Mailbox(person.email, ""),
        subject=fails,
        text=text,
        message_id=f"outage-{row.pk}-{int(since.timestamp())}@{inbox.brand.mail_domain or 'handrail'}",
        automatic=True,
        lang=person.locale,
    )
