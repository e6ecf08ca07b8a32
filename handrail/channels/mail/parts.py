"""Takes a mail apart into its leaves in one pass over the bytes, whatever its boundaries claim.

Not the standard library's parser: that one slows with the square of the depth and ends in RecursionError, and it
rewrites what is enclosed. Enclosed mails stay whole here, as bytes.
"""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from dataclasses import dataclass
from functools import cached_property

from handrail.channels.mail import headers as header_reader
from handrail.channels.mail.headers import Headers

PARTS_MAX = 200
DEPTH_MAX = 20
BLANK = re.compile(rb"\r?\n\r?\n")  # a line of spaces goes on with the header above it
# Mails copied out of a browser begin with an empty line.
LEADING_BLANK = re.compile(rb"\A(?:[ \t]*\r?\n){1,20}(?=[!-9;-~]{1,100}:)")
# Where the header forgot to name it: the first line of the body that begins a part.
UNNAMED = re.compile(rb"\s{0,8}--([^\r\n]{1,70})\r?\n(?=[Cc]ontent-)")
DELIMITER = re.compile(rb"(?:\A|\n)--([^\r\n]*)")


class TooDeep(ValueError):
    """Multiparts inside multiparts past DEPTH_MAX: nobody writes that by hand."""


@dataclass(frozen=True)
class Part:
    """A leaf: `body` still encoded; `within` names the kind of its container, `group` the alternative it belongs to."""

    headers: Headers
    body: bytes
    within: str = ""
    group: int = 0

    @cached_property
    def content_type(self) -> tuple[str, dict[str, str]]:
        kind, parameters = self.headers.parameters("content-type")
        # What says it is several parts and not where they part is read as words, for want of another way.
        is_whole = kind.startswith("multipart/") and not parameters.get("boundary")
        if is_whole or not re.fullmatch(r"[\w.+-]+/[\w.+-]+", kind):
            kind = "message/rfc822" if self.within == "multipart/digest" else "text/plain"
        return kind, parameters

    @cached_property
    def disposition(self) -> tuple[str, dict[str, str]]:
        return self.headers.parameters("content-disposition")

    @cached_property
    def data(self) -> bytes:
        """The body with its transfer encoding undone, as far as it can be; never raises."""
        return decode(self.body, self.headers.parameters("content-transfer-encoding")[0])


@dataclass
class _Container:
    boundary: bytes
    headers: Headers
    kind: str
    group: int
    start: int
    opened: int = 0


def split(raw: bytes, *, is_shallow: bool = False) -> tuple[Headers, list[Part], bool]:
    """The mail's headers, its leaves in order, and whether there were more than PARTS_MAX.

    Raises TooDeep past DEPTH_MAX containers; what is_shallow takes that stands deeper for one leaf, unread.
    """
    raw = LEADING_BLANK.sub(b"", _with_line_ends(raw), count=1)
    headers, start = _headers_at(raw, 0, None)
    splitter = _Splitter(raw, is_shallow=is_shallow)
    splitter.enter(headers, start)
    splitter.run(start)
    return headers, splitter.parts, splitter.cut


