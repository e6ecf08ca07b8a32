"""What a member of an organisation sees of the others' requests: the thread, and nothing beside it."""

from __future__ import annotations

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation


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
