"""Addresses we make ourselves: where one participant's replies come in, and where a delivery's failure is told.

    help+r-<endpoint>-<signature>@example.com    reply of one participant to one conversation
    help+b-<delivery>-<signature>@example.com    the envelope sender of one delivery (VERP)
    help+a-<…>-<signature>@example.com           a colleague's answer by mail, or +n-…: their note (agent_addresses.py)

Signatures are 130 bits of HMAC-SHA256 in base32, so they survive servers and people that change the case. Neither
form holds a ticket number, and a number alone opens nothing.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q
from django.utils.crypto import constant_time_compare, salted_hmac

from handrail.channels.mail.mailboxes import normalise

SIGNATURE_CHARS = 26  # x 5 bits
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
TAGGED = re.compile(
    r"(?P<base>[^@]+)\+(?P<kind>[rb])-(?P<id>[0-9a-z]{1,12})-(?P<signature>[a-z2-7]{26})@(?P<domain>[^@]+)"
)
AGENTS = re.compile(
    r"(?P<base>[^@]+)\+(?P<kind>[an])-(?P<conversation>[0-9a-z]{1,12})-(?P<user>[0-9a-z]{1,12})-(?P<seen>[0-9a-z]{1,12})"
    r"-(?P<signature>[a-z2-7]{26})@(?P<domain>[^@]+)"
)


@dataclass(frozen=True)
class ReplyToken:
    """Found in an address; nothing until `fits` says so with the endpoint's own key."""

    endpoint_id: int
    signature: str

    def fits(self, reply_key: str) -> bool:
        """Whether we signed this for the endpoint that has this key now. An empty key fits nothing."""
        return bool(reply_key) and is_signed(self.signature, "reply", f"{self.endpoint_id}:{reply_key}")


def reply_address(inbox_address: str, *, endpoint_id: int, reply_key: str) -> str:
    """Where this participant's answers find this conversation. Taken back by giving the endpoint another key."""
    return _tagged(inbox_address, "r", endpoint_id, sign("reply", f"{endpoint_id}:{reply_key}"))


def bounce_address(inbox_address: str, *, delivery_id: int) -> str:
    """The envelope sender of one delivery, so that a failure names it and cannot be made up."""
    return _tagged(inbox_address, "b", delivery_id, sign("bounce", str(delivery_id)))


def reply_token(address: str) -> ReplyToken | None:
    """The reply token in an address of ours, unchecked, or None."""
    match = TAGGED.fullmatch(normalise(address))
    if match is None or match["kind"] != "r":
        return None
    return ReplyToken(int(match["id"], 36), match["signature"])


def bounced_delivery(address: str) -> int | None:
    """The delivery a bounce address was made for, if we made it."""
    match = TAGGED.fullmatch(normalise(address))
    if match is None or match["kind"] != "b":
        return None
    number = int(match["id"], 36)
    return number if is_signed(match["signature"], "bounce", str(number)) else None


def inbox_address(address: str) -> str:
    """The plain address behind one of ours: `help+r-1-…@example.com` and `help@example.com` are the same inbox."""
    address = normalise(address)
    match = TAGGED.fullmatch(address) or AGENTS.fullmatch(address)
    return f"{match['base']}@{match['domain']}" if match else address


def loop_mark(message_id: str) -> str:
    """The value of X-Handrail-Loop on everything we send: signed, so that nobody else's header decides anything."""
    return sign("loop", message_id) + " " + message_id


def is_ours(mark: str) -> bool:
    """Whether we wrote this X-Handrail-Loop value: the mail went out from here and came round."""
    signature, _, message_id = mark.partition(" ")
    return bool(message_id) and is_signed(signature.lower(), "loop", message_id)


def _tagged(inbox: str, kind: str, number: int, signature: str) -> str:
    base, _, domain = normalise(inbox).rpartition("@")
    if not base:
        raise ValueError(f"An inbox needs a plain address, not {inbox!r}.")
    return f"{base}+{kind}-{base36(number)}-{signature}@{domain}"


def sign(purpose: str, value: str, *, secret: str | bytes | None = None) -> str:
    mac = salted_hmac(f"handrail.mail.{purpose}", value, secret=secret, algorithm="sha256").digest()
    return base64.b32encode(mac).decode("ascii").lower()[:SIGNATURE_CHARS]


def is_signed(signature: str, purpose: str, value: str) -> bool:
    # Keys that were in use before the present one: people answer mail that is weeks old.
    secrets = [None, *settings.SECRET_KEY_FALLBACKS]
    found = [constant_time_compare(signature, sign(purpose, value, secret=secret)) for secret in secrets]
    return any(found)


def base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
    return digits or "0"


def untagged(address: str) -> str:
    """The mailbox behind an address: `minji+shop@example.com` is read by whoever reads `minji@example.com`."""
    local, _at, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def of_mailbox(address: str) -> Q:
    """Rows whose `email` is read by whoever reads `address`, whatever stands after its "+"."""
    plain = untagged(address)
    local, _at, domain = plain.rpartition("@")
    return Q(email=plain) | Q(email__startswith=f"{local}+", email__endswith=f"@{domain}")
