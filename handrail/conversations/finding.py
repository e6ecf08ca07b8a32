"""Keeping the words of conversations up to date, inside the transaction that changes them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from handrail.accounts.models import User
from handrail.contacts.models import Identity, Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.fields import Field
from handrail.conversations.messages import Attachment, Message, Note
from handrail.conversations.values import values_of
from handrail.conversations.words import forget, remember
from handrail.core.events.models import Event
from handrail.core.events.registry import project
from handrail.core.prepared import rows_of, sql_with
from handrail.workspace.locales import LOCALES
from handrail.workspace.typed import shown

RENAMED_MOST = 200  # conversations of one renamed person that are found by the new name


@project("conversation.opened", "conversation.retitled")
def find_by_subject_and_people(event: Event) -> None:
    words = _heading(event.row(Conversation, event.subject_id))
    # Opened by a message: its words are written along, and the message's own fact has none to add.
    for row in event.at_hand:
        if isinstance(row, Message):
            words += _said(row)
    remember(event.subject_id, " ".join(words), is_new=event.verb == "conversation.opened")


@project("message.received", "message.sent")
def find_by_message(event: Event) -> None:
    remember(event.subject_id, " ".join(_said(event.row(Message, event.data["message"]))))


@project("side.sent", "side.answered")
def find_by_side(event: Event) -> None:
    """A ticket is found by what was said aside, as by its notes: by colleagues alone."""
    remember(event.subject_id, _aside(event.row(Message, event.data["message"])), private=True)


def find_anew(conversation: Conversation) -> None:
    """Let it be found by what it says now and by nothing it said before; a side conversation finds its ticket."""
    if conversation.side_of is not None:
        find_anew(conversation.side_of)
        return
    forget(conversation.pk)
    words = _heading(conversation)
    for person in Person.objects.filter(participations__conversation=conversation):
        words += _called(person)
    for message in conversation.messages.all():
        words += _said(message)
    remember(conversation.pk, " ".join(words))
    for text in conversation.notes.values_list("text", flat=True):
        remember(conversation.pk, text, private=True)
    for message in Message.objects.filter(conversation__side_of=conversation).select_related("conversation"):
        remember(conversation.pk, _aside(message), private=True)
    _remember_fields(conversation.pk, values_of(conversation))


@project("note.written")
def find_by_note(event: Event) -> None:
    remember(event.subject_id, Note.objects.get(pk=event.data["note"]).text, private=True)


@project("conversation.participant_added", "conversation.requester_changed")
def find_by_participant(event: Event) -> None:
    remember(event.subject_id, " ".join(_called(Person.objects.get(pk=event.data["person"]))))


@project("conversation.field_set", "conversation.filled")
def find_by_field(event: Event) -> None:
    said: dict[str, list[str]] = event.data.get("fields") or {str(event.data["field"]): event.data["new"]}
    _remember_fields(event.subject_id, {int(pk): value for pk, value in said.items() if value})


def _remember_fields(number: int, said: dict[int, list[str]]) -> None:
    """What fields say; what colleagues alone see among what they noted."""
    texts: dict[bool, list[str]] = {True: [], False: []}
    for field in Field.objects.filter(pk__in=said):
        texts[field.is_public] += [shown(field, said[field.pk], locale) for locale in LOCALES]
    for is_public, words in texts.items():
        if words:
            remember(number, " ".join(words), private=not is_public)


@project("person.changed")
def find_by_new_name(event: Event) -> None:
    if event.data.get("field") != "name":
        return
    theirs = Conversation.objects.filter(requester=event.subject_id, side_of=None).order_by("-created_at")
    for number in theirs.values_list("pk", flat=True)[:RENAMED_MOST]:
        remember(number, event.data["new"])


def _heading(conversation: Conversation) -> list[str]:
    words = [conversation.subject, *_called(conversation.requester)]
    if conversation.submitter_kind == "staff" and conversation.submitter_id:
        words += User.objects.filter(pk=conversation.submitter_id).values_list("name", flat=True)
    return words


def _said(message: Message) -> list[str]:
    files = rows_of(*sql_with("titles of a message's files", _titles, message.pk))
    return [message.text, message.author_name, message.from_address, *(title for (title,) in files)]


def _aside(message: Message) -> str:
    return " ".join([message.conversation.subject, *_said(message)])


def _titles(message: int) -> QuerySet[Any, Any]:
    return Attachment.objects.filter(message=message).values_list("file__title")


def _called(person: Person) -> list[str]:
    return [person.name, *(value for (value,) in rows_of(*sql_with("names of a person", _names, person.pk)))]


def _names(person: int) -> QuerySet[Any, Any]:
    return Identity.objects.filter(person=person).values_list("value")
