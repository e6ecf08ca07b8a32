"""Where a colleague's own answer to a notification comes in: made for one person, one conversation, and what they had seen.

    help+a-<conversation>-<colleague>-<seen>-<signature>@example.com    an answer to the customer
    help+n-<conversation>-<colleague>-<seen>-<signature>@example.com    an answer to a note, which is a note itself

It is half of the proof alone: who writes to it must also be shown to be that colleague (intake/agent_reply.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from handrail.channels.mail.addresses import AGENTS, base36, is_signed, sign
from handrail.channels.mail.mailboxes import normalise
from handrail.channels.mail.parsed import ParsedMail


@dataclass(frozen=True)
class AgentToken:
    """Signed by us. `seen`: the number of the last entry there was when the notification left."""

    conversation: int
    user: int
    seen: int
    is_note: bool = False


def agent_address(inbox_address: str, *, conversation: int, user: int, seen: int, is_note: bool) -> str:
    base, _at, domain = normalise(inbox_address).rpartition("@")
    if not base:
        raise ValueError(f"An inbox needs a plain address, not {inbox_address!r}.")
    named = "-".join(["n" if is_note else "a", *map(base36, (conversation, user, seen))])
    return f"{base}+{named}-{sign('agent', named)}@{domain}"


def agent_token(address: str) -> AgentToken | None:
    """What an address was made for, if we made it; None for any other."""
    match = AGENTS.fullmatch(normalise(address))
    if match is None:
        return None
    named = f"{match['kind']}-{match['conversation']}-{match['user']}-{match['seen']}"
    if not is_signed(match["signature"], "agent", named):
        return None
    conversation, user, seen = (int(match[part], 36) for part in ("conversation", "user", "seen"))
    return AgentToken(conversation, user, seen, is_note=match["kind"] == "n")


def agent_token_of(mail: ParsedMail) -> AgentToken | None:
    """The token a mail came to: where it was delivered first, then what its head says."""
    boxes = (*mail.to, *mail.cc)
    for address in (*mail.envelope.recipients, *mail.delivered_to, *(box.address for box in boxes)):
        if token := agent_token(address):
            return token
    return None
