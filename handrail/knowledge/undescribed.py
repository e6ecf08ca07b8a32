"""Pictures an author neither described nor called decoration: what they show is lost on whoever cannot see them.

<img src="a.png">          not described yet
<img src="a.png" alt="">   decoration, on purpose
"""

from __future__ import annotations

from dataclasses import dataclass

import lxml.html

HEADINGS = frozenset({"h1", "h2", "h3", "h4"})


@dataclass(frozen=True)
class Undescribed:
    """`number` counts all pictures of the text from 1; `near` is the picture's caption, else the heading above it, else ""."""

    number: int
    src: str
    near: str


def undescribed(clean_html: str) -> list[Undescribed]:
    """The pictures of cleaned HTML without a description, in reading order."""
    if "<img" not in clean_html:
        return []
    found, number, heading = [], 0, ""
    for element in lxml.html.fragment_fromstring(clean_html, create_parent="div").iter():
        if element.tag in HEADINGS:
            heading = _line(element)
        elif element.tag == "img":
            number += 1
            if _is_open(element):
                found.append(Undescribed(number, element.get("src", ""), _caption(element) or heading))
    return found


def _is_open(image: lxml.html.HtmlElement) -> bool:
    described = image.get("alt")
    return described is None or (described != "" and not described.strip())


def _caption(image: lxml.html.HtmlElement) -> str:
    figure = next(image.iterancestors("figure"), None)
    caption = figure.find(".//figcaption") if figure is not None else None
    return _line(caption) if caption is not None else ""


def _line(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())[:80]
