"""What a mail said, once understood: plain values, no bytes to interpret again."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
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
class Repeats:
    """How often an event comes again: `often` is daily, weekly, monthly, yearly, or other, which is all that is said then.

    every  of those, 1 or more; days  of the week, as MO; is_by_rule  on days chosen by a rule within them that no word says
    count  of times in all, 0 for none named; until  the last day, as 2026-12-31, "" for none
    """

    often: str
    every: int = 1
    days: tuple[str, ...] = ()
    is_by_rule: bool = False
    count: int = 0
    until: str = ""


@dataclass(frozen=True)
class Invitation:
    """An event that a mail brings as iCalendar data (RFC 5545). All of it is a claim of the sender.

    kind        invitation, update, cancelled; accepted, declined, tentative (answers to one of ours); event (none of these)
    start, end  in ISO 8601: a moment with its offset, a moment without where no zone is named, or a day, of which `end` is
                the last one; "" where there is none
    zone        the IANA name its times are written in, "" for UTC and what nobody knows
    """

    kind: str
    title: str = ""
    start: str = ""
    end: str = ""
    zone: str = ""
    place: str = ""
    organiser: Mailbox = field(default_factory=lambda: Mailbox(""))
    repeats: Repeats | None = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, told: dict[str, Any]) -> Invitation:
        """What as_json() made. Raises KeyError, TypeError or ValueError for anything else."""
        texts = {name: str(told[name]) for name in ("kind", "title", "start", "end", "zone", "place")}
        organiser, rule = told["organiser"], told["repeats"]
        return cls(
            **texts,
            organiser=Mailbox(str(organiser["address"]), str(organiser["name"])),
            repeats=Repeats(
                often=str(rule["often"]),
                every=int(rule["every"]),
                days=tuple(str(day) for day in rule["days"]),
                is_by_rule=bool(rule["is_by_rule"]),
                count=int(rule["count"]),
                until=str(rule["until"]),
            )
            if rule
            else None,
        )


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
    calendar         the events it brings, a few of many; their files stand among the attachments as well
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
    calendar: tuple[Invitation, ...] = ()
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
        "calendar": [each.as_json() for each in mail.calendar],
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
