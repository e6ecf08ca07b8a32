"""An answer given on a request's page: into the conversation, or into a follow-up where that one is over."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from handrail.channels.models import Inbox
from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.conversations.opening import receive_or_follow_up
from handrail.core.files.models import StoredFile


@transaction.atomic
def reply(
    conversation: Conversation,
    text: str,
    *,
    by: Person,
    client_id: str,
    files: Sequence[StoredFile] = (),
    is_verified: bool = True,
) -> Message:
    """Take in what a customer writes on the page. The message says in which conversation it ended up.

    is_verified  False where nobody proved that the address on it is theirs
    """
    inbox = Inbox.objects.filter(brand=conversation.brand, kind=Inbox.Kind.MAIL, is_active=True).first()
    if inbox is None:
        return conversation.survivor.receive(
            text, by=by, client_id=client_id, files=files, is_verified=is_verified
        )
    return receive_or_follow_up(
        conversation,
        text,
        inbox=inbox,
        sender=by,
        by=by,
        address=by.email,
        client_id=client_id,
        files=files,
        is_verified=is_verified,
    )
