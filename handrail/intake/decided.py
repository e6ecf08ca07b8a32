"""What is decided about a mail as it comes in, as codes kept beside its message: nobody has to guess later (see why.py)."""

from __future__ import annotations

from typing import NamedTuple

from django.db import transaction

from handrail.channels.blocking import blocked_among
from handrail.channels.mail.addresses import inbox_address
from handrail.channels.mail.authenticity import Verdict
from handrail.channels.mail.candidates import candidates
from handrail.channels.mail.parsed import ParsedMail
from handrail.channels.models import InboundRaw
from handrail.channels.own_addresses import NOBODYS, of_others
from handrail.conversations.messages import Message
from handrail.conversations.threads import find_by_number_and_person
from handrail.intake.threading import Place

NAMED_MOST = 30
COPIES_KEPT = 20


class Named(NamedTuple):
    """One address a mail names. line: to or cc. fate: noted, own, sender, part (takes part here), twice, blocked, nobody
    (no-reply), many."""

    address: str
    line: str
    fate: str


def recipients(mail: ParsedMail, found: Place) -> list[Named]:
    """Whom a mail names beside us, and what becomes of each: those noted stand beside the message, the rest is left out."""
    taking_part = _taking_part(found)
    boxes = [(box.address, "to") for box in mail.to] + [(box.address, "cc") for box in mail.cc]
    named = [(address, line) for address, line in boxes if address]
    others = set(of_others(address for address, _line in named))
    blocked = blocked_among(others)
    told: list[Named] = []
    seen: set[str] = set()
    noted = 0
    for address, line in named:
        if address not in others:
            # Without the signature it may carry.
            shown, fate = inbox_address(address), "own"
        else:
            shown, fate = address, _fate(address, mail, seen, blocked)
            fate = "part" if fate == "noted" and address in taking_part else fate
        if fate == "noted":
            noted += 1
            fate = fate if noted <= COPIES_KEPT else "many"
        if fate == "own" and shown in seen:
            continue
        seen.add(shown)
        told.append(Named(shown, line, fate))
    return told[:NAMED_MOST]


def _taking_part(found: Place) -> set[str]:
    if found.conversation is None:
        return set()
    return set(found.conversation.endpoints.filter(is_active=True).values_list("address", flat=True))


def _fate(address: str, mail: ParsedMail, seen: set[str], blocked: set[str]) -> str:
    if address == mail.from_address:
        return "sender"
    if address in seen:
        return "twice"
    if address in blocked:
        return "blocked"
    if NOBODYS.fullmatch(address.partition("@")[0].partition("+")[0]):
        return "nobody"
    return "noted"


def decided(mail: ParsedMail, found: Place, raw: InboundRaw) -> dict[str, object]:
    """Why the mail goes where it goes.

    by        the mail id or number that led there, "" for none
    found     the number of the conversation that was found; it may be over, or merged
    tried     what it bore that led nowhere: addresses, ids (how many), number
    came_to   our addresses at which it arrived, without signatures
    released  it was kept aside and a colleague let it in
    claimed   its number is of one in which its sender takes part, but nothing proved that the mail and the address are theirs

    Beside these stand `named` (recipients) and `unproved` (proving.py).
    """
    bore = candidates(mail)
    return {
        "by": found.by,
        "found": found.conversation.pk if found.conversation else None,
        "tried": {"addresses": len(bore.tokens), "ids": len(bore.message_ids), "number": bore.subject_number},
        "came_to": came_to(mail, raw),
        "released": raw.is_let_in,
        "claimed": found.how == "new" and _is_claimed(bore.subject_number, mail),
    }


def _is_claimed(number: int | None, mail: ParsedMail) -> bool:
    if number is None or not mail.from_address:
        return False
    return find_by_number_and_person(number, address=mail.from_address, proved=False) is not None


def distrusted(verdict: Verdict) -> dict[str, object]:
    """Why the sender's domain does not vouch for the mail, as a code; and whether it bears a word on its sender that does not count."""
    return {} if verdict.vouched else {"distrusted": verdict.reason, "brought": verdict.brought}


def came_to(mail: ParsedMail, raw: InboundRaw) -> list[str]:
    """Our addresses at which a mail arrived, without signatures; its mailbox's where nobody said."""
    return list(dict.fromkeys(map(inbox_address, mail.envelope.recipients)))[:5] or [raw.inbox.address]


@transaction.atomic
def keep_acknowledged(message: Message, code: str) -> None:
    """Keep beside a mail whether it got an automatic answer, as a code; what was decided first stands."""
    if not message.message_id:
        return
    row = Message.objects.select_for_update().get(pk=message.pk)
    if "acknowledged" not in row.data:
        row.data["acknowledged"] = code
        row.save(update_fields=["data"])
