"""The links a text holds, as they were written."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from handrail.knowledge.reading import LINK, TO_ARTICLE

ADDRESS = re.compile(r' href="([^"]*)"')
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Link:
    """`article` is the number it leads to, None for any other address; `anchor` without its #; `words` what is pressed."""

    address: str
    words: str
    article: int | None = None
    anchor: str = ""


def links_in(clean_html: str) -> Iterator[Link]:
    """Every link of a stored text, in order."""
    for link in LINK.finditer(clean_html):
        written = ADDRESS.search(link[1])
        if written is None:
            continue
        words = html.unescape(TAG.sub("", link[2])).strip()
        address = html.unescape(written[1])
        to = TO_ARTICLE.search(link[1])
        if to is None:
            yield Link(address, words)
        else:
            anchor = unquote(html.unescape((to[2] or "").removeprefix("#")))
            yield Link(address, words, int(to[1]), anchor)
