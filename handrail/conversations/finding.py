"""Keeping the words of conversations up to date, inside the transaction that changes them."""

from __future__ import annotations

from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message, Note
from handrail.conversations.words import remember
from handrail.core.events.models import Event
from handrail.core.events.registry import project

RENAMED_MOST = 200  # conversations of one renamed person that are found by the new name


@project("conversation.opened", "conversation.retitled")
def find_by_subject_and_people(event: Event) -> None:
    conversation = Conversation.objects.select_related("requester").get(pk=event.subject_id)
    words = [conversation.subject, *_called(conversation.requester)]
    if conversation.submitter_kind == "staff" and conversation.submitter_id:
        from handrail.accounts.models import User

        words += User.objects.filter(pk=conversation.submitter_id).values_list("name", flat=True)
    remember(conversation.pk, " ".join(words))


@project("message.received", "message.sent")
def find_by_message(event: Event) -> None:
    message = Message.objects.get(pk=event.data["message"])
    files = message.attachments.values_list("file__title", flat=True)
    remember(event.subject_id, " ".join([message.text, message.author_name, message.from_address, *files]))


@project("note.written")
def find_by_note(event: Event) -> None:
    remember(event.subject_id, Note.objects.get(pk=event.data["note"]).text, private=True)


@project("conversation.participant_added")
def find_by_participant(event: Event) -> None:
    remember(event.subject_id, " ".join(_called(Person.objects.get(pk=event.data["person"]))))


@project("person.changed")
def find_by_new_name(event: Event) -> None:
    if event.data.get("field") != "name":
        return
    theirs = Conversation.objects.filter(requester=event.subject_id).order_by("-created_at")
    for number in theirs.values_list("pk", flat=True)[:RENAMED_MOST]:
        remember(number, event.data["new"])


def _called(person: Person) -> list[str]:
    return [person.name, *person.identities.values_list("value", flat=True)]
