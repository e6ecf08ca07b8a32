"""One form for every text before it is compared, and a mask for what must not be kept."""

from __future__ import annotations

import re
import unicodedata

SPACES = re.compile(r"\s+")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?<![\w-])(?:\+?\d{1,3}[-. ]?)?(?:\(?0?\d{1,3}\)?[-. ]?)\d{3,4}[-. ]?\d{4}(?![\w-])")
# An order number: at least five digits, or letters and digits of six or more that hold three digits.
ORDER = re.compile(r"(?<![\w-])(?=[A-Za-z\d-]*\d[A-Za-z\d-]*\d[A-Za-z\d-]*\d)(?:\d{5,}|[A-Za-z\d]+(?:-[A-Za-z\d]+)+|[A-Z]+\d{4,}[A-Z\d]*)(?![\w-])")


# Single Hangul letters: NFKC would turn them into joining ones, which no keyboard types.
LETTERS_APART = re.compile(r"[^\u3131-\u318e]+")


def normalise(text: str) -> str:
    """`text` in NFKC (single Hangul letters as typed), lower case, single spaces, none at the ends.

    >>> normalise("  ＲＥＦＵＮＤ　환불 ㅎㅂ ")
    'refund 환불 ㅎㅂ'
    """
    return SPACES.sub(" ", _compatible(text).lower()).strip()


def _compatible(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    return LETTERS_APART.sub(lambda run: unicodedata.normalize("NFKC", run[0]), composed)


def mask(text: str) -> str:
    """`text` without what could name a person or an order: [mail], [phone] and [number] stand in their place.

    >>> mask("주문 20261103-0042 환불, kim@example.com 010-1234-5678")
    '주문 [number] 환불, [mail] [phone]'
    """
    text = _compatible(text)
    return ORDER.sub("[number]", PHONE.sub("[phone]", MAIL.sub("[mail]", text)))
