"""An answer given on a request's page: into the conversation, or into a follow-up where that one is over."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.conversations.opening import receive_or_follow_up
from handrail.core.files.models import StoredFile
from handrail.intake.pleasantries import is_only_thanks


@transaction.atomic
def reply(
    conversation: Conversation,
    text: str,
    *,
    by: Person,
    client_id: str,
    files: Sequence[StoredFile] = (),
    is_verified: bool = True,
    chat_key: str = "",
) -> Message:
    """Take in what a customer writes on the page. The message says in which conversation it ended up.

    is_verified  False where nobody proved that the address on it is theirs
    chat_key     of the browser it is written in; it goes on seeing the conversation
    """
    asks_nothing = not files and is_only_thanks(text, name=by.name)
    inbox = conversation.survivor.mailbox
    if inbox is None:
        return conversation.survivor.receive(
            text,
            by=by,
            client_id=client_id,
            files=files,
            is_verified=is_verified,
            asks_nothing=asks_nothing,
        )
    return receive_or_follow_up(
        conversation,
        text,
        inbox=inbox,
        sender=by,
        by=by,
        address=by.email,
        channel=conversation.survivor.channel,
        chat_key=chat_key,
        client_id=client_id,
        files=files,
        is_verified=is_verified,
        asks_nothing=asks_nothing,
    )
