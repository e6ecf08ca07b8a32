"""An article's own HTML made ready to read: headings one can point at, tables and code that scroll by themselves."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from handrail.knowledge.anchors import anchored
from handrail.knowledge.excerpt import beginning, excerpt
from handrail.web.portal.furniture import furnished

PICTURE = re.compile(r'<img((?: [\w-]+="[^"]*")*)>')


@dataclass(frozen=True)
class Heading:
    """level 2 or 3; anchor: what stands after # in the address."""

    level: int
    anchor: str
    text: str


def laid_out(clean_html: str) -> tuple[Markup, list[Heading]]:
    """The HTML with anchors on its headings, and those headings in order.

    clean_html   as core.html.clean left it: well-formed, nothing that acts
    """
    headings: list[Heading] = []

    def pointed_at(level: int, anchor: str, words: str, inner: str) -> str:
        headings.append(Heading(level, anchor, words))
        return f'<h{level} id="{html.escape(anchor)}" tabindex="-1">{inner}</h{level}>'

    laid = anchored(clean_html, pointed_at)
    # A table wider than a phone scrolls inside its own frame, and code within itself: the keyboard must be able to reach both.
    frame = f'<div class="table-wrap" role="region" tabindex="0" aria-label="{html.escape(_("Table"))}">'
    laid = laid.replace("<table", f"{frame}<table").replace("</table>", "</table></div>")
    laid = laid.replace(
        "<pre", f'<pre role="region" tabindex="0" aria-label="{html.escape(_("Code block"))}"'
    )
    laid = PICTURE.sub(_picture, laid)
    laid = furnished(laid)
    return Markup(laid), headings  # noqa: S704  (cleaned when it was saved)


def _picture(match: re.Match[str]) -> str:
    # Nobody has described it: a reader who cannot see it hears no file name at least.
    alt = "" if " alt=" in match[1] else ' alt=""'
    return f'<img loading="lazy" decoding="async"{match[1]}{alt}>'


def lead(text: str, *, letters_max: int = 160) -> str:
    """The article's first sentences as a line of a list."""
    return excerpt(text, letters_max)


def first_words(clean_html: str) -> Markup:
    """What the article says at its beginning: its answer in short."""
    return Markup(furnished(beginning(clean_html)))  # noqa: S704  (cleaned when it was saved)
