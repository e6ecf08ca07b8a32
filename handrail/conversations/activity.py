"""Facts of a conversation as sentences, made when they are shown and in the reader's language.

Plain text without HTML, for the desk, mails among colleagues and exports alike. Nothing here says what a
message or a note said; those are shown themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from handrail.conversations.conversation import Conversation
from handrail.conversations.labels import Priority, Type
from handrail.conversations.links import ORDER as ROLES
from handrail.conversations.names import Names, Sender, fields_of
from handrail.conversations.shown_facts import BESIDE_MESSAGES
from handrail.conversations.whose_words import joined, window_closed
from handrail.core.events.models import Event
from handrail.workspace.formats import day_and_time
from handrail.workspace.korean import filled

Data = dict[str, Any]
Reading = Callable[[Data, "Names"], tuple[str, str]]


OF_FIELDS = frozenset({"conversation.field_set", "conversation.kept_open"})


@dataclass(frozen=True)
class Told:
    """One fact for a reader. `old` and `new` are "" where the fact has no such value. `waits_since`: from when on somebody
    waited in the conversation that was merged into this one, none where nobody did."""

    id: int
    verb: str
    at: datetime
    who: str
    text: str
    old: str = ""
    new: str = ""
    waits_since: datetime | None = None


def tell(events: Iterable[Event], *, locale: str) -> list[Told]:
    """Each fact as a sentence, in their order. One query for each kind of thing they name, however many facts.

    locale  the reader's; must be the active translation too
    """
    facts = list(events)
    names = Names.of(facts, locale=locale)
    return [_told(event, names) for event in facts]


def beside_messages(conversation: Conversation, *, locale: str, since: datetime | None = None) -> list[Told]:
    """The changes that stand among the messages, oldest first; from `since` on where given."""
    facts = Event.objects.about(conversation).filter(verb__in=BESIDE_MESSAGES)
    return tell(facts.filter(at__gte=since) if since else facts, locale=locale)


def history(conversation: Conversation, *, locale: str) -> list[Told]:
    """Everything that happened, oldest first: who, when, old and new value."""
    return tell(Event.objects.about(conversation), locale=locale)


def _told(event: Event, names: Names) -> Told:
    old, new = _values(event, names)
    sentence = SENTENCES.get(event.verb)
    if sentence:
        words = {"who": names.subject(event), "old": old, "new": new}
        if event.verb in OF_FIELDS:
            words["field"] = ", ".join(names.named(pk) for pk in fields_of(event))
        if event.data.get("left"):
            words["left"] = names.user(event.data["left"])
        sender = names.sender(event) if event.verb == "message.received" else None
        text = filled(_doubted(sender) if sender else sentence(event), words)
    else:
        # A verb of a later release, or one nobody wrote a sentence for: its code is better than silence.
        text = f"{names.actor(event)}: {event.verb}"
    waited = event.data.get("waits_since")
    since = datetime.fromisoformat(waited) if waited else None
    return Told(event.pk, event.verb, event.at, names.actor(event), text, old, new, since)


def _values(event: Event, names: Names) -> tuple[str, str]:
    """What was there and what is, as they are read; "" where a verb has none."""
    verb = "checklist" if event.verb.startswith("checklist.") else event.verb
    read = VALUES.get(verb)
    return read(event.data, names) if read else ("", "")


def _filled(data: Data, names: Names) -> tuple[str, str]:
    said = [f"{names.named(int(pk))}: {names.value(int(pk), value)}" for pk, value in data["fields"].items()]
    return "", " · ".join(said)


def _what_keeps(data: Data, names: Names) -> tuple[str, str]:
    waited_for = [f"#{number}" for number in data.get("children", [])]
    return "", ", ".join(waited_for + [_said(step, names) for step in data.get("steps", [])])


def _snoozed_until(data: Data, names: Names) -> tuple[str, str]:
    until = datetime.fromisoformat(data["until"])
    return "", day_and_time(until, locale=names.locale, zone=timezone.get_current_timezone_name())


def _other(data: Data, _names: Names) -> tuple[str, str]:
    return "", f"#{data.get('into') or data.get('other')}"


def _linked(data: Data, _names: Names) -> tuple[str, str]:
    return str(ROLES.get(data.get("role", ""), "")), f"#{data.get('other')}"


def _colleague(data: Data, names: Names) -> tuple[str, str]:
    return "", names.user(data.get("user"))


def _labels(kinds: Any) -> Reading:
    return lambda data, _names: (_label(kinds, data.get("old")), _label(kinds, data.get("new")))


# What each verb changed: (before, after).
VALUES: dict[str, Reading] = {
    "conversation.transcript_asked": lambda data, _names: ("", str(data.get("address", ""))),
    "conversation.transcript_confirmed": lambda data, _names: ("", str(data.get("address", ""))),
    "conversation.assigned": lambda data, names: (names.user(data.get("old")), names.user(data.get("new"))),
    "conversation.followed": _colleague,
    "conversation.unfollowed": _colleague,
    "colleague.mentioned": _colleague,
    "draft.taken_over": lambda data, names: (names.user(data.get("old")), ""),
    "conversation.team_changed": lambda data, names: (
        names.team(data.get("old")),
        names.team(data.get("new")),
    ),
    "conversation.status_changed": lambda data, names: (
        names.status(data.get("old"), data.get("old_custom")),
        names.status(data.get("new"), data.get("new_custom")),
    ),
    "conversation.priority_changed": _labels(Priority),
    "conversation.type_changed": _labels(Type),
    "conversation.linked": _linked,
    "conversation.unlinked": _linked,
    "conversation.field_set": lambda data, names: (
        names.value(data["field"], data["old"]),
        names.value(data["field"], data["new"]),
    ),
    "conversation.filled": _filled,
    "conversation.form_chosen": lambda data, names: (
        names.form(data.get("old")),
        names.form(data.get("new")),
    ),
    "conversation.kept_open": _what_keeps,
    "side.begun": lambda data, _names: ("", ", ".join(data.get("to", []))),
    "checklist": lambda data, names: ("", _said(data.get("step") or data.get("names") or {}, names)),
    "conversation.retitled": lambda data, _names: (
        data.get("old") or _("(no subject)"),
        data.get("new") or _("(no subject)"),
    ),
    "conversation.tagged": lambda data, _names: ("", data.get("tag", "")),
    "conversation.untagged": lambda data, _names: (data.get("tag", ""), ""),
    "conversation.participant_added": lambda data, names: ("", names.whom(data.get("person"))),
    "conversation.participant_removed": lambda data, names: (names.whom(data.get("person")), ""),
    "conversation.requester_changed": lambda data, names: (
        names.whom(data.get("old")),
        names.whom(data.get("person")),
    ),
    "conversation.snoozed": _snoozed_until,
    "conversation.also_came": lambda data, _names: ("", data.get("address", "")),
    "conversation.merged": _other,
    "conversation.absorbed": _other,
    "conversation.unmerged": _other,
    "conversation.released": _other,
    "conversation.split": _other,
}


def _said(texts: dict[str, str], names: Names) -> str:
    return texts.get(names.locale) or texts.get("ko", "")


def _label(kinds: Any, code: str | None) -> str:
    return str(kinds(code).label) if code in kinds.values else str(code or "")


def _assigned(event: Event) -> str:
    if event.data.get("new") is None:
        return _("%(who)s took this off %(old)s")
    if event.actor_kind == "staff" and event.actor_id == event.data["new"]:
        return _("%(who)s took this conversation")
    return _("%(who)s assigned this to %(new)s")


def _team_changed(event: Event) -> str:
    if event.data.get("left"):
        return _("%(who)s moved this from %(old)s to %(new)s, and %(left)s no longer has it")
    return _("%(who)s moved this from %(old)s to %(new)s")


def _field_set(event: Event) -> str:
    if not event.data["new"]:
        return _("%(who)s emptied %(field)s")
    if not event.data["old"]:
        return _("%(who)s filled in %(field)s: %(new)s")
    return _("%(who)s changed %(field)s: %(old)s → %(new)s")


def _kept_open(event: Event) -> str:
    if not event.data.get("fields"):
        if event.data.get("steps"):
            return _("This was not solved with the reply, because this is still to be done: %(new)s")
        return _("This was not solved with the reply: %(new)s must be solved first")
    if event.data.get("steps") or event.data.get("children"):
        return _("This was not solved with the reply: first comes %(new)s, and %(field)s must be filled in")
    return _("This was not solved with the reply: %(field)s must be filled in first")


def _followed(event: Event) -> str:
    if event.actor_kind == "staff" and event.actor_id == event.data.get("user"):
        return _("%(who)s follows this conversation")
    return _("%(who)s made %(new)s a follower")


def _stopped(event: Event) -> str:
    reasons = {
        "customer_wrote": _("%(who)s wrote first, so the reply set for later was stopped"),
        "closed": _("The reply did not leave, because the conversation is closed"),
        "deleted": _("The reply did not leave, because the conversation was deleted"),
        "joined": _("The reply did not leave, because somebody came in after it was written"),
        "gone": _("The reply did not leave, because nobody it was written to gets mail from here any more"),
    }
    return reasons.get(event.data.get("reason", ""), _("%(who)s stopped the reply set for later"))


def _woken(event: Event) -> str:
    reasons = {
        "time": _("The hour has come: this stands in the lists again"),
        "customer": _("%(who)s wrote, so this stands in the lists again"),
        "side": _("An answer came in a side conversation, so this stands in the lists again"),
    }
    return reasons.get(event.data.get("reason", ""), _("%(who)s brought this back into the lists"))


def _handed_over(event: Event) -> str:
    reasons = {
        "asked": _("%(who)s asked for a person"),
        "no_answer": _("%(who)s found no answer and called a person"),
        "silent": _("No automatic reply came within ten seconds, so people have this"),
        "turns": _("%(who)s called a person after several automatic replies"),
        "answered": _("%(who)s answered, so the assistant is silent here"),
        "taken": _("%(who)s gave this to a colleague, so the assistant is silent here"),
        "merged": _("%(who)s merged what waits for people into this, so the assistant is silent here"),
    }
    return reasons.get(event.data.get("reason", ""), _("%(who)s passed this to people"))


def _doubted(sender: Sender) -> str:
    if sender.is_elsewhere and sender.is_vouched:
        return _("%(who)s wrote a message; the conversation was with another address")
    if sender.is_elsewhere:
        return _(
            "%(who)s wrote a message; the conversation was with another address, and nobody vouched for this one"
        )
    return _("%(who)s wrote a message; nobody vouched for the sender")


def _not_acknowledged(event: Event) -> str:
    if event.data.get("reason") == "everywhere":
        return _("No automatic reply went out: very many were due at once")
    return _("No automatic reply went out: this address had enough of them")


SENTENCES: dict[str, Callable[[Event], str]] = {
    "conversation.opened": lambda _e: _("%(who)s opened the conversation"),
    "conversation.assigned": _assigned,
    "conversation.team_changed": _team_changed,
    "conversation.status_changed": lambda _e: _("%(who)s changed the status: %(old)s → %(new)s"),
    "conversation.handed_over": _handed_over,
    "conversation.person_asked_for": lambda _e: _("%(who)s asked for a person"),
    "conversation.understanding_checked": lambda e: (
        _("%(who)s confirmed that we understood")
        if e.data.get("right")
        else _("%(who)s wants to correct what we understood")
    ),
    "conversation.not_acknowledged": _not_acknowledged,
    "conversation.priority_changed": lambda _e: _("%(who)s changed the priority: %(old)s → %(new)s"),
    "conversation.tagged": lambda _e: _("%(who)s added the tag “%(new)s”"),
    "conversation.untagged": lambda _e: _("%(who)s removed the tag “%(old)s”"),
    "conversation.retitled": lambda _e: _("%(who)s changed the subject: %(old)s → %(new)s"),
    "conversation.participant_added": joined,
    "conversation.participant_removed": lambda _e: _("%(who)s removed %(old)s from the copy"),
    "conversation.requester_changed": lambda _e: _("%(who)s changed the requester: %(old)s → %(new)s"),
    "conversation.confirmed": lambda _e: _("%(who)s confirmed that the requester sent this"),
    "conversation.also_came": lambda e: (
        _("Mail to %(new)s is part of this too, and its team was told")
        if e.data.get("team")
        else _("Mail to %(new)s is part of this too")
    ),
    "conversation.type_changed": lambda _e: _("%(who)s changed the type: %(old)s → %(new)s"),
    "conversation.linked": lambda _e: _("%(who)s linked %(new)s · %(old)s"),
    "conversation.unlinked": lambda _e: _("%(who)s took the link to %(new)s away · %(old)s"),
    "conversation.split": lambda _e: _("%(who)s made a message into its own conversation %(new)s"),
    "conversation.redacted": lambda _e: _("%(who)s took something out for good"),
    "conversation.deleted": lambda e: (
        _("%(who)s put this away as spam")
        if e.data.get("reason") == "spam"
        else _("%(who)s deleted the conversation")
    ),
    "conversation.restored": lambda e: (
        _("%(who)s restored the conversation; its sender may write again")
        if e.data.get("unblocked")
        else _("%(who)s restored the conversation")
    ),
    "conversation.kept_open": _kept_open,
    "conversation.field_set": _field_set,
    "conversation.filled": lambda _e: _("%(who)s filled in the form"),
    "conversation.form_chosen": lambda _e: _("%(who)s changed the form: %(old)s → %(new)s"),
    "checklist.added": lambda _e: _("%(who)s added the checklist “%(new)s”"),
    "checklist.taken_off": lambda _e: _("%(who)s took the checklist “%(new)s” away"),
    "checklist.step_added": lambda _e: _("%(who)s added a step: %(new)s"),
    "checklist.step_dropped": lambda _e: _("%(who)s took a step away: %(new)s"),
    "checklist.ticked": lambda _e: _("%(who)s did: %(new)s"),
    "checklist.unticked": lambda _e: _("%(who)s opened a step again: %(new)s"),
    "conversation.endpoint_attached": lambda _e: _("%(who)s joined this from another channel"),
    "conversation.endpoint_closed": window_closed,
    "conversation.transcript_asked": lambda _e: _("%(who)s had the transcript mailed to %(new)s"),
    "conversation.transcript_confirmed": lambda _e: _(
        "Whoever reads %(new)s asked for the transcript by its link"
    ),
    "conversation.became_ticket": lambda _e: _("%(who)s turned the chat into a ticket"),
    "conversation.became_chat": lambda _e: _("%(who)s turned the ticket back into a chat"),
    "conversation.merged": lambda _e: _("%(who)s merged this into %(new)s"),
    "conversation.absorbed": lambda _e: _("%(who)s merged %(new)s into this"),
    "conversation.snoozed": lambda _e: _("%(who)s snoozed this until %(new)s"),
    "conversation.woken": _woken,
    "conversation.unmerged": lambda _e: _("%(who)s took the merging into %(new)s back"),
    "conversation.released": lambda _e: _("%(who)s took the merging of %(new)s back"),
    "message.received": lambda _e: _("%(who)s wrote a message"),
    "message.sent": lambda _e: _("%(who)s sent a reply"),
    "reply.held": lambda _e: _("%(who)s pressed send"),
    "reply.scheduled": lambda _e: _("%(who)s set a reply for later"),
    "reply.taken_back": lambda _e: _("%(who)s took a reply back before it left"),
    "reply.stopped": _stopped,
    "conversation.followed": _followed,
    "conversation.unfollowed": lambda _e: _("%(who)s no longer follows this conversation"),
    "colleague.mentioned": lambda _e: _("%(who)s mentioned %(new)s in a note"),
    "side.begun": lambda _e: _("%(who)s began a side conversation with %(new)s"),
    "side.sent": lambda _e: _("%(who)s wrote in a side conversation"),
    "side.answered": lambda _e: _("%(who)s answered in a side conversation"),
    "side.done": lambda _e: _("%(who)s marked a side conversation as done"),
    "side.opened": lambda _e: _("%(who)s opened a side conversation again"),
    "draft.taken_over": lambda _e: _("%(who)s went on with what %(old)s had begun to write"),
    "note.written": lambda _e: _("%(who)s wrote a private note"),
    "delivery.sent": lambda _e: _("The mail server took the message"),
    "delivery.failed": lambda _e: _("The message could not be delivered"),
    "delivery.bounced": lambda _e: _("The message came back"),
    "delivery.resent": lambda _e: _("%(who)s sent the message again"),
}
