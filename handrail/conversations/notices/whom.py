"""Whom a fact concerns, and as what. Who may see it is asked elsewhere (telling.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from handrail.accounts.models import Team, User
from handrail.channels.models import InboundRaw, Inbox
from handrail.conversations.conversation import Conversation
from handrail.conversations.following import Follower
from handrail.conversations.holding import Holder
from handrail.conversations.messages import Message
from handrail.conversations.notices.kinds import RANK, Kind
from handrail.conversations.outgoing import Outgoing
from handrail.core.events.models import Event

# Mails that nobody could read; what was kept aside on purpose is no alarm.
UNREADABLE = {"too_deep", "time", "memory", "crash"}


@dataclass
class Concern:
    """`whom`: user id -> kind. `fact`: what happened, where the chain of causes does not name it better."""

    conversation: Conversation | None
    fact: str = ""
    who: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    whom: dict[int, str] = field(default_factory=dict)

    def tell(self, users: Iterable[int | None], kind: Kind) -> None:
        """The strongest kind stands."""
        for user in users:
            if user and RANK[kind.value] <= RANK.get(self.whom.get(user, ""), len(RANK)):
                self.whom[user] = kind.value


def concern_of(event: Event) -> Concern:
    """Whom the fact concerns; nobody, for most."""
    return HEARD[event.verb](event)


def _conversation(event: Event) -> Conversation:
    return Conversation.objects.select_related("team").get(pk=event.subject_id)


def _assigned(event: Event) -> Concern:
    concern = Concern(_conversation(event))
    concern.tell([event.data["new"]], Kind.ASSIGNED)
    return concern


def _to_team(event: Event) -> Concern:
    concern = Concern(_conversation(event))
    concern.tell(_waiting_team(concern.conversation), Kind.TEAM)
    return concern


def _also_came(event: Event) -> Concern:
    """To the team of one more mailbox: what was written to it stands in another team's conversation."""
    concern = _of_message(_conversation(event), Message.objects.get(pk=event.data["message"]))
    concern.data["mailbox"] = event.data["address"]
    team = Team.objects.filter(pk=event.data["team"]).first()
    concern.tell(team.members.values_list("pk", flat=True) if team else [], Kind.TEAM)
    return concern


def _received(event: Event) -> Concern:
    message = Message.objects.get(pk=event.data["message"])
    conversation = _conversation(event)
    concern = _of_message(conversation, message)
    if message.is_automatic:
        return concern
    concern.tell([conversation.assignee_id], Kind.REPLIED)
    if not conversation.messages.filter(seq__lt=message.seq).exists():
        concern.tell(_waiting_team(conversation), Kind.TEAM)
    concern.tell(_followers(conversation), Kind.FOLLOWED)
    return concern


def _sent(event: Event) -> Concern:
    message = Message.objects.get(pk=event.data["message"])
    conversation = _conversation(event)
    concern = _of_message(conversation, message)
    if message.author_kind == "staff" and not message.is_automatic:
        concern.tell([conversation.assignee_id, *_followers(conversation)], Kind.FOLLOWED)
    return concern


def _stopped(event: Event) -> Concern:
    waiting = Outgoing.objects.select_related("conversation__side_of").get(pk=event.data["outgoing"])
    conversation = waiting.conversation.side_of or waiting.conversation
    message = Message.objects.filter(pk=event.data.get("message")).first()
    # With the message that stopped it it is one piece of news.
    concern = (
        _of_message(conversation, message) if message else Concern(conversation, f"outgoing:{waiting.pk}")
    )
    concern.data["reason"] = waiting.reason
    concern.tell([waiting.author_id], Kind.STOPPED)
    return concern


def _noted(event: Event) -> Concern:
    conversation = _conversation(event)
    concern = Concern(conversation, f"note:{event.data['note']}", data={"note": event.data["note"]})
    concern.tell([conversation.assignee_id, *_followers(conversation)], Kind.FOLLOWED)
    return concern