class _Splitter:
    def __init__(self, raw: bytes, *, is_shallow: bool = False) -> None:
        self.raw, self.parts, self.cut, self.is_shallow = raw, list[Part](), False, is_shallow
        self.stack: list[_Container] = []
        self.leaf: tuple[Headers, int] | None = None

    def run(self, at: int) -> None:
        while not self.cut and self.stack and (match := DELIMITER.search(self.raw, max(at - 1, 0))):
            line = match[1].rstrip(b" \t")
            level, closing = self._level(line)
            at = match.end()
            if level is None:
                continue
            self._leave(level, match.start())
            if closing:
                self._close_containers(level, match.start())
                continue
            self.stack[level].opened += 1
            line_end = self.raw.find(b"\n", at)
            if line_end < 0:
                break
            headers, at = _headers_at(self.raw, line_end + 1, self._boundaries())
            self.enter(headers, at)
        self._leave(-1, len(self.raw))
        self._close_containers(0, len(self.raw))

    def enter(self, headers: Headers, start: int) -> None:
        kind, parameters = headers.parameters("content-type")
        boundary = parameters.get("boundary", "").encode("utf-8", "replace").rstrip()
        if kind.startswith("multipart/") and not boundary and (found := UNNAMED.match(self.raw, start)):
            boundary = found[1].rstrip()
        if not kind.startswith("multipart/") or not boundary:
            self.leaf = (headers, start)
            return
        if len(self.stack) == DEPTH_MAX and self.is_shallow:
            self.leaf = (headers, start)
            return
        if len(self.stack) == DEPTH_MAX:
            raise TooDeep(f"More than {DEPTH_MAX} multiparts inside one another.")
        group = self.stack[-1].group if self.stack else 0
        if kind == "multipart/alternative" and not group:
            group = start
        self.stack.append(_Container(boundary, headers, kind, group, start))

    def _level(self, line: bytes) -> tuple[int | None, bool]:
        for level in range(len(self.stack) - 1, -1, -1):
            if line == self.stack[level].boundary:
                return level, False
        for level in range(len(self.stack) - 1, -1, -1):
            if line == self.stack[level].boundary + b"--":
                return level, True
        return None, False

    def _boundaries(self) -> set[bytes]:
        return {c.boundary for c in self.stack} | {c.boundary + b"--" for c in self.stack}

    def _leave(self, level: int, end: int) -> None:
        """End the open leaf at `end`, and every container above `level`."""
        if self.leaf:
            headers, start = self.leaf
            self._add(headers, start, end)
            self.leaf = None
        if level >= 0:
            self._close_containers(level + 1, end)

    def _close_containers(self, level: int, end: int) -> None:
        while len(self.stack) > level:
            container = self.stack.pop()
            if not container.opened:
                # Its boundary never came: what it holds is all there is to read.
                self._add(Headers(), container.start, end)

    def _add(self, headers: Headers, start: int, end: int) -> None:
        if len(self.parts) == PARTS_MAX:
            self.cut = True
            return
        body = self.raw[start : max(start, end)]
        container = self.stack[-1] if self.stack else None
        within, group = (container.kind, container.group) if container else ("", 0)
        self.parts.append(Part(headers, body.removesuffix(b"\r"), within, group))


def decode(body: bytes, encoding: str) -> bytes:
    """Undo a Content-Transfer-Encoding. An unknown or broken one leaves what can be read."""
    if encoding == "base64":
        letters = re.sub(rb"[^A-Za-z0-9+/=]", b"", body)
        # Encoders that pad every line join several texts; each ends at its own padding.
        return b"".join(_base64(run) for run in re.findall(rb"[A-Za-z0-9+/]+", letters))
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding in {"x-uuencode", "uuencode", "uue", "x-uue"}:
        return _uuencoded(body)
    return body


def _base64(run: bytes) -> bytes:
    run = run[:-1] if len(run) % 4 == 1 else run
    return base64.b64decode(run + b"=" * (-len(run) % 4))


def _uuencoded(body: bytes) -> bytes:
    pieces = []
    for line in body.splitlines():
        if line.startswith(b"begin ") or not line.strip() or line.strip() in {b"end", b"`"}:
            continue
        try:
            pieces.append(binascii.a2b_uu(line))
        except binascii.Error:
            continue
    return b"".join(pieces)


def _headers_at(raw: bytes, start: int, boundaries: set[bytes] | None) -> tuple[Headers, int]:
    """The header block from `start`, and where the body begins. A delimiter ends a block that has no empty line."""
    if raw[start : start + 1] == b"\n" or raw[start : start + 2] == b"\r\n":
        return Headers(), raw.index(b"\n", start) + 1
    blank = BLANK.search(raw, start)
    end, body = (blank.start(), blank.end()) if blank else (len(raw), len(raw))
    if boundaries:
        for match in DELIMITER.finditer(raw, max(start - 1, 0), end):
            if match[1].rstrip(b" \t") in boundaries:
                return header_reader.read(raw[start : match.start()]), match.start()
    return header_reader.read(raw[start:end]), body


def _with_line_ends(raw: bytes) -> bytes:
    # Very old mailers end lines with a lone CR; then there is no LF to find anything by.
    head = raw[: header_reader.TOTAL_BYTES_MAX]
    if b"\n" not in head and b"\r" in head:
        return raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return raw
