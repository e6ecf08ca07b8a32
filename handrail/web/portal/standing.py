"""Where a conversation stands, in words for its customer, and what they can do there now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import known
from handrail.conversations.expect import expect
from handrail.conversations.presence import reads
from handrail.conversations.queue import AHEAD_MOST, ahead_of, waits_in_queue
from handrail.conversations.status import Status
from handrail.core import clock


@dataclass(frozen=True)
class Standing:
    """kind: bot, waiting (for our first word), person, yours (we asked back), solved or closed; meaning: as of a badge."""

    kind: str
    label: str
    meaning: str
    note: str = ""


def standing(conversation: Conversation, *, locale: str, zone: str) -> Standing:
    """The state in plain words, with what happens next and when."""
    where = state(conversation)
    if where.kind != "waiting":
        return where
    if conversation.is_live and conversation.assignee_id and reads(conversation.assignee_id, conversation.pk):
        # Whatever the hours say: somebody took it and is there.
        return Standing("person", where.label, "info", _("Somebody is reading what you wrote."))
    channel = "mail" if conversation.ticket_since else conversation.channel
    expected = expect(conversation.team, channel=channel)
    if expected.wait and clock.now() - conversation.queued_at > expected.wait.high:
        # They know better by now.
        expected = replace(expected, wait=None)
    said = [expected.sentence(locale=locale, zone=zone)]
    if expected.is_open and waits_in_queue(conversation):
        said.insert(0, place(ahead_of(conversation)))
    return replace(where, note=" ".join(said))


def place(ahead: int) -> str:
    """Where in the queue somebody stands, in the current language."""
    if not ahead:
        return _("You are next.")
    if ahead >= AHEAD_MOST:
        return _("More than %(n)d people are ahead of you.") % {"n": AHEAD_MOST}
    return ngettext("%(n)d person is ahead of you.", "%(n)d people are ahead of you.", ahead) % {"n": ahead}


def state(conversation: Conversation) -> Standing:
    """The same for a list, without asking when somebody will answer."""
    usual = _usual(conversation)
    own = known().get(conversation.custom_status_id or 0) if conversation.custom_status_id else None
    told = own.told(get_language() or "") if own else ""
    return replace(usual, label=told) if told else usual


def _usual(conversation: Conversation) -> Standing:
    for status, told in _by_status().items():
        if conversation.status == status:
            return told
    if conversation.held_by == "bot":
        return Standing("bot", _("Automatic answers"), "info")
    if conversation.first_answered_at:
        return Standing("person", _("In progress"), "info", _("A person is looking after this."))
    if waits_in_queue(conversation):
        return Standing("waiting", _("In the queue"), "waiting")
    return Standing("waiting", _("With our people"), "waiting")


def _by_status() -> dict[str, Standing]:
    return {
        Status.CLOSED: Standing(
            "closed",
            _("Closed"),
            "",
            _("This request is closed. Write here and a new one opens that refers to it."),
        ),
        Status.SOLVED: Standing(
            "solved", _("Solved"), "good", _("Not quite? Just write, and it opens again.")
        ),
        Status.PENDING: Standing(
            "yours",
            _("Waiting for your answer"),
            "waiting",
            _("We asked you something. We continue as soon as you answer."),
        ),
        Status.ON_HOLD: Standing(
            "person",
            _("Being looked into"),
            "info",
            _("We are waiting for somebody else and will write to you here."),
        ),
    }
