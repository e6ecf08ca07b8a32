"""Clean HTML of a reply as plain text a person likes to read: lists keep their signs, links say where they lead, and
pictures what is to be seen."""

from __future__ import annotations

import re
from urllib.parse import unquote

from django.utils.translation import gettext as _

from handrail.core.html_tree import SPACE, Node, parse

RULE = "-" * 24
PICTURE = "…"  # one that nobody described, in a text that is of no one language
UNDESCRIBED = re.compile(r'(<img\b[^>]*) alt="\s*"')


def reading_text(clean_html: str) -> str:
    """The words of HTML from `core.html.clean` (profile "message"); bold and slanted words stand without marks."""
    text = _blocks(parse(clean_html).children)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def described(clean_html: str) -> str:
    """The same, where a picture that nobody described is told of in the current language: who cannot see it hears of it then."""
    return UNDESCRIBED.sub(rf'\1 alt="{_("Picture without a description")}"', clean_html)


def is_bare(address: str, words: str) -> bool:
    """Whether a link says nothing but where it leads."""
    return unquote(words.strip()) in {unquote(address), unquote(address.removeprefix("mailto:")), ""}


def _blocks(children: list[Node | str]) -> str:
    """Blocks with an empty line between them; words that stand between blocks are one of their own."""
    made: list[str] = []
    loose: list[Node | str] = []
    for child in [*children, None]:
        if child is not None and not (isinstance(child, Node) and child.is_block):
            loose.append(child)
            continue
        if words := _inline(loose).strip():
            made.append(words)
        loose = []
        if isinstance(child, Node) and (block := _block(child)):
            made.append(block)
    return "\n\n".join(made)


def _block(node: Node) -> str:
    if node.tag == "pre":
        return node.words().strip("\n")
    if node.tag == "hr":
        return RULE
    if node.tag in {"ul", "ol"}:
        return _list(node)
    if node.tag == "table":
        return "\n".join(_row(each) for each in node.walk() if each.tag == "tr")
    inner = _blocks(node.children)
    if node.tag == "blockquote":
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))
    return inner


def _list(node: Node) -> str:
    start = node.attributes.get("start", "1")
    number = int(start) if start.isdecimal() and len(start) < 10 else 1
    lines: list[str] = []
    for at, item in enumerate(each for each in node.elements if each.tag == "li"):
        sign = f"{number + at}." if node.tag == "ol" else "-"
        inner = re.sub(r"\n{2,}", "\n", _blocks(item.children))
        lines.append(f"{sign} " + inner.replace("\n", "\n" + " " * (len(sign) + 1)))
    return "\n".join(lines)


def _row(row: Node) -> str:
    cells = (cell for cell in row.elements if cell.tag in {"td", "th"})
    return " | ".join(_inline(cell.children).strip() for cell in cells)


def _inline(children: list[Node | str]) -> str:
    made = "".join(SPACE.sub(" ", child) if isinstance(child, str) else _element(child) for child in children)
    return re.sub(r" ?\n ?", "\n", made)


def _element(node: Node) -> str:
    if node.tag == "br":
        return "\n"
    if node.tag == "img":
        return f"[{node.attributes.get('alt', '').strip() or PICTURE}]"
    words = _inline(node.children)
    address = node.attributes.get("href", "")
    if node.tag != "a" or is_bare(address, words):
        return words
    return f"{words} ({address.removeprefix('mailto:')})"
