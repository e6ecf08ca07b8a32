"""What headings are called in an address: by the author's own anchor, else after their words."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

HEADING = re.compile(r"<h([23])([^>]*)>(.*?)</h\1>", re.S)
TAG = re.compile(r"<[^>]+>")
NAMED = re.compile(r'\bid="([^"]+)"')


def anchored(clean_html: str, write: Callable[[int, str, str, str], str]) -> str:
    """The HTML with each heading of level 2 and 3 written anew by `write(level, anchor, words, inner HTML)`, in order.

    clean_html   as core.html.clean left it: well-formed, nothing that acts
    """
    taken: set[str] = set()

    def renamed(match: re.Match[str]) -> str:
        words = html.unescape(TAG.sub("", match[3])).strip()
        named = NAMED.search(match[2])
        anchor = named[1] if named else _free(words, taken)
        taken.add(anchor)
        return write(int(match[1]), anchor, words, match[3])

    return HEADING.sub(renamed, clean_html)


def anchors_in(clean_html: str) -> set[str]:
    """Every place in the text that an address can point at."""
    found = set(NAMED.findall(clean_html))

    def noted(level: int, anchor: str, words: str, inner: str) -> str:
        found.add(anchor)
        return ""

    anchored(clean_html, noted)
    return found


def _free(text: str, taken: set[str]) -> str:
    slug = re.sub(r"[^\w]+", "-", text.lower()).strip("-")[:60] or "part"
    anchor, number = slug, 2
    while anchor in taken:
        anchor, number = f"{slug}-{number}", number + 1
    return anchor
