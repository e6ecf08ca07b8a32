"""A mail as it came or left, to be looked at: its own lines, with what opens something cut out of them."""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser

from handrail.channels.mail.keep import END_OF_HEAD
from handrail.channels.mail.redacting import PLAIN
from handrail.core.harmless import ADDRESSES, CUT, PATHS

SHOWN_BYTES = 200_000
LOOP_MARK = re.compile(r"(?im)^(x-handrail-loop:\s*)[a-z2-7]{26}\b")
SECRETS = (ADDRESSES, PATHS, LOOP_MARK)


@dataclass(frozen=True)
class Source:
    """`head` and `body` as text; `size` in bytes of the whole; `is_cut`: only its beginning is here."""

    head: str
    body: str
    size: int
    is_cut: bool


def source(mail: bytes) -> Source:
    """The beginning of a mail as plain text, without what opens something."""
    shown = without_secrets(mail)
    match = END_OF_HEAD.search(shown)
    head, body = (shown[: match.start()], shown[match.end() :]) if match else (shown, b"")
    is_cut = len(head) + len(body) > SHOWN_BYTES
    body = body[: max(SHOWN_BYTES - len(head), 0)]
    return Source(_text(head[:SHOWN_BYTES]), _text(body), len(mail), is_cut)


def without_secrets(mail: bytes) -> bytes:
    """The mail with reply addresses and links of ours made worthless, in its lines and in texts that are encoded."""
    for there, instead in list(_encoded(mail)):
        mail = mail.replace(there, instead)
    return _masked(mail)


def _encoded(mail: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Parts whose words stand there in base64 or quoted-printable and hold something: (as they are, as they shall be)."""
    for part in BytesParser(policy=PLAIN).parsebytes(mail).walk():
        how = str(part.get("content-transfer-encoding", "")).strip().lower()
        if part.is_multipart() or part.get_content_maintype() != "text" or how not in ENCODINGS:
            continue
        said = bytes(part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
        after = _masked(said)
        if after != said:
            yield _as_it_stands(part), ENCODINGS[how](after)


def _as_it_stands(part: Message) -> bytes:
    return str(part.get_payload()).encode("ascii", "surrogateescape")


def masked(text: str) -> str:
    """Words of a mail with what opens something cut out."""
    for pattern in SECRETS:
        text = pattern.sub(rf"\g<1>{CUT}", text)
    return text


def _masked(data: bytes) -> bytes:
    # Every byte is a letter of Latin-1, so nothing else is touched.
    return masked(data.decode("latin-1")).encode("latin-1")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\0", "\ufffd")


ENCODINGS = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}
