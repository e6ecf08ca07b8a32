"""A person asked for out of an automatic mail: its link names the conversation, and pressing is all it takes."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.conversations.endpoints import Endpoint
from handrail.conversations.messages import Message
from handrail.conversations.opening import going_on, receive_or_follow_up
from handrail.core.events.ledger import record
from handrail.intake.answering import answered_last


def is_asked_for(endpoint: Endpoint) -> bool:
    """Whether a person was asked for by the link, and none has answered since."""
    last = (
        going_on(endpoint.conversation, endpoint.person)
        .messages.exclude(is_automatic=True)
        .order_by("-seq")
        .first()
    )
    return bool(last and last.direction == "in" and last.data.get("wants_person"))


@transaction.atomic
def ask_for_person(endpoint: Endpoint) -> Message | None:
    """Say in the customer's name that they want a person; what was over goes on. None: that stands there already.

    Whoever holds the link read what came to the address. It lets nobody see anything.
    """
    if is_asked_for(endpoint):
        return None
    before = going_on(endpoint.conversation, endpoint.person)
    person = endpoint.person
    if ask := answered_last(endpoint.conversation):
        ask.refuse(by=person)
    with translation.override(before.locale):
        words = _("I would like a person to answer.")
    message = receive_or_follow_up(
        before,
        words,
        inbox=endpoint.inbox,
        sender=person,
        by=person,
        address=endpoint.address,
        client_id=f"person:{endpoint.pk}:{before.last_seq}",
        author_name=person.name,
        from_address=endpoint.address,
        is_verified=True,
        data={"wants_person": True},
    )
    if message.conversation.held_by != "bot":
        # The bot hands over when it hears the message; people have this one, and see that they are wanted.
        record("conversation.person_asked_for", message.conversation, by=person, whose_time="waiting")
    return message
