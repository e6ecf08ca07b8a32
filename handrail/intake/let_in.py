"""Mail that a colleague let in although nobody can say whose it is, or although it could not be read whole.

It becomes a ticket of its own and nothing else: it joins no conversation, speaks for no colleague and proves nobody,
and where its sender has no address of their own there is no window, so that nothing is sent by itself.
"""

from __future__ import annotations

from dataclasses import replace

from handrail.accounts.models import User
from handrail.channels.mail.keep import envelope_of, head_of
from handrail.channels.mail.parsed import ParsedMail
from handrail.channels.mail.receive import Unreadable, receive
from handrail.channels.models import InboundRaw
from handrail.channels.own_addresses import is_own
from handrail.contacts.identify import meet_unnamed
from handrail.contacts.models import Person
from handrail.core.actors import SYSTEM
from handrail.intake.threading import Place

LET_IN = "let_in"
CLAIMS_NAMED = 3


def as_far_as_it_can_be(raw: InboundRaw, problem: Unreadable) -> ParsedMail:
    """What can be read of a mail that nobody could read whole: its outer parts, or else its head; the original is kept.

    Raises Unreadable where not even its head can be read, and for one that nobody let in.
    """
    if not raw.is_let_in:
        raise problem
    body, envelope = bytes(raw.body), envelope_of(raw)
    try:
        if problem.reason != "too_deep":
            raise problem
        mail = receive(body, envelope, is_shallow=True)
    except Unreadable:
        mail = receive(head_of(body), envelope)
    return replace(mail, cut=tuple(sorted({*mail.cut, "parts"})))


def stands_alone(mail: ParsedMail, raw: InboundRaw, *, is_vouched: bool) -> bool:
    """Whether a mail that was let in names nobody who could take part anywhere: no sender, several, us, or a colleague
    whom nothing proves."""
    if not raw.is_let_in:
        return False
    if not mail.from_address or is_own(mail.from_address):
        return True
    return not is_vouched and is_colleague(mail.from_address)


def is_colleague(address: str) -> bool:
    return User.objects.filter(email=address).exclude(role="").exists()


def without_ours(mail: ParsedMail) -> ParsedMail:
    """The mail of nobody where its sender is an address of ours: we write to none of them."""
    return replace(mail, from_address="") if mail.from_address and is_own(mail.from_address) else mail


def alone() -> Place:
    return Place(how=LET_IN)


def name_of(mail: ParsedMail) -> str:
    """What stands as its author: the sender, or all it claims to be from where that is nobody we know anybody by."""
    if mail.from_address:
        return mail.from_name or mail.from_address
    return ", ".join(str(each) for each in mail.from_claims[:CLAIMS_NAMED])


def nobody_known(*, locale: str) -> Person:
    """The requester of a mail without a sender: somebody without a name and without an address. None is made up."""
    return meet_unnamed(by=SYSTEM, locale=locale)