def _mentioned(event: Event) -> Concern:
    note = event.data["note"]
    concern = Concern(_conversation(event), f"note:{note}", data={"note": note})
    concern.tell([event.data["user"]], Kind.MENTIONED)
    return concern


def _answered_aside(event: Event) -> Concern:
    message = Message.objects.select_related("conversation").get(pk=event.data["message"])
    conversation = _conversation(event)
    concern = Concern(
        conversation, f"message:{message.pk}", message.author_name, data={"side": event.data["side"]}
    )
    if not message.is_automatic:
        # While nobody has the ticket, it concerns who began to ask.
        concern.tell([conversation.assignee_id or message.conversation.submitter_id], Kind.ASIDE)
        concern.tell(_followers(conversation), Kind.FOLLOWED)
    return concern


def _undelivered(event: Event) -> Concern:
    message = Message.objects.select_related("conversation__side_of").get(pk=event.data["message"])
    conversation = message.conversation.side_of or message.conversation
    # One message to several people that reaches none of them is one thing to look at.
    concern = Concern(conversation, f"undelivered:{message.pk}", data={"message": message.pk})
    is_theirs = message.author_kind == "staff" and not message.is_automatic
    concern.tell([message.author_id if is_theirs else conversation.assignee_id], Kind.UNDELIVERED)
    return concern


def _kept_aside(event: Event) -> Concern:
    code = str(event.data.get("reason", "")).partition(" ")[0]
    raw = InboundRaw.objects.defer("body").select_related("inbox").get(pk=event.subject_id)
    # A flood of them is one alarm an hour.
    concern = Concern(None, f"mailbox:{raw.inbox_id}:{event.at:%Y%m%d%H}", raw.inbox.address)
    if code in UNREADABLE:
        concern.tell(User.objects.who_may("console.inbound").values_list("pk", flat=True), Kind.MAILBOX)
    return concern


def _outage(event: Event) -> Concern:
    """Of an outage that lasts; who looks after the mailbox gets a mail of its own about it (channels/outages.py)."""
    inbox, way = Inbox.objects.get(pk=event.subject_id), event.data["way"]
    data = {"way": way, "inbox": inbox.pk, "mailed": event.data["people"]}
    concern = Concern(None, f"{outage_of(inbox.pk, way)}{event.pk}", inbox.address, data)
    if inbox.health.filter(way=way, failing_since=None).exists():
        return concern  # over before anybody was told
    concern.tell(User.objects.who_may("console.inbound").values_list("pk", flat=True), Kind.MAILBOX)
    return concern


def outage_of(inbox_id: int, way: str) -> str:
    """How the name of every outage of this way of a mailbox begins."""
    return f"outage:{inbox_id}:{way}:"


def _of_message(conversation: Conversation, message: Message) -> Concern:
    return Concern(conversation, f"message:{message.pk}", message.author_name, {"message": message.pk})


def _waiting_team(conversation: Conversation | None) -> list[int]:
    """The team, where people have it and nobody of them yet."""
    if conversation is None or conversation.team is None or conversation.assignee_id:
        return []
    if conversation.held_by != Holder.PEOPLE:
        return []
    return list(conversation.team.members.values_list("pk", flat=True))


def _followers(conversation: Conversation) -> list[int]:
    return list(Follower.objects.filter(conversation=conversation).values_list("user", flat=True))


HEARD: dict[str, Callable[[Event], Concern]] = {
    "conversation.assigned": _assigned,
    "conversation.team_changed": _to_team,
    "conversation.handed_over": _to_team,
    "conversation.also_came": _also_came,
    "message.received": _received,
    "message.sent": _sent,
    "reply.stopped": _stopped,
    "note.written": _noted,
    "colleague.mentioned": _mentioned,
    "side.answered": _answered_aside,
    "delivery.failed": _undelivered,
    "delivery.bounced": _undelivered,
    "inbound.quarantined": _kept_aside,
    "inbox.outage_told": _outage,
}
