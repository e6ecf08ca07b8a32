"""Senders whose mail opens no conversation: an address, or every address of a domain."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import transaction

from handrail.accounts.models import User
from handrail.channels.mail.addresses import untagged
from handrail.channels.models import BlockedSender
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

SENDER = re.compile(r"[^@\s]{0,64}@[^@\s.]+(\.[^@\s.]+)+")


class NoSender(ValueError):
    """Neither an address nor "@" with a domain."""


@transaction.atomic
def block(sender: str, *, by: User) -> BlockedSender:
    """Keep aside what comes from there from now on. Raises NoSender."""
    sender = sender.strip().lower()
    if not SENDER.fullmatch(sender) or len(sender) > 254:
        raise NoSender(f"{sender!r} is no address and no domain.")
    row, made = BlockedSender.objects.get_or_create(sender=sender, defaults={"by": by})
    if made:
        record("sender.blocked", row, by=by)
    return row


@transaction.atomic
def unblock(row: BlockedSender, *, by: CanAct) -> None:
    record("sender.unblocked", row, by=by)
    row.delete()


def is_blocked(address: str) -> bool:
    """Whether the address, the mailbox behind its "+tag", or its domain is blocked."""
    return bool(blocked_among([address]))


def blocked_among(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses that are blocked, each as is_blocked says."""
    names = {each: _names(each) for each in addresses if each.strip()}
    asked = set().union(*names.values())
    rows = BlockedSender.objects.filter(sender__in=asked) if asked else BlockedSender.objects.none()
    blocked = set(rows.values_list("sender", flat=True))
    return {address for address, its in names.items() if its & blocked}


def _names(address: str) -> set[str]:
    address = address.strip().lower()
    return {address, untagged(address), f"@{address.rpartition('@')[2]}"}
