"""Names of texts in addresses."""

from __future__ import annotations

import re
import unicodedata


def slug_of(title: str) -> str:
    """Words joined by hyphens, Hangul kept: "환불 신청하는 방법" -> "환불-신청하는-방법"."""
    text = unicodedata.normalize("NFC", title).lower()
    return re.sub(r"[^\w]+", "-", text).strip("-")[:120] or "article"
