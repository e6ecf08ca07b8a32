"""One form for every text before it is compared, and a mask for what must not be kept."""

from __future__ import annotations

import re
import unicodedata

SPACES = re.compile(r"\s+")
MAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
# Hangul may follow at once (주문번호 20261103번), so the edges are those of Latin letters and digits only.
EDGE, END = r"(?<![A-Za-z0-9-])", r"(?![A-Za-z0-9-])"
PHONE = re.compile(EDGE + r"(?:\+\d{1,3}[-. ]?)?\(?0?\d{1,3}\)?[-. ]?\d{3,4}[-. ]?\d{4}" + END)
# An order number: five digits or more, or letters and digits that hold three digits at least.
ORDER = re.compile(
    EDGE + r"(?=(?:[A-Za-z-]*\d){3})(?:\d{5,}|[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+|[A-Z]+\d{4,}[A-Z0-9]*)" + END
)
# Single Hangul letters: NFKC would turn them into joining ones, which no keyboard types.
LETTERS_APART = re.compile(r"[^\u3131-\u318e]+")


def normalise(text: str) -> str:
    """`text` in NFKC (single Hangul letters as typed), lower case, single spaces, none at the ends.

    >>> normalise("  ＲＥＦＵＮＤ　환불 ㅎㅂ ")
    'refund 환불 ㅎㅂ'
    """
    return SPACES.sub(" ", composed(text).lower()).strip()


def composed(text: str) -> str:
    """`text` in NFKC, with single Hangul letters as typed and without characters no database keeps."""
    whole = unicodedata.normalize("NFC", text.replace("\x00", " "))
    return LETTERS_APART.sub(lambda run: unicodedata.normalize("NFKC", run[0]), whole)


def mask(text: str) -> str:
    """`text` without what could name a person or an order: [mail], [phone] and [number] stand in their place.

    >>> mask("주문 20261103-0042 환불, kim@example.com 010-1234-5678")
    '주문 [number] 환불, [mail] [phone]'
    """
    text = composed(text)
    return ORDER.sub("[number]", PHONE.sub("[phone]", MAIL.sub("[mail]", text)))
