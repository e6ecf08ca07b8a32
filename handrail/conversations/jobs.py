"""Carrying messages out. A delivery's id on the wire was made with its row, so trying again is the same mail."""

from __future__ import annotations

from functools import cache

from handrail.channels.mail.carrying import carry
from handrail.channels.mail.deliver import Courier, Permanent, Sent
from handrail.channels.mail.head import HeaderInjection, NoWriting
from handrail.conversations.claims import trust_what_was_confirmed
from handrail.conversations.deliveries import Delivery
from handrail.conversations.letters import compose
from handrail.conversations.notices.kinds import Way
from handrail.conversations.notices.mailing import gather_mail
from handrail.conversations.notices.pushing import gather_push
from handrail.conversations.notices.sending import users_left
from handrail.conversations.outgoing import Outgoing
from handrail.conversations.purging import purge_due
from handrail.conversations.snoozing import wake_due
from handrail.core.actors import SYSTEM
from handrail.core.jobs.backend import task
from handrail.core.jobs.schedules import schedule

# Codes of a courier that never came to speak of the mail.
OUR_SIDE = {"connection", "authentication", "backend"}
# What a mail server answers to the same troubles (RFC 5321): no wait mends them.
NO_SUCH_MAILBOX_NAME, NOT_COMPLETE = 553, 554


@cache
def courier() -> Courier:
    """One open line to the site's mail server for as long as this process lives; it reopens itself."""
    return Courier()


@task(queue_name="mail")
def deliver(delivery_id: int) -> str:
    """Send one delivery if it still waits, and put down what came of it. Returns the state it is in then."""
    rows = Delivery.objects.select_related(
        "message__conversation__brand",
        "endpoint__inbox__brand",
        "endpoint__inbox__sending",
        "endpoint__person",
    )
    delivery = rows.get(pk=delivery_id)
    inbox = delivery.endpoint.inbox
    if delivery.state != Delivery.State.QUEUED or inbox.is_paused:
        return delivery.state
    if delivery.is_needless:
        delivery.was_read()
        return delivery.state
    letter = _written(delivery)
    if letter is None:
        return delivery.state
    mail, return_path, address = letter
    outcome = carry(inbox, mail, envelope_from=return_path, to=address, site=courier())
    if isinstance(outcome, Sent):
        delivery.sent(by=SYSTEM)
    elif isinstance(outcome, Permanent):
        delivery.failed(f"{outcome.code} {outcome.text}", by=SYSTEM)
    else:
        why = f"{outcome.code} {outcome.text}"
        if delivery.put_off(why, is_server_away=outcome.code in OUR_SIDE):
            deliver.using(
                dedupe_key=f"delivery:{delivery.pk}:{delivery.attempts}", run_after=delivery.next_at
            ).enqueue(delivery.pk)
        else:
            delivery.failed(why, by=SYSTEM)
    return delivery.state


def _written(delivery: Delivery) -> tuple[bytes, str, str] | None:
    """The letter of a delivery (see compose). None: there can be none, however long one waits, and it is given up."""
    try:
        return compose(delivery)
    except (NoWriting, HeaderInjection) as never:
        delivery.failed(f"{NO_SUCH_MAILBOX_NAME} {never}", by=SYSTEM)
    except FileNotFoundError:
        delivery.failed(f"{NOT_COMPLETE} A file of this message is no longer in storage.", by=SYSTEM)
    return None


@schedule("* * * * *")
@task(queue_name="mail")
def deliver_what_was_left() -> int:
    """Give every due delivery a job, in case the one it had is gone. Returns how many there were."""
    due = list(Delivery.objects.due().values_list("pk", "attempts")[:500])
    for pk, attempts in due:
        deliver.using(dedupe_key=f"delivery:{pk}:{attempts}" if attempts else f"delivery:{pk}").enqueue(pk)
    return len(due)


@task(queue_name="mail")
def let_leave(outgoing_id: int) -> str:
    """Say a reply whose time has come, unless it was taken back. Returns the state it is in then."""
    outgoing = Outgoing.objects.select_related("author").get(pk=outgoing_id)
    if outgoing.is_waiting:
        outgoing.leave()
        outgoing.refresh_from_db(fields=["state"])
    return outgoing.state


@schedule("* * * * *")
@task(queue_name="mail")
def let_leave_what_was_left() -> int:
    """Give every due reply a job, in case the one it had is gone. Returns how many there were."""
    due = list(Outgoing.objects.due().values_list("pk", flat=True)[:500])
    for pk in due:
        let_leave.using(dedupe_key=f"outgoing:{pk}").enqueue(pk)
    return len(due)


@schedule("* * * * *")
@task(queue_name="mail")
def tell_what_was_left() -> int:
    """Give every colleague with due notices a job, in case the one they had is gone. Returns how many there were."""
    count = 0
    for way, gather in ((Way.MAIL, gather_mail), (Way.PUSH, gather_push)):
        for user in users_left(way):
            gather.using(dedupe_key=f"notices-{way.value}:{user}").enqueue(user)
            count += 1
    return count


@schedule("* * * * *")
@task()
def wake_those_due() -> int:
    """Bring back every snoozed conversation whose hour has come. Returns how many there were."""
    return wake_due()


@schedule("35 3 * * *")
@task()
def trust_confirmed() -> int:
    """Take the mark of an unverified sender from what was confirmed before confirming did so. Returns how many there were."""
    return trust_what_was_confirmed()


@schedule("40 3 * * *")
@task()
def purge_deleted() -> int:
    """Take away what was deleted longer ago than it can be restored. Returns how many."""
    return purge_due()
