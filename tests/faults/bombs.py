"""Mails made to hurt whoever reads them, and the letters of everybody else that come among them."""

from __future__ import annotations

import zlib
from collections.abc import Callable

HEAD = b"From: bomber%d@example.net\r\nTo: help@handrail.test\r\nMessage-ID: <bomb-%d@example.net>\r\nSubject: x\r\n"
MIXED = b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n\r\n"
BASE64 = b"--b\r\nContent-Type: %s\r\nContent-Transfer-Encoding: base64\r\n\r\n"
LINE = b"--x\r\n"
NESTED = b"--b\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
WORD = b'<p class=MsoNormal style="color:red"><span lang=EN-US>hello</span><o:p></o:p></p>'

# Each in a size `n` of 1 or more: the rows P05 to P10 and P20 of what bad mail does, and what regular expressions choke on.
KINDS: dict[str, Callable[[int], bytes]] = {
    "lines like boundaries": lambda n: MIXED + LINE * (60_000 * n),
    "multiparts inside multiparts": lambda n: MIXED + NESTED * (400 * n),
    "parts": lambda n: MIXED + b"--b\r\nContent-Type: image/png\r\n\r\nx\r\n" * (8_000 * n) + b"--b--",
    "headers": lambda n: b"".join(b"X-%d: y\r\n" % i for i in range(30_000 * n)) + b"\r\nhello",
    "addresses": lambda n: (
        b"Cc: " + b", ".join(b"u%d@example.com" % i for i in range(10_000 * n)) + b"\r\n\r\nhello"
    ),
    "ids": lambda n: b"References: " + b" ".join(b"<%d@x>" % i for i in range(10_000 * n)) + b"\r\n\r\nhello",
    "tags inside tags": lambda n: HTML + b"<div><p><span>" * (5_000 * n),
    "tables inside tables": lambda n: HTML + b"<table><tr><td>" * (4_000 * n),
    "quotation marks": lambda n: b"\r\n" + b">" * (30_000 * n),
    "a large encoding": lambda n: MIXED + BASE64 % b"text/plain" + b"QUJD" * (500_000 * n),
}
MORE: dict[str, Callable[[int], bytes]] = {
    "a line that nearly begins a quotation": lambda n: b"\r\n" + b"On 1 a\r\n" * (20_000 * n),
    "an empty line after the other": lambda n: b"\r\n" + b"\r\n" * (100_000 * n),
    "what a word processor writes": lambda n: HTML + WORD * (5_000 * n),
    "a packed nothing": lambda n: (
        MIXED + BASE64 % b"application/zip" + _in_base64(zlib.compress(bytes(20_000_000 * n)))
    ),
}
HARD, ENDLESS = (
    MIXED + LINE * 2_000_000,
    MIXED + LINE * 4_000_000,
)  # seconds, and more than a child has for one mail


def bombs() -> list[bytes]:
    """Forty of ten kinds, each kind in four sizes."""
    return _numbered([kind(size) for size in (1, 2, 4, 8) for kind in KINDS.values()])


def all_bombs() -> list[bytes]:
    """Those forty, four more kinds in two sizes, and two without end in sight: fifty, the hardest of them not together."""
    made = [kind(size) for size in (1, 2, 4, 8) for kind in KINDS.values()]
    more = [kind(size) for size in (1, 4) for kind in MORE.values()]
    return _numbered([*made[:20], ENDLESS, *more, *made[20:], ENDLESS])


def hard(count: int) -> list[bytes]:
    return _numbered([HARD] * count)


def letter(number: int) -> bytes:
    return (
        b"From: Customer <customer%d@example.org>\r\nTo: help@handrail.test\r\nMessage-ID: <letter-%d@example.org>\r\n"
        b"Subject: Question about my order\r\n\r\nThis is letter %d.\r\nPlease help me with it.\r\n"
    ) % (number, number, number)


def _numbered(bodies: list[bytes]) -> list[bytes]:
    return [HEAD % (number, number) + body for number, body in enumerate(bodies)]


def _in_base64(data: bytes) -> bytes:
    from base64 import encodebytes

    return encodebytes(data).replace(b"\n", b"\r\n")
