"""What a colleague typed, as it is kept and read: plain words, and beside them the form they were given."""

from __future__ import annotations

from typing import NamedTuple

from handrail.core.html_reading import reading_text
from handrail.core.markdown_replies import reply_html, says_more


class Words(NamedTuple):
    """`text` is what a reader without HTML gets; `html` is cleaned, and empty where the text says it all."""

    text: str
    html: str


def worded(typed: str) -> Words:
    """What was typed into a reply or a note. Without any form of its own it stays to the letter what it was."""
    html = reply_html(typed)
    return Words(reading_text(html), html) if says_more(html) else Words(typed, "")
