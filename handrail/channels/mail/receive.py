"""Mail in: raw bytes to ParsedMail, in the child, with a reason where that cannot be done."""

from __future__ import annotations

import json
from functools import partial

from handrail.channels.mail import child, wire
from handrail.channels.mail.parse import parse
from handrail.channels.mail.parsed import Envelope, ParsedMail
from handrail.channels.mail.parts import TooDeep

REASONS = ("too_deep", "time", "memory", "crash")

QUICK_BYTES = 65_536  # a letter; what is larger carries files, or is made to take long

reader = child.Reader(nice=10)
quick_reader = child.Reader(child.QUICK_SECONDS, spare=True)


class Unreadable(ValueError):
    """The mail must be kept aside. `reason` is a code of REASONS."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"This mail could not be read: {reason}.")
        self.reason = reason


class TakesLong(Exception):
    """This mail is not read within moments; read it where nobody waits behind it."""


def receive(
    raw: bytes, envelope: Envelope | None = None, *, is_quick: bool = False, is_shallow: bool = False
) -> ParsedMail:
    """Understand one mail without risk to this process. Safe in threads: they take turns at one child.

    is_quick    others wait behind it: a child of its own reads it, and not for long
    is_shallow  what is nested too deeply stays unread, instead of the whole mail

    Raises Unreadable; the same mail would end the same way again, so keep it aside and go on. Raises TakesLong where it
    should be quick and is not.
    """
    if is_quick and len(raw) > QUICK_BYTES:
        raise TakesLong
    envelope = envelope or Envelope()
    head = json.dumps([envelope.sender, list(envelope.recipients), is_shallow]).encode()
    try:
        chosen = quick_reader if is_quick else reader
        status, _, body = chosen.ask(head + b"\n" + raw).partition(b"\n")
        if status != b"ok":
            raise Unreadable(
                status.decode("ascii") if status.decode("ascii", "replace") in REASONS else "crash"
            )
        return wire.unpack(body, envelope=envelope)
    except child.Died as end:
        if is_quick and end.reason == "time":
            raise TakesLong from end
        raise Unreadable(end.reason) from end
    except (KeyError, TypeError) as nonsense:
        raise Unreadable("crash") from nonsense


def answer(request: bytes) -> bytes:
    """What the child says to one question; runs there."""
    head, _, raw = request.partition(b"\n")
    sender, recipients, is_shallow = json.loads(head)
    read = partial(parse, raw, Envelope(sender, tuple(recipients)), is_shallow=is_shallow)
    try:
        return b"ok\n" + wire.pack(read())
    except (TooDeep, RecursionError):
        return b"too_deep\n"
    except MemoryError:
        return b"memory\n"
