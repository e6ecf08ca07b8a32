"""The header block of a mail or a part, read leniently and within limits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from handrail.channels.mail import charsets

COUNT_MAX = 500
VALUE_BYTES_MAX = 16_384
TOTAL_BYTES_MAX = 65_536
PIECES_MAX = 100  # of one parameter cut up by RFC 2231

# Read before the rest when there is more than we read: who, what, and how to take it apart.
FIRST = frozenset(
    [
        "from",
        "sender",
        "reply-to",
        "to",
        "cc",
        "subject",
        "date",
        "message-id",
        "in-reply-to",
        "references",
        "content-type",
        "content-transfer-encoding",
        "content-disposition",
        "content-id",
        "mime-version",
        "auto-submitted",
        "precedence",
        "list-id",
        "return-path",
        "received",
        "authentication-results",
    ]
)
END_OF_HEAD = re.compile(rb"\r?\n\r?\n")
NAME = re.compile(rb"([!-9;-~]{1,100})[ \t]*:[ \t]?")
PARAMETER = re.compile(r""";\s*([^\s=;"']{1,80})\s*=\s*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))""", re.DOTALL)


@dataclass(frozen=True)
class Headers:
    """Names in lower case with values as latin-1 text (one byte a character), in the order they came."""

    fields: tuple[tuple[str, str], ...] = ()
    cut: bool = False

    def raw(self, name: str) -> list[str]:
        return [value for key, value in self.fields if key == name]

    def all(self, name: str) -> list[str]:
        """Every value of that header as people read it."""
        return [charsets.header(value) for value in self.raw(name)]

    def get(self, name: str, default: str = "") -> str:
        """The first value as people read it."""
        return next(iter(self.all(name)), default)

    def parameters(self, name: str) -> tuple[str, dict[str, str]]:
        """`text/plain; charset=x` as ("text/plain", {"charset": "x"}); RFC 2231 pieces joined and decoded."""
        values = self.raw(name)
        # A second Content-Type is someone's mistake; the first that says something counts.
        value = next((value for value in values if value.strip()), "")
        head, _, _ = value.partition(";")
        return head.strip().strip("\"'").lower(), parameters(value)


def read(block: bytes) -> Headers:
    """Headers of a block without its empty line. Never raises; lines that are no header are passed over."""
    found: list[tuple[str, bytes]] = []
    cut = False
    for line in block.split(b"\n"):
        line = line.rstrip(b"\r")
        if line[:1] in (b" ", b"\t"):
            if found and len(found[-1][1]) < VALUE_BYTES_MAX:
                found[-1] = (found[-1][0], found[-1][1] + b"\n" + line)
            continue
        match = NAME.match(line)
        if match and not line.startswith(b">From "):
            found.append((match[1].decode("ascii").lower(), line[match.end() :]))
    if len(found) > COUNT_MAX or len(block) > TOTAL_BYTES_MAX:
        found, cut = _cut(found), True
    fields = tuple((name, value[:VALUE_BYTES_MAX].decode("latin-1")) for name, value in found)
    return Headers(fields, cut)


def of_mail(beginning: bytes) -> Headers:
    """Headers of a mail, or of as much of its beginning as is at hand."""
    return read(END_OF_HEAD.split(beginning, maxsplit=1)[0])


def parameters(value: str) -> dict[str, str]:
    """The parameters of a structured header; raw 8-bit bytes, encoded words and RFC 2231 undone."""
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for match in PARAMETER.finditer(value):
        name = match[1].lower()
        content = re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else match[3].strip()
        base, star, rest = name.partition("*")
        if not star:
            plain.setdefault(name, content)
            continue
        number, coded = rest.rstrip("*"), rest.endswith("*") or not rest
        if len(pieces.setdefault(base, {})) < PIECES_MAX and (number.isdigit() or not number):
            pieces[base].setdefault(int(number or 0), (coded, content))
    result = {name: charsets.header(content) for name, content in plain.items()}
    return result | {name: _joined(found) for name, found in pieces.items()}


def _joined(found: dict[int, tuple[bool, str]]) -> str:
    charset, data, waiting = "", b"", ""
    for place, (_, (coded, content)) in enumerate(sorted(found.items())):
        if coded and place == 0 and content.count("'") >= 2:
            charset, _, content = content.split("'", 2)
        if coded:
            # Undone only once the next plain piece comes: some mailers cut inside "%ED".
            waiting += content
            continue
        data += unquote_to_bytes(waiting.encode("latin-1", "replace")) + content.encode("latin-1", "replace")
        waiting = ""
    data += unquote_to_bytes(waiting.encode("latin-1", "replace"))
    return charsets.words(charsets.UNPRINTABLE.sub(" ", charsets.decode(data, charset)))


def _cut(found: list[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    # Those in FIRST are taken before the others, but all keep the order they came in.
    kept, total = set[int](), 0
    for wanted in (True, False):
        for index, (name, value) in enumerate(found):
            size = len(name) + min(len(value), VALUE_BYTES_MAX)
            if (name in FIRST) is wanted and len(kept) < COUNT_MAX and total + size <= TOTAL_BYTES_MAX:
                kept.add(index)
                total += size
    return [field for index, field in enumerate(found) if index in kept]
