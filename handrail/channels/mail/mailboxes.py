"""Names and addresses out of a header: one reader for all of it, without recursion, within limits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from handrail.channels.mail import charsets
from handrail.contacts.passing import holds_another_address
from handrail.core.legible import legible, without_unseen

COUNT_MAX = 200
NAME_CHARS_MAX = 200
ADDRESS_CHARS_MAX = 254

# What we are ready to write to, and to know someone by. Quoted local parts are legal and always a trick.
ADDRESS = re.compile(r"[^\s@\"(),:;<>\[\]\\]{1,64}@[^\s@\"(),:;<>\[\]\\]{1,253}")
SPECIAL = re.compile(r"""[\\"()<>,;:]""")
# Only A-Z: str.lower() also makes a K of the Kelvin sign, and somebody else's address of one that looks like it.
LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True)
class Mailbox:
    """`address` is normalised, or "" where there was none that could be written to."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]

    def __str__(self) -> str:
        return f"{self.name} <{self.address}>" if self.name else self.address


def normalise(address: str) -> str:
    """The form in which addresses are compared and stored: trimmed, A-Z in lower case, nothing else changed.

    Look-alikes, tags after "+" and a trailing dot stay different addresses: none may become somebody else's.
    Returns "" for what is no plain address, and for one with marks that nobody sees.
    """
    address = address.strip().translate(LOWER)
    if len(address) > ADDRESS_CHARS_MAX or not ADDRESS.fullmatch(address):
        return ""
    is_seen = address.isascii() or legible(address) == unicodedata.normalize("NFC", address)
    return address if is_seen and not charsets.UNPRINTABLE.search(address) else ""


def on_the_wire(address: str) -> str:
    """The form of an address that every mail server takes: a domain in its own letters in the ASCII of IDNA.

    Returns "" for one that no mail from here reaches: with such letters before the "@", or with a domain that is only
    another way to write somebody else's.
    """
    address = normalise(address)
    local, _at, domain = address.rpartition("@")
    if address.isascii() or not local.isascii():
        return address if address.isascii() else ""
    try:
        encoded = domain.encode("idna").decode("ascii")
        return f"{local}@{encoded}" if encoded.encode("ascii").decode("idna") == domain else ""
    except UnicodeError:
        return ""


def read(values: list[str]) -> tuple[Mailbox, ...]:
    """Mailboxes of header values (latin-1 text as they came), at most COUNT_MAX, groups opened, comments dropped."""
    found: list[Mailbox] = []
    for value in values:
        for name, address in _split(re.sub(r"\r?\n[ \t]*", " ", value)):
            if len(found) == COUNT_MAX:
                return tuple(found)
            box = _mailbox(name, address)
            if box.address or box.name:
                found.append(box)
    return tuple(found)


def _mailbox(name: str, address: str) -> Mailbox:
    shown = re.sub(r"^(['\"])(.*)\1$", r"\2", without_unseen(charsets.header(name))[:NAME_CHARS_MAX]).strip()
    plain = normalise(charsets.header(address))
    if not plain and (match := ADDRESS.search(charsets.header(name)) if not address else None):
        # "hong@example.com" written where only a name may stand.
        plain, shown = normalise(match[0]), ""
    is_claim = normalise(shown) == plain or holds_another_address(shown, plain)
    return Mailbox(plain, "" if plain and is_claim else shown)


class _Reader:
    """Reads one value: words outside angle brackets are a name, inside them an address, in parentheses nothing."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.words, self.comment = "", ""
        self.address: str | None = None
        self.depth, self.inside = 0, False

    def end(self) -> None:
        words = self.words.strip()
        if self.address is not None:
            self.found.append((words or self.comment, self.address))
        elif words and "@" in words and " " not in words:
            self.found.append((self.comment, words))
        elif words:
            self.found.append((words, ""))
        self.words, self.comment, self.inside = "", "", False
        self.address = None

    def text(self, text: str) -> None:
        if self.depth:
            self.comment = (self.comment + text)[:NAME_CHARS_MAX]
        elif self.inside:
            self.address = (self.address or "") + text
        else:
            self.words += text

    def mark(self, char: str) -> None:
        if char == "(":
            self.depth += 1
        elif char == ")":
            self.depth = max(0, self.depth - 1)
        elif self.depth:
            self.comment += char if len(self.comment) < NAME_CHARS_MAX else ""
        elif char == "<":
            self.address, self.inside = "", True
        elif char == ">":
            self.inside = False
        elif char == ":" and not self.inside:
            self.words = ""  # the name of a group
        elif char in ",;" and not self.inside:
            self.end()
        elif self.inside:
            # A route before the address, "<@relay:hong@example.com>", or rubbish.
            self.address = "" if char == ":" else (self.address or "") + char


def _split(value: str) -> list[tuple[str, str]]:
    reader, at = _Reader(), 0
    while at < len(value) and len(reader.found) < COUNT_MAX:
        match = SPECIAL.search(value, at)
        if match is None:
            reader.text(value[at:])
            break
        reader.text(value[at : match.start()])
        at = match.end()
        if match[0] == "\\":
            reader.text(value[at : at + 1])
            at += 1
        elif match[0] == '"' and not reader.depth:
            at = _quoted(value, at, reader)
        else:
            reader.mark(match[0])
    reader.end()
    return reader.found


def _quoted(value: str, at: int, reader: _Reader) -> int:
    # Without a closing quote the rest is taken as it stands, once: no second try, no second scan.
    pieces, start = [], at
    while at < len(value) and value[at] != '"':
        if value[at] == "\\":
            pieces.append(value[start:at])
            start = at = at + 1
        at += 1
    pieces.append(value[start:at])
    reader.text(("" if not reader.inside else '"') + "".join(pieces) + ("" if not reader.inside else '"'))
    return at + 1
