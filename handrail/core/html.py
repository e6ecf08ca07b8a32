"""Making foreign HTML safe to keep and to show."""

from __future__ import annotations

import nh3
from inscriptis import get_text

VERSION = 1  # raise it when the rules below change; rows cleaned by an older one are cleaned again


def clean(html: str, *, profile: str = "message") -> str:
    """HTML without anything that acts: allowed tags and attributes only. `profile`: article, mail or message."""
    return nh3.clean(html)


def to_text(html: str) -> str:
    """The words of the HTML, laid out in lines."""
    return get_text(html).strip() if html.strip() else ""
