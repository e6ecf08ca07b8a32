"""The first mail of a conversation: it answers nothing of ours, so what stands below the head of another mail is news to us."""

from __future__ import annotations

from dataclasses import replace

from handrail.channels.mail.parsed import ParsedMail
from handrail.channels.mail.replies import forwards, split


def as_first(mail: ParsedMail) -> ParsedMail:
    """The mail with what it passes on among its words, also where only the head of another mail marks that."""
    if not mail.quoted_text:
        return mail
    reply = split(mail.text, is_forward=forwards(mail.subject), is_first=True)
    return replace(
        mail,
        reply_text=reply.text,
        quoted_text=reply.quoted,
        placed_text=reply.placed,
        unplaced_text=reply.unplaced,
    )
