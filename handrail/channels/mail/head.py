"""The head of an outgoing mail, written by us: the standard library loses the spaces between Korean words when it folds.

Each value is checked here, so that no line break in a name or a subject becomes a header of its own.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable

from handrail.channels.mail.mailboxes import Mailbox, on_the_wire

WORD_BYTES = 45  # 60 letters of base64 and 12 around them: an encoded word may have 75
LINE_CHARS = 76
BREAKS = re.compile("[\r\n\x00\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
FIELD_NAME = re.compile(r"[A-Za-z0-9-]{1,70}")


class HeaderInjection(ValueError):
    """A value for a header holds a line break or a NUL: somebody is trying to write headers of their own."""


class NoWriting(ValueError):
    """Nobody can be reached at this address from here: it is no plain one, or has letters that plain mail cannot carry."""


def write(fields: Iterable[tuple[str, str]]) -> bytes:
    """Header lines of ready values (text, mailbox, ids), each ended by CRLF. Raises HeaderInjection."""
    lines = []
    for name, value in fields:
        if not FIELD_NAME.fullmatch(name):
            raise HeaderInjection(f"{name[:60]!r} is no name of a header.")
        # Our own foldings are the only breaks that may be in a value.
        if not value.isascii() or BREAKS.search(value.replace("\r\n ", " ")):
            raise HeaderInjection(f"{name} holds a line break or raw letters: {value[:60]!r}.")
        lines.append(f"{name}: {value}\r\n")
    return "".join(lines).encode("ascii")


def text(value: str) -> str:
    """Unstructured text: as it is where it is ASCII, else in encoded words cut between letters."""
    safe(value)
    if value.isascii() and "=?" not in value:
        return _folded(value)
    words, chunk = [], b""
    for letter in value:
        data = letter.encode("utf-8", "replace")
        if len(chunk) + len(data) > WORD_BYTES:
            words.append(chunk)
            chunk = b""
        chunk += data
    words.append(chunk)
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(word).decode('ascii')}?=" for word in words)


def mailbox(box: Mailbox) -> str:
    """`"김민지" <minji@example.com>` as it goes over the wire. Raises NoWriting for an address nobody can be reached at."""
    safe(box.address)
    safe(box.name)
    address = on_the_wire(box.address)
    if not address:
        raise NoWriting(f"There is no writing to {box.address!r}: it is no plain address.")
    if not box.name:
        return address
    if ATOMS.fullmatch(box.name):
        return f"{text(box.name)} <{address}>"
    if box.name.isascii():
        quoted = re.sub(r'(["\\])', r"\\\1", box.name)
        return f'"{quoted}" <{address}>'
    return f"{text(box.name)}\r\n <{address}>"


def ids(values: Iterable[str]) -> str:
    """Message ids in brackets, one a line."""
    return "\r\n ".join(values)


def safe(value: str) -> str:
    """The value again. Raises HeaderInjection where it holds anything that ends a line somewhere."""
    if BREAKS.search(value):
        raise HeaderInjection(f"A header value holds a line break: {value[:60]!r}.")
    return value


def _folded(value: str) -> str:
    lines = [""]
    for word in re.split(r"(?<=\S)(?= +\S)", value):
        if lines[-1] and len(lines[-1]) + len(word) > LINE_CHARS:
            lines.append(word.removeprefix(" "))
        else:
            lines[-1] += word
    return "\r\n ".join(lines)
