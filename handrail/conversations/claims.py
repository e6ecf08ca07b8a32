"""What came in somebody's name by mail that nobody vouched for: asked about, and put aside where it isn't theirs.

See docs/decisions/0034. Of such a conversation its number and its date are theirs to see, and no word of it.
"""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef

from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Identity, Person
from handrail.conversations.conversation import Conversation, ConversationQuerySet
from handrail.conversations.messages import Message
from handrail.core.actors import CanAct

NOT_THEIRS = "not-theirs"  # the tag of those that whoever they name did not write


def claims_on(viewer: Viewer) -> ConversationQuerySet:
    """Those the reader can be asked about: unconfirmed, not denied, and sent from an address that is proved to be theirs."""
    if viewer.is_staff or viewer.only is not None or not viewer.person_id or viewer.assurance < 2:
        return Conversation.objects.none()
    theirs = Person.objects.signing_in_as(viewer.person_id).values("pk")
    proved = Identity.objects.filter(person__in=theirs, kind=Identity.Kind.EMAIL, assurance__gte=2)
    heard = Message.objects.filter(
        conversation=OuterRef("pk"), direction=Message.Direction.IN, from_address__in=proved.values("value")
    )
    claimed = Conversation.objects.filter(
        requester__in=theirs, is_claimed=True, deleted_at=None, side_of=None, merged_into=None
    )
    return claimed.filter(Exists(heard)).exclude(tags__name=NOT_THEIRS)


@transaction.atomic
def deny(claim: Conversation, *, by: CanAct) -> None:
    """Whoever it names did not write it: the desk sees that by a tag, and they are asked no more."""
    claim.tag(NOT_THEIRS, by=by)
