"""The bot is waited for ten seconds. When it says nothing, for whatever reason, people have the conversation.

Told by the worker, ten seconds after each message, and by the visitor's own page, which also helps where no worker runs and
is shown all the same where nothing can be written.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.core import clock
from handrail.core.actors import BOT
from handrail.core.inserting import where_possible
from handrail.core.jobs.backend import task
from handrail.intake.escalate import escalate

SILENT_AFTER = timedelta(seconds=10)


def watch(message: Message) -> None:
    """Look ten seconds from now whether this message was answered. In the transaction of the message."""
    if message.conversation.held_by == "bot":
        at = clock.now() + SILENT_AFTER
        look.using(run_after=at).enqueue(message.conversation_id)


@task(queue_name="mail")
def look(number: int) -> None:
    conversation = Conversation.objects.filter(pk=number).first()
    if conversation:
        open_where_silent(conversation)


def open_where_silent(conversation: Conversation) -> bool:
    """Hand over where the bot owes an answer for ten seconds. False: it does not, or people have it."""
    if not owes_an_answer(conversation):
        return False
    with transaction.atomic():
        locked = Conversation.objects.select_for_update().get(pk=conversation.pk)
        return owes_an_answer(locked) and escalate(locked, reason="silent", by=BOT)


def open_if_possible(conversation: Conversation) -> None:
    """As `open_where_silent`, for a page that has only to be shown."""
    with where_possible(f"that people have chat {conversation.pk}"):
        open_where_silent(conversation)


def owes_an_answer(conversation: Conversation) -> bool:
    return (
        conversation.held_by == "bot"
        and conversation.last_message_from == "in"
        and conversation.last_message_at <= clock.now() - SILENT_AFTER
    )


def holds(conversation: Conversation) -> bool:
    """Whether the bot may still speak; holds the row until the transaction ends, so that nobody takes over meanwhile."""
    row = Conversation.objects.select_for_update().filter(pk=conversation.pk).values_list("held_by")
    return row.get()[0] == "bot"
