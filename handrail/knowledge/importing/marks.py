"""What a text says of itself in our own words: passages for colleagues, depths, and places of reusable blocks.

Other tools' boxes come off when a page is read; these stay. A passage marked anywhere but on a box of its own becomes one
that holds at least as much, so that nothing a colleague hid is ever shown for the form it came in.
"""

from __future__ import annotations

import lxml.html

PASSAGE, DEPTH, BLOCK = "data-audience", "data-depth", "data-block"
AGENTS = "agents"
# Around these a section may stand without tearing anything apart.
BOXES = {
    "address", "article", "aside", "blockquote", "body", "details", "div", "dl", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "main", "nav", "ol", "p", "pre", "section", "table", "ul",
}  # fmt: skip


def settle(main: lxml.html.HtmlElement) -> None:
    """Every marked passage within `main` becomes a section for agents; one around it becomes one within it."""
    around = next((box for box in main.iterancestors() if box.get(PASSAGE) is not None), None)
    if around is not None or main.get(PASSAGE) is not None:
        _hide_all(main)
    depths = [box.get(DEPTH) for box in (main, *main.iterancestors()) if box.get(DEPTH)]
    if depths and len(main):
        _within(main, {DEPTH: depths[0]})
    for marked in main.xpath(f".//*[@{PASSAGE}]"):
        if marked.tag == "section":
            marked.set(PASSAGE, AGENTS)
            continue
        del marked.attrib[PASSAGE]
        box = marked
        while box is not main and box.tag not in BOXES:
            box = box.getparent()
        if box is main:
            _hide_all(main)
        else:
            _around(box, {PASSAGE: AGENTS})


def is_ours(box: lxml.html.HtmlElement) -> bool:
    """Whether this box says something that is lost without it."""
    if box.tag == "section":
        return box.get(PASSAGE) is not None or box.get(DEPTH) is not None
    return box.tag == "div" and box.get(BLOCK) is not None


def is_hidden(element: lxml.html.HtmlElement) -> bool:
    """Whether it stands in a passage that colleagues alone read."""
    return any(box.get(PASSAGE) is not None for box in (element, *element.iterancestors()))


def _hide_all(main: lxml.html.HtmlElement) -> None:
    main.attrib.pop(PASSAGE, None)
    _within(main, {PASSAGE: AGENTS})


def _within(main: lxml.html.HtmlElement, says: dict[str, str]) -> None:
    section = lxml.html.Element("section", says)
    section.text, main.text = main.text, None
    for child in list(main):
        section.append(child)
    main.append(section)


def _around(box: lxml.html.HtmlElement, says: dict[str, str]) -> None:
    section = lxml.html.Element("section", says)
    section.tail, box.tail = box.tail, None
    box.getparent().replace(box, section)
    section.append(box)
