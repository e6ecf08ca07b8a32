"""Addresses that can be no customer's: our own inboxes, and those nobody reads.

Mail to one of our inboxes comes back to us. Whoever could give it as theirs would have us answer ourselves, or would find
what others prove by mail, a sign-in link for one, among our requests.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from contextlib import suppress

from django.utils.translation import gettext as _

from handrail.channels.mail.mailboxes import on_the_wire
from handrail.channels.models import Inbox
from handrail.workspace.korean import filled

NOBODYS = re.compile(r"(no|do[-_.]?not)[-_.]?reply|mailer-daemon", re.IGNORECASE)
# A domain nobody else knows, or a bare number of a machine.
ON_ONE_MACHINE = re.compile(r"@(?:(?:[^@]*\.)?localhost\.?|\[[^@]*\])$", re.IGNORECASE)


class OwnAddress(ValueError):
    """The address is one of ours; the text says so, in the current language."""


def is_own(address: str) -> bool:
    """Whether mail to `address` comes to one of our inboxes, whatever stands after its "+".

    Wider than what is the same person's address: letters that look alike to a mail server are alike here, and an inbox
    that is closed stays ours.
    """
    return not of_others([address])


def of_others(addresses: Iterable[str]) -> list[str]:
    """Those of `addresses` that are not ours, in their order."""
    reached = {address: _reached(address) for address in addresses}
    asked = set().union(*reached.values())
    own = {address for _inbox, address in Inbox.objects.known_as(asked)}
    return [address for address, names in reached.items() if not names & own]


def _reached(address: str) -> set[str]:
    """The plain forms of an address under which an inbox may be listed."""
    local, _at, domain = unicodedata.normalize("NFKC", address).strip().casefold().rpartition("@")
    domain = domain.rstrip(".")
    with suppress(UnicodeError):
        domain = domain.encode("idna").decode("ascii")
    return {f"{name}@{domain}" for name in (local, local.partition("+")[0]) if name}


def refusal(address: str, *, by_staff: bool = False) -> str:
    """Why nobody can have this address, for the person who typed it, in the current language; "" for any other.

    by_staff  a colleague typed it for somebody else
    """
    named = {"address": address.strip()}
    if is_own(address):
        if by_staff:
            return (
                _(
                    "“%(address)s” is one of our own addresses: what we write there comes back to us. Enter somebody else’s."
                )
                % named
            )
        return (
            _("“%(address)s” is our own address. Leave one of yours, so that our answer reaches you.") % named
        )
    return unread(address, by_staff=by_staff)


def unread(address: str, *, by_staff: bool = False) -> str:
    """Why nobody's answer arrives at this address, as `refusal` says it; "" for any other. Asks no table."""
    if ON_ONE_MACHINE.search(address.strip()):
        words = _(
            "“%(address)s” is an address within one machine, which our answer cannot reach. "
            "Write one that mail from outside reaches, like name@example.com."
        )
        return filled(words, {"address": address.strip()})
    if not (address.isascii() and '"' not in address) and not on_the_wire(address):
        return _("Mail cannot be sent to “%(address)s”. Write another address, like name@example.com.") % {
            "address": address.strip()
        }
    if not NOBODYS.fullmatch(address.strip().partition("@")[0].partition("+")[0]):
        return ""
    named = {"address": address.strip()}
    if by_staff:
        return _("Nobody reads mail at “%(address)s”. Enter an address that is read.") % named
    return _("Nobody reads mail at “%(address)s”. Leave an address that you read.") % named


def refuse_own(address: str) -> None:
    """Raise OwnAddress for one of ours."""
    if is_own(address):
        raise OwnAddress(refusal(address))
