"""ParsedMail between the child that reads foreign bytes and the process that trusts what it gets: JSON, then files.

No pickle: if hostile bytes took the child over, the most it could send is a wrong mail.
"""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.parsed import Bounce, Envelope, Invitation, MailFile, ParsedMail

TEXTS = tuple(f.name for f in fields(ParsedMail) if f.type == "str")
LISTS = tuple(f.name for f in fields(ParsedMail) if f.type == "tuple[str, ...]")
BOXES = tuple(f.name for f in fields(ParsedMail) if f.type == "tuple[Mailbox, ...]")


def pack(mail: ParsedMail) -> bytes:
    """One line of JSON and the bytes of the files behind it."""
    head: dict[str, Any] = {name: getattr(mail, name) for name in (*TEXTS, *LISTS)}
    head |= {name: [[box.address, box.name] for box in getattr(mail, name)] for name in BOXES}
    head["files"] = [[file.name, file.type, file.cid, file.size] for file in mail.attachments]
    head["calendar"] = [each.as_json() for each in mail.calendar]
    head["date"] = mail.date.isoformat() if mail.date else ""
    head["offset"] = None if mail.offset is None else mail.offset.total_seconds()
    head["asymmetric"] = mail.asymmetric
    if mail.bounce:
        head["bounce"] = [mail.bounce.failed, mail.bounce.delayed, mail.bounce.status]
    line = json.dumps(head, ensure_ascii=True).encode()
    return line + b"\n" + b"".join(file.data for file in mail.attachments)


def unpack(data: bytes, *, envelope: Envelope) -> ParsedMail:
    """The mail again. Raises ValueError, KeyError or TypeError for what pack() did not write."""
    line, _, rest = data.partition(b"\n")
    head = json.loads(line)
    values: dict[str, Any] = {name: str(head[name]) for name in TEXTS}
    values |= {name: tuple(str(value) for value in head[name]) for name in LISTS}
    values |= {name: tuple(Mailbox(str(a), str(n)) for a, n in head[name]) for name in BOXES}
    files, at = [], 0
    for name, type_, cid, size in head["files"]:
        files.append(MailFile(str(name), str(type_), rest[at : at + int(size)], str(cid)))
        at += int(size)
    if at != len(rest):
        raise ValueError("The files don't add up.")
    bounce, offset = head.get("bounce"), head["offset"]
    return ParsedMail(
        **values,
        attachments=tuple(files),
        calendar=tuple(Invitation.of(each) for each in head["calendar"]),
        date=datetime.fromisoformat(head["date"]) if head["date"] else None,
        offset=None if offset is None else timedelta(seconds=float(offset)),
        asymmetric=bool(head["asymmetric"]),
        bounce=Bounce(tuple(map(str, bounce[0])), tuple(map(str, bounce[1])), str(bounce[2]))
        if bounce
        else None,
        envelope=envelope,
    )
