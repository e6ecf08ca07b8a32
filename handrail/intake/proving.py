"""Does a mail show that the one whose conversation it is wrote it? What says no is kept, for whoever asks why (why.py)."""

from __future__ import annotations

from typing import Any

from handrail.channels.mail.authenticity import aligned
from handrail.channels.mail.bounces import is_from_a_mailer
from handrail.channels.mail.candidates import candidates
from handrail.channels.mail.parsed import ParsedMail
from handrail.conversations.endpoints import Endpoint
from handrail.intake.threading import Place

# What becomes of an address that is nobody else's (decided.py).
UNSEEN_BY_OTHERS = frozenset({"own", "sender", "twice"})


def unproved(mail: ParsedMail, found: Place, *, is_vouched: bool) -> str:
    """Why nothing shows that the owner of `found` wrote it, as a code; "" where something does.

    other      another address sent it, which shows it for nobody here
    unvouched  it came to no reply address, and its domain does not vouch for it
    sender     its Sender line names somebody else than its From line
    envelope   the server that brought it was told another domain than its From line names, or none
    disclosed  others know the signed reply address it came to

    The word of its own domain is proof enough. A reply address alone is less: whoever has it can write any From line, so
    it counts only while it is its owner's secret and the envelope fits. That costs a badge where a service or another
    server hands on a customer's unsigned mail, or a program answers for them: those are threaded all the same.
    """
    if found.conversation and not found.is_owner:
        return "other"
    if is_vouched:
        return ""
    if found.how != "reply_address" or found.endpoint is None:
        return "unvouched"
    if mail.identity_doubt:
        return "sender"
    if not _envelope_fits(mail):
        return "envelope"
    return "disclosed" if is_disclosed(found.endpoint) else ""


def _envelope_fits(mail: ParsedMail) -> bool:
    # Of fetched mail it is not known; what its Return-Path claims says no more than its From line.
    if mail.envelope.sender is None:
        return True
    domain = mail.envelope.sender.rpartition("@")[2]
    return domain == mail.from_domain or aligned(domain, mail.from_domain)


def is_disclosed(endpoint: Endpoint) -> bool:
    """Whether others have seen the window's address, by a reply to all or by using it: from then on it proves nobody."""
    if endpoint.is_disclosed:
        return True
    came = endpoint.messages.filter(direction="in").values_list("data", "is_automatic")
    return any(
        (data.get("other_address") and not by_program) or _was_shown(data) for data, by_program in came
    )


def _was_shown(data: dict[str, Any]) -> bool:
    named = data.get("why", {}).get("named", ())
    return any(fate not in UNSEEN_BY_OTHERS for _address, _line, fate in named)


def note_use_by_others(mail: ParsedMail) -> None:
    """Keep which reply addresses somebody uses that were made for somebody else, whatever becomes of the mail.

    A report that mail did not arrive says nothing: its server had the letter itself.
    """
    tokens = candidates(mail).tokens
    if not tokens or mail.bounce or is_from_a_mailer(mail):
        return
    windows = Endpoint.objects.filter(pk__in=[token.endpoint_id for token in tokens], is_disclosed=False)
    theirs = windows.exclude(address=mail.from_address).in_bulk()
    used = [
        t.endpoint_id for t in tokens if t.endpoint_id in theirs and t.fits(theirs[t.endpoint_id].reply_key)
    ]
    if used:
        windows.filter(pk__in=used).update(is_disclosed=True)
