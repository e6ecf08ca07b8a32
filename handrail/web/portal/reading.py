"""An article's own HTML made ready to read: headings one can point at, tables that scroll by themselves."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markupsafe import Markup

from handrail.web.portal.furniture import furnished

HEADING = re.compile(r"<h([23])([^>]*)>(.*?)</h\1>", re.S)
TAG = re.compile(r"<[^>]+>")
PICTURE = re.compile(r'<img((?: [\w-]+="[^"]*")*)>')
ANCHOR = re.compile(r'\bid="([^"]+)"')


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
    taken: set[str] = set()

    def anchored(match: re.Match[str]) -> str:
        level, attributes, inner = int(match[1]), match[2], match[3]
        text = html.unescape(TAG.sub("", inner)).strip()
        named = ANCHOR.search(attributes)
        anchor = named[1] if named else _free(text, taken)
        taken.add(anchor)
        headings.append(Heading(level, anchor, text))
        return f'<h{level} id="{html.escape(anchor)}" tabindex="-1">{inner}</h{level}>'

    laid = HEADING.sub(anchored, clean_html)
    # A table wider than a phone scrolls inside its own frame, which the keyboard must be able to reach.
    frame = f'<div class="table-wrap" role="region" tabindex="0" aria-label="{html.escape(_("Table"))}">'
    laid = laid.replace("<table", f"{frame}<table").replace("</table>", "</table></div>")
    laid = PICTURE.sub(_picture, laid)
    laid = furnished(laid)
    return Markup(laid), headings  # noqa: S704  (cleaned when it was saved)


def _picture(match: re.Match[str]) -> str:
    # Nobody has described it: a reader who cannot see it hears no file name at least.
    alt = "" if " alt=" in match[1] else ' alt=""'
    return f'<img loading="lazy" decoding="async"{match[1]}{alt}>'


def lead(text: str, *, letters_max: int = 160) -> str:
    """The article's first paragraph as a line of a list, cut at a word."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if len(first) <= letters_max:
        return first
    return first[:letters_max].rsplit(" ", 1)[0].rstrip(".,·") + "…"


def first_words(clean_html: str) -> Markup:
    """What the article says before its first heading: its answer in short."""
    short = re.split(r"<h[1-6]", clean_html, maxsplit=1)[0].strip()
    return Markup(furnished(short))  # noqa: S704  (cleaned when it was saved)


def _free(text: str, taken: set[str]) -> str:
    slug = re.sub(r"[^\w]+", "-", text.lower()).strip("-")[:60] or "part"
    anchor, number = slug, 2
    while anchor in taken:
        anchor, number = f"{slug}-{number}", number + 1
    return anchor
