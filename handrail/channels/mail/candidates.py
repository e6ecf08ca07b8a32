"""What in a mail may say which conversation it belongs to. Intake checks and decides; nothing here is proof."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handrail.channels.mail.addresses import ReplyToken, bounced_delivery, reply_token
from handrail.channels.mail.parsed import ParsedMail

# "[#1042]" as we write it, or "#1042" as people do.
NUMBER = re.compile(r"(?<![\w&/#])#(\d{1,10})(?!\w)")


@dataclass(frozen=True)
class Candidates:
    """In order of trust. tokens: unchecked (token.fits(endpoint.reply_key)). message_ids: nearest first, without brackets.
    subject_number: only for someone who already takes part in that conversation. bounced: deliveries, signed by us, at
    whose return address this mail arrived."""

    tokens: tuple[ReplyToken, ...] = ()
    message_ids: tuple[str, ...] = ()
    subject_number: int | None = None
    bounced: tuple[int, ...] = ()


def candidates(mail: ParsedMail) -> Candidates:
    """Reply tokens of every address it came to, ids it refers to, the number in its subject, failed deliveries."""
    boxes = (*mail.to, *mail.cc)
    came_to = [*mail.envelope.recipients, *mail.delivered_to, *(box.address for box in boxes)]
    tokens = [token for address in came_to if (token := reply_token(address))]
    # Only where it was really delivered: a To header can hold any bounce address its writer once saw.
    bounced = [
        number for address in mail.envelope.recipients if (number := bounced_delivery(address)) is not None
    ]
    ids = [*mail.in_reply_to, *reversed(mail.references)]
    marked = NUMBER.search(mail.subject)
    return Candidates(
        tokens=tuple(dict.fromkeys(tokens)),
        message_ids=tuple(dict.fromkeys(ids)),
        subject_number=int(marked[1]) if marked else None,
        bounced=tuple(dict.fromkeys(bounced)),
    )
