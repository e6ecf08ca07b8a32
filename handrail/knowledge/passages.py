"""Passages of a text that only colleagues read: `<section data-audience="agents">`, taken out or told apart.

Slices the cleaned HTML as it stands, so that what is left is letter for letter what the author wrote.
"""

from __future__ import annotations

from collections.abc import Iterator

from handrail.core.html import TAG, clean

MARK = 'data-audience="agents"'


def marked(html: str) -> str:
    """`html` cleaned as an article. Where cleaning would lose the mark of a passage, the whole text is one."""
    cleaned = clean(html, profile="article")
    if "data-audience" in html and MARK not in cleaned and cleaned.strip():
        return f"<section {MARK}>{cleaned}</section>"
    return cleaned


def split(clean_html: str) -> Iterator[tuple[bool, str]]:
    """The HTML in pieces, in order: (only colleagues read it?, piece). A passage comes with its own tags."""
    at = 0
    for start, end in spans(clean_html, MARK):
        if start > at:
            yield False, clean_html[at:start]
        yield True, clean_html[start:end]
        at = end
    if at < len(clean_html):
        yield False, clean_html[at:]


def without(clean_html: str) -> str:
    """The HTML as people outside read it."""
    if MARK not in clean_html:
        return clean_html
    return "".join(piece for is_inner, piece in split(clean_html) if not is_inner)


def spans(html: str, mark: str) -> Iterator[tuple[int, int]]:
    """Where each outermost section with this mark begins and ends; one that never ends reaches to the end of the text."""
    if mark not in html:
        return
    start, depth = -1, 0
    for tag in TAG.finditer(html):
        if tag[2].lower() != "section":
            continue
        if start < 0:
            if not tag[1] and mark in tag[3]:
                start, depth = tag.start(), 1
            continue
        depth += -1 if tag[1] else 1
        if not depth:
            yield start, tag.end() + 1  # TAG stops before the closing sign
            start = -1
    if start >= 0:
        yield start, len(html)
