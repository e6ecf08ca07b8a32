"""Taking words out of mails that are kept as they arrived."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from email import policy
from email.header import Header
from email.message import Message
from email.parser import BytesParser

from handrail.channels.mail import charsets
from handrail.channels.mail.keep import END_OF_HEAD
from handrail.channels.models import InboundRaw

Without = Callable[[str], str]
# Lines of a mail's head that people write.
SPOKEN = ("subject", "from", "to", "cc", "reply-to", "thread-topic")
# As the mail was: no line beginning with "From " is touched.
PLAIN = policy.compat32.clone(mangle_from_=False)
GONE = b"Content-Type: text/plain; charset=utf-8\r\n\r\n"


def redact_kept(mails: Iterable[int], without: Without, is_there: re.Pattern[str]) -> int:
    """Rewrite the kept mails with these ids. Returns how many changed.

    without   gives a text as it is from now on
    is_there  finds what must be gone; a mail in which it can still be read keeps only its head
    """
    changed = 0
    for pk, body in _bodies(mails):
        after = redacted(body, without, is_there)
        if after != body:
            # The id and the hash stay those of the mail that came, so that the same mail brought again is known.
            InboundRaw.objects.filter(pk=pk).update(body=after)
            changed += 1
    return changed


def keep_heads_alone(mails: Iterable[int]) -> None:
    """Of the kept mails with these ids only their heads stay: what they carried is gone."""
    for pk, body in _bodies(mails):
        InboundRaw.objects.filter(pk=pk).update(body=_head_alone(body))


def forget_kept(mails: Iterable[int]) -> None:
    """Let the kept mails with these ids be empty; that they came is known, so that none comes in again."""
    InboundRaw.objects.filter(pk__in=list(mails)).update(body=b"", envelope_from="")


def _bodies(mails: Iterable[int]) -> Iterator[tuple[int, bytes]]:
    # One by one: a single mail may be large.
    for pk in mails:
        yield pk, bytes(InboundRaw.objects.values_list("body", flat=True).get(pk=pk))


def redacted(body: bytes, without: Without, is_there: re.Pattern[str]) -> bytes:
    """The mail without what must be gone: rewritten where its parts can be read and written, else only its head."""
    if not _is_in(body, is_there):
        return body
    try:
        mail = BytesParser(policy=PLAIN).parsebytes(body)
        _rewrite(mail, without)
        after = mail.as_bytes(policy=PLAIN)
    except (ValueError, LookupError, TypeError, AttributeError):
        after = body
    if not _is_in(after, is_there):
        return after
    return _head_alone(body, is_there)


def _rewrite(part: Message, without: Without) -> None:
    for name in SPOKEN:
        lines = _lines(part, name)
        if any(without(line) != line for line in lines):
            del part[name]
            for line in lines:
                part[name] = Header(without(line), "utf-8")  # type: ignore[assignment]
    if part.is_multipart():
        for each in part.get_payload():
            _rewrite(each, without)  # type: ignore[arg-type]
    elif part.get_content_maintype() == "text":
        said = _said(part)
        if without(said) != said:
            del part["content-transfer-encoding"]
            part.set_payload(without(said), "utf-8")


def _lines(part: Message, name: str) -> list[str]:
    # As the lines stand in the mail: `get_all` has no bytes any more where they are no ASCII.
    raw = (str(value) for key, value in part.raw_items() if key.lower() == name)
    return [charsets.header(value.encode("utf-8", "surrogateescape")) for value in raw]


def _said(part: Message) -> str:
    content = part.get_payload(decode=True) or b""
    return charsets.decode(bytes(content), part.get_content_charset() or "")  # type: ignore[arg-type]


def _is_in(body: bytes, is_there: re.Pattern[str]) -> bool:
    """Whether it can be read anywhere: in the bytes, in a text part, or in a line of the head."""
    if is_there.search(body.decode("utf-8", "replace")):
        return True
    mail = BytesParser(policy=PLAIN).parsebytes(body)
    for part in mail.walk():
        lines = [line for name in SPOKEN for line in _lines(part, name)]
        if part.get_content_maintype() == "text" and not part.is_multipart():
            lines.append(_said(part))
        if any(is_there.search(line) for line in lines):
            return True
    return False


def _head_alone(body: bytes, is_there: re.Pattern[str] | None = None) -> bytes:
    match = END_OF_HEAD.search(body)
    head = body[: match.start()] if match else b""
    kept = [
        line
        for line in re.split(rb"\r?\n(?![ \t])", head)
        if not line.lower().startswith(b"content-")
        and not (is_there and is_there.search(charsets.header(line)))
    ]
    return b"\r\n".join(kept) + b"\r\n" + GONE
