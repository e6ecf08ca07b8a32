"""What came in somebody's name by mail that nobody vouched for, and chats in which their address was left: asked about,
and put aside where it isn't theirs.

See docs/decisions/0034. Of such a conversation its number and its date are theirs to see, and no word of it.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from handrail.accounts.viewer import Viewer
from handrail.channels.inboxes import Inbox
from handrail.contacts.identify import normal
from handrail.contacts.models import Identity, Person
from handrail.conversations.conversation import Conversation, ConversationQuerySet
from handrail.conversations.endpoints import Endpoint, Participant
from handrail.conversations.messages import Message
from handrail.conversations.sorting import LISTED
from handrail.core.actors import CanAct
from handrail.core.events.models import Event

NOT_THEIRS = "not-theirs"  # the tag of those that whoever they name did not write


def claims_on(viewer: Viewer) -> ConversationQuerySet:
    """Those the reader can be asked about: unconfirmed, not denied, and sent from an address that is proved to be theirs."""
    if not _can_be_asked(viewer):
        return Conversation.objects.none()
    theirs, proved = _theirs(viewer)
    heard = Message.objects.filter(
        conversation=OuterRef("pk"), direction=Message.Direction.IN, from_address__in=proved
    )
    claimed = Conversation.objects.filter(LISTED, requester__in=theirs, is_claimed=True, merged_into=None)
    return claimed.filter(Exists(heard)).exclude(tags__name=NOT_THEIRS)


def chats_answered_to(viewer: Viewer) -> ConversationQuerySet:
    """Others' chats whose answers go to an address that is proved to be the reader's, because somebody left it there."""
    if not _can_be_asked(viewer):
        return Conversation.objects.none()
    theirs, proved = _theirs(viewer)
    windows = Endpoint.objects.filter(
        person__in=theirs, address__in=proved, is_active=True, inbox__kind=Inbox.Kind.MAIL
    )
    taken_part = Participant.objects.filter(conversation=OuterRef("pk"), person__in=theirs, left_at=None)
    chats = Conversation.objects.filter(LISTED, channel="chat", merged_into=None)
    return chats.filter(~Exists(taken_part), pk__in=windows.values("conversation"))


def _can_be_asked(viewer: Viewer) -> bool:
    return not viewer.is_staff and viewer.only is None and bool(viewer.person_id) and viewer.assurance >= 2


def _theirs(viewer: Viewer) -> tuple[QuerySet[Person, Any], QuerySet[Identity, Any]]:
    """Who the reader is, and the addresses they proved."""
    assert viewer.person_id
    theirs = Person.objects.signing_in_as(viewer.person_id).values("pk")
    proved = Identity.objects.filter(person__in=theirs, kind=Identity.Kind.EMAIL, assurance__gte=2)
    return theirs, proved.values("value")


@transaction.atomic
def take_part(chat: Conversation, *, by: Viewer) -> None:
    """It was the reader who asked: the chat stands among their requests, too. The browser that began it keeps it.

    Raises TooManyParticipants.
    """
    assert by.person_id  # a chat is asked about of who is signed in
    chat.add_participant(Person.objects.get(pk=by.person_id), by=by)


@transaction.atomic
def hear_no_more(chat: Conversation, *, by: Viewer) -> None:
    """It wasn't the reader who asked: its answers go to their addresses no longer."""
    theirs, proved = _theirs(by)
    for window in chat.endpoints.filter(person__in=theirs, address__in=proved, is_active=True):
        chat.close_endpoint(window, by=by, is_denied=True)


def is_denied(chat: Conversation, address: str) -> bool:
    """Whether who has this address said that they did not ask here, so that it can't be left here again."""
    closed = chat.endpoints.filter(address=normal("email", address), is_active=False).values_list(
        "pk", flat=True
    )
    facts = Event.objects.filter(
        verb="conversation.endpoint_closed", subject_type=Conversation._meta.label_lower, subject_id=chat.pk
    )
    said = {data.get("endpoint") for data in facts.values_list("data", flat=True) if data.get("is_denied")}
    return bool(said & set(closed))


def with_word_of_colleagues(identities: QuerySet[Identity]) -> QuerySet[Identity]:
    """With `is_said_theirs`: a colleague said that its person did write from the address. Nothing is proved by it: it opens nothing."""
    said = Event.objects.filter(
        verb="conversation.confirmed",
        subject_type=Conversation._meta.label_lower,
        actor_kind="staff",
        subject_id=OuterRef("conversation"),
    )
    heard = Message.objects.filter(
        Exists(said),
        conversation__requester=OuterRef("person"),
        direction=Message.Direction.IN,
        author_kind="person",
        author_id=OuterRef("person"),
        from_address=OuterRef("value"),
    )
    return identities.annotate(is_said_theirs=Exists(heard))


def trust_what_was_confirmed() -> int:
    """Lists mark nobody as unverified who was confirmed after they wrote. Confirming itself sees to that now; this mends what was
    confirmed before it did. Returns how many there were."""
    marked = Conversation.objects.filter(last_message_is_verified=False, is_claimed=False)
    said = Event.objects.filter(verb="conversation.confirmed", subject_type=Conversation._meta.label_lower)
    # From the few facts to their rows: no index leads to rows that are marked.
    behind = marked.filter(pk__in=said.values("subject_id"))
    later = said.filter(subject_id=OuterRef("pk"), at__gte=OuterRef("last_message_at"))
    return sum(_trusted(pk) for pk in list(behind.filter(Exists(later)).values_list("pk", flat=True)))


@transaction.atomic
def _trusted(number: int) -> int:
    conversation = Conversation.objects.select_for_update().get(pk=number)
    conversation.trust_last_message()
    return int(conversation.last_message_is_verified)


@transaction.atomic
def deny(claim: Conversation, *, by: CanAct) -> None:
    """Whoever it names did not write it: the desk sees that by a tag, and they are asked no more."""
    claim.tag(NOT_THEIRS, by=by)
