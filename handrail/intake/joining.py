"""Requests a browser left before its reader signed in: they stay with the browser until the reader takes them along."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Identity, Person
from handrail.conversations.conversation import Conversation, ConversationQuerySet
from handrail.conversations.endpoints import Participant
from handrail.intake.chat import asker, reach_by_mail

PROVED = 2
JOINED_MOST = 100


def of_this_browser(viewer: Viewer) -> ConversationQuerySet:
    """What the browser of somebody signed in holds and their account does not."""
    if not viewer.chat_key or not viewer.person_id or viewer.begins_as:
        return Conversation.objects.none()
    same = Person.objects.signing_in_as(viewer.person_id).values("pk")
    theirs = Participant.objects.filter(conversation=OuterRef("pk"), person__in=same, left_at=None)
    seen = Conversation.objects.visible_to(viewer).of_browser(viewer.chat_key).filter(merged_into=None)
    return seen.filter(~Exists(theirs)).exclude(last_seq=0)


def joinable(viewer: Viewer) -> ConversationQuerySet:
    """Of these the ones that nobody else can have proved to be theirs."""
    proved = Identity.objects.filter(person=OuterRef("requester"), assurance__gte=PROVED)
    return of_this_browser(viewer).filter(~Exists(proved))


@transaction.atomic
def join(viewer: Viewer, numbers: set[int]) -> int:
    """Make the person signed in the requester of those of these that can be joined; how many that were.

    What was written in them before stays theirs, and answers that went to an address they only named go to their own.
    """
    person = asker(viewer)
    # Locked, so that two presses at once move each once.
    found = Conversation.objects.select_for_update().filter(pk__in=joinable(viewer).values("pk"))
    joined = 0
    for conversation in found.filter(pk__in=numbers).order_by("pk")[:JOINED_MOST]:
        before = conversation.requester_id
        ways = list(conversation.endpoints.filter(person=before, is_active=True).select_related("inbox"))
        conversation.give_to(person, by=person)
        conversation.about = {**conversation.about, "asked_as": before, "assurance": viewer.assurance}
        conversation.save(update_fields=["about"])
        for way in ways if person.email else []:
            conversation.attach_endpoint(way.inbox, person.email, person=person, by=person)
        if conversation.is_live and not ways:
            reach_by_mail(conversation, viewer, person)
        joined += 1
    return joined


@transaction.atomic
def take_up(conversation: Conversation, viewer: Viewer) -> None:
    """What a browser held becomes the account's of whoever writes on in it while signed in: people see who asks."""
    if conversation.requester_id == viewer.person_id:
        return
    if joinable(viewer).filter(pk=conversation.pk).exists():
        join(viewer, {conversation.pk})
        conversation.refresh_from_db()


@transaction.atomic
def keep_for_account(viewer: Viewer, since: datetime) -> None:
    """What a person began or went on with while signed in is their account's alone once they have signed out of a browser.

    since  when they signed in
    """
    if viewer.chat_key and viewer.person_id:
        went_on = joinable(viewer).filter(messages__direction="in", messages__at__gte=since)
        join(viewer, set(went_on.values_list("pk", flat=True)))
        begun = Conversation.objects.of_browser(viewer.chat_key).filter(requester=viewer.person_id)
        begun.filter(about__assurance__gte=PROVED).update(chat_key="")
