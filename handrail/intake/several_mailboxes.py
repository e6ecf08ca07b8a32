"""One mail to several of our mailboxes: every team gets it, and none works on it twice (decision 37)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from handrail.channels.mail.parsed import ParsedMail
from handrail.channels.models import InboundRaw, Inbox
from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Endpoint
from handrail.conversations.messages import Message
from handrail.core.actors import SYSTEM
from handrail.core.events.ledger import record
from handrail.core.events.models import Event


def shares(inbox: Inbox, conversation: Conversation) -> bool:
    """Whether who reads the mailbox and who has the conversation may see each other's, so that one is enough for both.

    A conversation that has a window at the mailbox is the mailbox's own, whichever team has it by now.
    """
    home = home_of(conversation)
    if home.team_id == inbox.team_id:
        return True
    if Endpoint.objects.filter(conversation__in=[conversation, home], inbox=inbox).exists():
        return True
    return not any(team and team.is_private for team in (home.team, inbox.team))


def home_of(conversation: Conversation) -> Conversation:
    """Where colleagues read what is said in it: its ticket, or what it was merged into."""
    return (conversation.side_of or conversation).survivor


def told_before(mail: ParsedMail, raw: InboundRaw) -> list[Message]:
    """The messages that the same mail became when it came to others of our mailboxes, the oldest first."""
    others = Inbox.objects.exclude(pk=raw.inbox_id)
    same = InboundRaw.objects.filter(
        inbox__in=others, external_id=raw.external_id, state=InboundRaw.State.TAKEN
    )
    numbers = set(same.values_list("pk", flat=True))
    if not numbers:
        return []
    ids = [f"raw-{number}" for number in numbers] + [mail.message_id] * bool(mail.message_id)
    named = Message.objects.filter(direction=Message.Direction.IN, message_id__in=ids).order_by("pk")
    return [each for each in named.select_related("conversation") if each.data.get("raw") in numbers]


def also_came(message: Message, inbox: Inbox, *, at: Sequence[str]) -> None:
    """Name one more mailbox beside a message, and on its conversation if that does not know the mailbox yet.

    at  our addresses at which it arrived there

    In the caller's transaction; again it changes nothing.
    """
    row = Message.objects.select_for_update().get(pk=message.pk)
    kept = row.data.get("why")
    if isinstance(kept, dict):
        kept["came_to"] = list(dict.fromkeys([*kept.get("came_to", []), *at]))
        row.save(update_fields=["data"])
    name_mailbox(message, inbox)


def vouch_for(message: Message) -> None:
    """One of the mailboxes vouches for who sent it, so that it no longer matters that another could not."""
    if message.is_verified or message.data.get("other_address"):
        return
    message.is_verified = True
    message.save(update_fields=["is_verified"])
    conversation = message.conversation
    conversation.confirm(by=SYSTEM)
    if not conversation.messages.filter(direction=Message.Direction.IN, seq__gt=message.seq).exists():
        conversation.trust_last_message()


def name_mailbox(message: Message, inbox: Inbox) -> None:
    """Say on the conversation that it came to this mailbox too, once; another team than its own is told."""
    home = home_of(message.conversation)
    if home.deleted_at or _is_named(message.conversation, home, inbox):
        return
    team = inbox.team_id if inbox.team_id != home.team_id else None
    told: dict[str, Any] = {"address": inbox.address, "inbox": inbox.pk, "team": team}
    record("conversation.also_came", home, by=SYSTEM, message=message.pk, **told)


def _is_named(conversation: Conversation, home: Conversation, inbox: Inbox) -> bool:
    if Endpoint.objects.filter(conversation__in=[conversation, home], inbox=inbox).exists():
        return True
    return Event.objects.about(home).filter(verb="conversation.also_came", data__inbox=inbox.pk).exists()
