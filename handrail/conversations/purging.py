"""What was deleted and not restored in time is gone: rows, words, files, and the mails as they arrived."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from handrail.channels.mail.redacting import forget_kept
from handrail.conversations.conversation import Conversation
from handrail.conversations.deleting import kept_until_after
from handrail.conversations.messages import Attachment, Message
from handrail.conversations.originals import held_by_others, kept_mails
from handrail.conversations.words import forget
from handrail.core import clock
from handrail.core.actors import CLOCK
from handrail.core.events.ledger import record
from handrail.core.events.models import Event
from handrail.core.files.keeping import erase
from handrail.core.files.models import StoredFile

AT_ONCE = 200


def purge_due() -> int:
    """Purge every conversation deleted longer ago than the set days, each in its own transaction. Returns how many."""
    due = Conversation.objects.filter(deleted_at__lt=clock.now() - kept_until_after()).order_by("deleted_at")
    return sum(_purge(pk) for pk in due.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _purge(number: int) -> int:
    conversation = (
        Conversation.objects.select_for_update().filter(pk=number, deleted_at__isnull=False).first()
    )
    if conversation is None:
        # Restored a moment ago.
        return 0
    family = [conversation, *conversation.sides.all()]
    theirs = Message.objects.filter(conversation__in=family)
    # What another conversation came in by too is that one's to show.
    kept = kept_mails(theirs)
    mails = sorted(set(kept) - held_by_others(theirs, kept))
    hanging = Attachment.objects.of(number)
    files = list(
        StoredFile.objects.filter(
            Q(attachments__in=hanging)
            | Q(outgoing__conversation__in=family)
            | Q(drafts__conversation__in=family)
        ).distinct()
    )
    # The number of one that was merged into it opens itself again rather than nothing.
    conversation.merged.update(merged_into=None, merged_at=None)
    for each in family:
        Event.objects.about(each).purge()
    record("conversation.purged", conversation, by=CLOCK)
    forget(number)
    conversation.delete()
    forget_kept(mails)
    for file in files:
        if not file.attachments.exists() and not file.outgoing.exists():
            erase(file, by=CLOCK)
    return 1
