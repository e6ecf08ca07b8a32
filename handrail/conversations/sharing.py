"""What those who read a conversation see of each other: a member of an organisation the thread of the others' requests and
nothing beside it, and nobody the name of who only stands there by an address."""

from __future__ import annotations

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message


def reads_along(conversation: Conversation, viewer: Viewer) -> bool:
    """Whether this viewer sees it by their organisation's sharing alone. No query for whom nothing is shared with."""
    if conversation.organisation_id not in viewer.reads_organisations:
        return False
    return not Conversation.objects.their_own(viewer).filter(pk=conversation.pk).exists()


def is_requester(conversation: Conversation, viewer: Viewer) -> bool:
    """Whether this viewer asked it: as themselves, or as a contact that was merged into them."""
    if viewer.person_id is None:
        return False
    return (
        viewer.person_id == conversation.requester_id or viewer.person_id == conversation.requester.reader_id
    )


def may_write(conversation: Conversation, viewer: Viewer) -> bool:
    """Whether they may answer here, who see the conversation."""
    if not reads_along(conversation, viewer):
        return True
    return conversation.organisation is not None and conversation.organisation.may_reply


def who_spoke(conversation: Conversation) -> set[int]:
    """The people whose names everybody here may know: who asked, and who said something that is shown to be theirs.

    Of anybody else, whose address somebody wrote, the address is all there is to know: names would be asked of us by
    writing addresses.
    """
    said = conversation.messages.filter(
        direction=Message.Direction.IN, author_kind="person", is_verified=True
    )
    authors = said.exclude(author_id=None).values_list("author_id", flat=True).distinct()
    return {conversation.requester_id, *(author for author in authors if author)}
