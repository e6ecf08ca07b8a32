"""What a mail said, once understood: plain values, no bytes to interpret again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from handrail.channels.mail.mailboxes import Mailbox


@dataclass(frozen=True)
class Envelope:
    """What the other server said: `sender` is "" for the null return path and None where we don't know."""

    sender: str | None = None
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True)
class MailFile:
    """`name` cleaned for showing, `type` read from the bytes, `cid` without brackets where the HTML shows it inside."""

    name: str
    type: str
    data: bytes
    cid: str = ""

    @property
    def size(self) -> int:
        return len(self.data)


@dataclass(frozen=True)
class Bounce:
    """A report that mail did not arrive. It is a claim until its address carries our signature (addresses.py)."""

    failed: tuple[str, ...] = ()
    delayed: tuple[str, ...] = ()
    status: str = ""


@dataclass(frozen=True)
class ParsedMail:
    """One mail. Text is NFC; addresses normalised; ids without brackets; `date` is a claim, aware, or None.

    from_address     "" where there is none, or several: then nobody is known by it (identity_doubt says why)
    identity_doubt   "", no_from, several_from, sender_differs
    text, html       the whole content; html cleaned by profile "mail", "" where the mail has none or is past limits
    reply_text       what this person newly wrote, and what they pass on, where the subject or the line above it says that it
                     is forwarded; never empty when text is not
    quoted_text      what it repeats of earlier mails, signatures included
    placed_text      reply_text with each answer below the quoted lines it answers, where answers stand between them; else ""
    unplaced_text    of such a mail, quoted_text without those lines
    offset           of the sender's clock from UTC, as `date` was written; None where that names none
    auto_submitted   "" for a person's mail, else a code (automatic.py)
    loop_mark        the X-Handrail-Loop value as it came; addresses.is_ours says whether we wrote it
    asymmetric       text and HTML part say different things: show both
    cut              limits that were reached: headers, parts, addresses, text, html
    """

    from_address: str = ""
    from_name: str = ""
    identity_doubt: str = ""
    from_claims: tuple[Mailbox, ...] = ()
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    reply_to: tuple[Mailbox, ...] = ()
    delivered_to: tuple[str, ...] = ()
    subject: str = ""
    text: str = ""
    html: str = ""
    reply_text: str = ""
    quoted_text: str = ""
    placed_text: str = ""
    unplaced_text: str = ""
    attachments: tuple[MailFile, ...] = ()
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    date: datetime | None = None
    offset: timedelta | None = None
    auto_submitted: str = ""
    loop_mark: str = ""
    bounce: Bounce | None = None
    list_id: str = ""
    envelope: Envelope = field(default_factory=Envelope)
    asymmetric: bool = False
    cut: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[str, str]:
        """What a reader is shown, and what is folded away below it."""
        if self.placed_text:
            return self.placed_text, self.unplaced_text
        return self.reply_text, self.quoted_text

    @property
    def from_domain(self) -> str:
        return self.from_address.rpartition("@")[2]


def as_json(mail: ParsedMail) -> dict[str, Any]:
    """The probe form printed by `handrail mail parse`: names and sizes of attachments, never their bytes."""

    def boxes(found: tuple[Mailbox, ...]) -> list[dict[str, str]]:
        return [{"address": box.address, "name": box.name} for box in found]

    return {
        "from": {"address": mail.from_address, "name": mail.from_name},
        "to": boxes(mail.to),
        "cc": boxes(mail.cc),
        "reply_to": boxes(mail.reply_to),
        "subject": mail.subject,
        "text": mail.text,
        "reply_text": mail.reply_text,
        "quoted_text": mail.quoted_text,
        "attachments": [
            {"name": file.name, "type": file.type, "size": file.size, "cid": file.cid}
            for file in mail.attachments
        ],
        "auto_submitted": mail.auto_submitted,
        "message_id": mail.message_id,
        "in_reply_to": list(mail.in_reply_to),
        "references": list(mail.references),
        "date": mail.date.isoformat() if mail.date else None,
        "list_id": mail.list_id,
        "identity_doubt": mail.identity_doubt,
        "asymmetric": mail.asymmetric,
        "bounce": (
            {
                "failed": list(mail.bounce.failed),
                "delayed": list(mail.bounce.delayed),
                "status": mail.bounce.status,
            }
            if mail.bounce
            else None
        ),
        "cut": list(mail.cut),
    }
