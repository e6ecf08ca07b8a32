"""When two questions are the same but for spacing, case and marks."""

from __future__ import annotations

import re
from hashlib import blake2b

from handrail.answers.normalise import normalise

APART = re.compile(r"[\W_]+")


def text_key(text: str) -> int:
    """64 bits, signed, the same for texts that differ in spacing, case and punctuation alone.

    >>> text_key("환불 해주세요!") == text_key("환불해주세요")
    True
    """
    folded = APART.sub("", normalise(text)) or text
    return int.from_bytes(blake2b(folded.encode(), digest_size=8).digest(), "big", signed=True)
