"""Reports of mail that did not arrive: whose, and whether for good."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from email import message_from_bytes
from email.message import Message

from flufl.bounce import all_failures

from handrail.channels.mail.mailboxes import normalise
from handrail.channels.mail.parsed import Bounce, ParsedMail
from handrail.channels.mail.parts import Part

log = logging.getLogger(__name__)

SCANNED_BYTES = 262_144
STATUS = re.compile(rb"^Status:[ \t]*([245]\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE)
SENDERS = re.compile(r"(mailer-daemon|postmaster|mail-daemon|mailerdaemon)@.*|")


def looks_like_one(*, kind: str, report_type: str, from_address: str, reason: str) -> bool:
    """Whether to look at all. Ordinary mail that talks about failures must not be read as a report."""
    if kind == "multipart/report":
        return report_type in {"delivery-status", ""}
    if kind == "message/delivery-status":
        return True
    return reason in {"null_sender", "robot_sender", "auto_submitted"} and bool(
        SENDERS.fullmatch(from_address)
    )


def is_from_a_mailer(mail: ParsedMail) -> bool:
    """Whether a mail server wrote this, in whatever words, as those do whose reports follow no standard."""
    return bool(mail.auto_submitted) and bool(SENDERS.fullmatch(mail.from_address))


def read(raw: bytes, parts: list[Part]) -> Bounce | None:
    """The addresses the report names, by standard or by one of the many vendor forms; None if it names none."""
    # The library expects headers as text; raw 8-bit ones would come as objects. Reports name addresses in ASCII.
    report = raw[:SCANNED_BYTES].decode("ascii", "replace").replace("\ufffd", "?").encode("ascii")
    delayed, failed = _named_by_vendors(message_from_bytes(report))
    statuses = [match[1].decode() for part in parts for match in STATUS.finditer(part.data[:SCANNED_BYTES])]
    if not failed and not delayed and not statuses:
        return None
    return Bounce(_addresses(failed), _addresses(delayed), max(statuses, default=""))


def _named_by_vendors(report: Message) -> tuple[Iterable[bytes], Iterable[bytes]]:
    try:
        delayed, failed = all_failures(report)
    except Exception:
        # The library trips over odd reports, one without a From line among them. That makes no mail unreadable.
        log.warning("A report was not understood by its vendor's form.", exc_info=True)
        return (), ()
    return delayed, failed


def _addresses(found: Iterable[bytes]) -> tuple[str, ...]:
    plain = (normalise(address.decode("ascii", "replace")) for address in found)
    return tuple(sorted(address for address in plain if address))[:50]
