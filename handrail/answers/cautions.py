"""What an article warns of goes with whatever is quoted of it.

"Tiny bumps: stop for a week" is true, and nobody may read it who was not told when to call an ambulance.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import reduce
from operator import or_

import lxml.html
from django.db.models import Q

from handrail.accounts.viewer import Viewer
from handrail.answers.passages import HEADINGS, PASSAGE_CHARACTERS, sections
from handrail.answers.results import Text
from handrail.knowledge.models import Translation
from handrail.knowledge.reading import read

WARNING = ("warning", "caution")  # the kinds of callouts that warn


def may_warn() -> Q:
    """Of published translations: those whose page may hold a caution; most hold none and are not put together for it."""
    marks = [*WARNING, "data-block"]
    pages = ("published__html", "published__whole_html")
    return reduce(or_, (Q(**{f"{page}__contains": mark}) for page in pages for mark in marks))


def with_cautions(quoted: str, text: Text, viewer: Viewer, *, below: Collection[str]) -> str:
    """What is quoted of a text, after the cautions that it must not be read without and does not say itself.

    below  headings that what is quoted stands below; cautions before the first heading hold for the whole article
    """
    said = set(quoted.split("\n"))
    kept = [
        words
        for heading, words in _cautions(_page(text, viewer))
        if (not heading or heading in below) and not said.issuperset(words.split("\n"))
    ]
    return "\n\n".join(dict.fromkeys([*kept, quoted]))


def _page(text: Text, viewer: Viewer) -> str:
    if not text.warns:
        return ""
    rows = Translation.objects.filter(article=text.article, locale=text.locale, published__isnull=False)
    row = rows.select_related("published").first()
    return read(row.published, viewer, locale=text.locale) if row and row.published else ""


def _cautions(html: str) -> list[tuple[str, str]]:
    """(heading above it, its words) of each; a very long one is a text of its own, and left to its place."""
    found: list[tuple[str, str]] = []
    heading = ""
    for element in lxml.html.fragment_fromstring(html, create_parent="div").iter("aside", *HEADINGS):
        if element.tag in HEADINGS:
            heading = " ".join(element.text_content().split()) or heading
        elif set(WARNING).intersection(element.get("class", "").split()):
            own = lxml.html.tostring(element, encoding="unicode", with_tail=False)
            words = "\n".join(block for section in sections(own) for block in section.blocks)
            if 0 < len(words) <= PASSAGE_CHARACTERS:
                found.append((heading, words))
    return found
