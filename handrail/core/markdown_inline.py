"""The words within one block as Markdown: marks, links, pictures, and what must be escaped."""

from __future__ import annotations

import re
from html import escape

from handrail.core.html_tree import SPACE, VOID, Node

MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "s": "~~", "del": "~~"}
SPECIAL = re.compile(r"([\\`*_\[\]<>~|])")
ENTITY = re.compile(r"&(?=#?\w+;)")
# At the beginning of a line these would begin a heading, a list, a definition, a container or a rule.
LEADING = re.compile(r"^(\s*)([#+\-:=!]|\d{1,9}(?=[.)]))")


def inline(children: list[Node | str], *, with_marks: bool = True) -> str:
    """Markdown of what stands in a line; with_marks=False writes strong and the like as HTML, which never misreads."""
    return "".join(
        _escaped(child) if isinstance(child, str) else _element(child, with_marks=with_marks)
        for child in children
    )


def begin(line: str) -> str:
    """The line so that its first sign means nothing but itself."""
    found = LEADING.match(line)
    if not found:
        return line
    at = found.end(1) if not found[2].isdigit() else found.end(2)
    return f"{line[:at]}\\{line[at:]}"


def _escaped(words: str) -> str:
    return ENTITY.sub("\\\\&", SPECIAL.sub(r"\\\1", SPACE.sub(" ", words))).replace("\xa0", "&nbsp;")


def _element(node: Node, *, with_marks: bool) -> str:
    if node.tag == "br":
        return "\\\n"
    if node.tag == "code" and not node.attributes and not node.elements:
        return _code(SPACE.sub(" ", node.words()))
    if (
        node.tag == "img"
        and not node.attributes.keys() - {"src", "alt", "title"}
        and "alt" in node.attributes
    ):
        return f"!{_linked(_escaped(node.attributes['alt']), node.attributes.get('src', ''), node)}"
    inner = inline(node.children, with_marks=with_marks)
    if (
        node.tag == "a"
        and not node.attributes.keys() - {"href", "title", "rel"}
        and "href" in node.attributes
    ):
        return _linked(inner, node.attributes["href"], node)
    if node.tag in MARKS and with_marks and not node.attributes and inner.strip():
        return f"{MARKS[node.tag]}{inner}{MARKS[node.tag]}"
    attributes = "".join(f' {k}="{escape(v)}"' for k, v in node.attributes.items() if k != "rel")
    return f"<{node.tag}{attributes}>" + ("" if node.tag in VOID else f"{inner}</{node.tag}>")


def _linked(inner: str, address: str, node: Node) -> str:
    title = node.attributes.get("title", "")
    said = ' "' + title.replace("\\", "\\\\").replace('"', '\\"') + '"' if title else ""
    safe = f"<{address}>" if re.search(r"[\s()]", address) or not address else address
    return f"[{inner}]({safe}{said})"


def _code(words: str) -> str:
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if words.startswith("`") or words.endswith("`") or not words.strip() else ""
    return f"{fence}{pad}{words}{pad}{fence}"
