"""Clean HTML as a tree of plain nodes: for what must compare, convert or rearrange it.

Only for HTML that `core.html.clean` made: well-formed, every tag closed, nothing that acts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

VOID = frozenset({"area", "br", "col", "hr", "img", "input", "source", "track", "wbr"})
# What stands on lines of its own; white space beside it means nothing.
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "audio",
        "blockquote",
        "caption",
        "col",
        "colgroup",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "picture",
        "pre",
        "section",
        "source",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "ul",
        "video",
    ]
)
SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass
class Node:
    """One element. `children` are nodes and strings (unescaped text)."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def has_class(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()

    @property
    def elements(self) -> list[Node]:
        """The children that are elements."""
        return [child for child in self.children if isinstance(child, Node)]

    @property
    def is_block(self) -> bool:
        return self.tag in BLOCKS

    def walk(self) -> Iterator[Node]:
        """Every element below this one, in order."""
        for child in self.elements:
            yield child
            yield from child.walk()

    def words(self) -> str:
        """Its text, as it stands."""
        return "".join(child if isinstance(child, str) else child.words() for child in self.children)


def parse(clean_html: str) -> Node:
    """The HTML below a root node whose tag is ""."""
    builder = _Builder()
    builder.feed(clean_html)
    builder.close()
    return builder.root


def write(node: Node) -> str:
    """The node as HTML, its attributes in the order they have; the root is only its children."""
    inner = "".join(
        escape(each, quote=False) if isinstance(each, str) else write(each) for each in node.children
    )
    if not node.tag:
        return inner
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in node.attributes.items())
    return f"<{node.tag}{attributes}>" + ("" if node.tag in VOID else f"{inner}</{node.tag}>")


def normal(clean_html: str) -> str:
    """The HTML in the one form that two texts with the same meaning share: for comparing, not for showing."""
    root = parse(clean_html)
    _settle(root)
    return write(root)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        # Cleaned HTML closes what it opened; anything else is let go.
        if any(node.tag == tag for node in self.open[1:]):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def _settle(node: Node) -> None:
    """Attributes in order, white space where it means something, loose words in paragraphs."""
    node.attributes = dict(sorted(node.attributes.items()))
    if node.tag == "pre":
        _settle_code(node)
        return
    if not node.tag or node.tag in {"blockquote", "section", "aside"}:
        node.children = _in_paragraphs(node.children)
    for element in node.elements:
        _settle(element)
    holds_blocks = any(child.is_block for child in node.elements)
    settled: list[Node | str] = []
    for at, child in enumerate(node.children):
        if not isinstance(child, str):
            settled.append(child)
            continue
        words = SPACE.sub(" ", child)
        if node.is_block or not node.tag:
            words = words if _is_inline(node.children, at - 1) else words.lstrip(" ")
            words = words if _is_inline(node.children, at + 1) else words.rstrip(" ")
        if words and not (holds_blocks and not words.strip(" ") and not node.tag):
            settled.append(words)
    node.children = settled


def _settle_code(pre: Node) -> None:
    for code in pre.elements:
        words = code.words().rstrip("\n")
        code.children = [words] if words else []
        code.attributes = dict(sorted(code.attributes.items()))


def _is_inline(children: list[Node | str], at: int) -> bool:
    """Whether what stands there is in the same line as its neighbour."""
    if not 0 <= at < len(children):
        return False
    neighbour = children[at]
    return isinstance(neighbour, str) or not (neighbour.is_block or neighbour.tag == "br")


def _in_paragraphs(children: list[Node | str]) -> list[Node | str]:
    """Words that stand loose between blocks, each run of them in a paragraph."""
    found: list[Node | str] = []
    loose: list[Node | str] = []

    def close() -> None:
        if any(not isinstance(each, str) or each.strip() for each in loose):
            found.append(Node("p", {}, list(loose)))
        loose.clear()

    for child in children:
        if isinstance(child, Node) and child.is_block:
            close()
            found.append(child)
        else:
            loose.append(child)
    close()
    return found
