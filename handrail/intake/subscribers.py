"""What the pipeline hears."""

from __future__ import annotations

from handrail.channels.mail.receive import QUICK_BYTES, TakesLong
from handrail.channels.models import InboundRaw
from handrail.conversations.messages import Message
from handrail.core.events.models import Event
from handrail.core.events.registry import subscribe
from handrail.core.jobs.backend import task
from handrail.core.jobs.worker import ASIDE
from handrail.intake.acknowledge import acknowledge
from handrail.intake.receive import take_in
from handrail.intake.respond import respond


@subscribe("inbound.kept", queue="mail")
def take_in_what_was_kept(event: Event) -> None:
    try:
        if event.data.get("bytes", 0) > QUICK_BYTES:
            raise TakesLong  # as it would say itself, once it had been read from the database
        take_in(_kept(event.subject_id), is_quick=True)
    except TakesLong:
        take_in_aside.using(dedupe_key=f"aside:{event.subject_id}").enqueue(event.subject_id)


@task(queue_name=ASIDE)
def take_in_aside(pk: int) -> None:
    """What is large or intricate, beside the queue in which everybody's letters stand."""
    take_in(_kept(pk))


def _kept(pk: int) -> InboundRaw:
    return InboundRaw.objects.select_related("inbox__brand", "inbox__team").get(pk=pk)


@subscribe("message.received")
def respond_to_message(event: Event) -> None:
    message = Message.objects.select_related(
        "conversation__requester", "conversation__brand", "conversation__team"
    )
    respond(message.get(pk=event.data["message"]))


@subscribe("message.received", queue="mail")
def acknowledge_message(event: Event) -> None:
    message = Message.objects.select_related(
        "conversation__requester", "conversation__brand", "endpoint__inbox"
    )
    acknowledge(message.get(pk=event.data["message"]))
