"""What the pipeline hears."""

from __future__ import annotations

from handrail.channels.models import InboundRaw
from handrail.conversations.messages import Message
from handrail.core.events.models import Event
from handrail.core.events.registry import subscribe
from handrail.intake.acknowledge import acknowledge
from handrail.intake.receive import take_in
from handrail.intake.respond import respond


@subscribe("inbound.kept", queue="mail")
def take_in_what_was_kept(event: Event) -> None:
    take_in(InboundRaw.objects.select_related("inbox__brand", "inbox__team").get(pk=event.subject_id))


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
