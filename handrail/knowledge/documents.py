"""The editor's document: what it holds, and the HTML it means.

A document is the JSON tree the editor works on. It is kept beside the HTML so that an author finds everything as they
left it; readers only ever get the HTML, which is made and cleaned here, whatever the browser says it is.
"""

from __future__ import annotations

import json
import re
from typing import Any

from handrail.core.html import clean
from handrail.core.html_tree import Node, normal, parse, write
from handrail.core.markdown import to_html
from handrail.knowledge.passages import marked

CHARS_MAX = 2_000_000
DEPTH_MAX = 60
MARKUP = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")

# Names of the editor's nodes that are one element without anything to say about it.
PLAIN = {
    "paragraph": "p", "bulletList": "ul", "listItem": "li", "blockquote": "blockquote", "horizontalRule": "hr",
    "hardBreak": "br", "tableRow": "tr",
}  # fmt: skip
MARKS = {"bold": "strong", "italic": "em", "strike": "s", "underline": "u", "code": "code"}
TAGS = frozenset(
    [
        "sub",
        "sup",
        "kbd",
        "mark",
        "small",
        "abbr",
        "q",
        "cite",
        "var",
        "samp",
        "dfn",
        "ins",
        "time",
        "span",
        "bdi",
        "bdo",
    ]
)

Json = dict[str, Any]


def submitted(html: str, document: str | Json | None = None) -> tuple[str, Json | None]:
    """What somebody wrote, fit to be kept: clean HTML, and the editor's document if it says the same.

    html      from the editor, or what an author without scripts wrote: HTML, or Markdown where there is no tag in it
    document  the editor's document, as JSON or read

    A document that cannot be read, or that says something else than the HTML, is dropped: the HTML counts.
    """
    if not document and not MARKUP.search(html):
        return to_html(html, profile="article"), None
    cleaned = marked(html)
    kept = _read(document)
    if kept is None or normal(clean(render(kept), profile="article")) != normal(cleaned):
        return cleaned, None
    return cleaned, kept


def render(document: Json) -> str:
    """The HTML a document means, not yet cleaned. Nodes nobody knows are left out, what they hold is not."""
    root = Node("", {}, _inside(document, 0))
    return write(root)


def _read(document: str | Json | None) -> Json | None:
    if isinstance(document, str):
        if not document or len(document) > CHARS_MAX:
            return None
        try:
            document = json.loads(document)
        except (ValueError, RecursionError):
            return None
    is_document = (
        isinstance(document, dict) and document.get("type") == "doc" and _depth(document) <= DEPTH_MAX
    )
    return document if is_document else None  # type: ignore[return-value]


def _depth(node: Json) -> int:
    deepest, level = 0, [node]
    while level and deepest <= DEPTH_MAX:
        deepest += 1
        level = [child for each in level for child in _content(each)]
    return deepest


def _content(node: Json) -> list[Json]:
    inner = node.get("content")
    return [each for each in inner if isinstance(each, dict)] if isinstance(inner, list) else []


def _said(node: Json) -> Json:
    attributes = node.get("attrs")
    return attributes if isinstance(attributes, dict) else {}


def _given(node: Json, *names: str) -> dict[str, str]:
    """Those of the node's attributes that say something, as HTML has them."""
    said = _said(node)
    return {name: str(said[name]) for name in names if said.get(name) not in (None, "", False)}


def _inside(node: Json, depth: int) -> list[Node | str]:
    """The node's children as HTML, neighbours with the same mark within one element."""
    found: list[Node | str] = []
    open_marks: list[tuple[Json, Node]] = []
    for child in _content(node):
        marks = [mark for mark in child.get("marks") or [] if isinstance(mark, dict) and _mark(mark)]
        same = 0
        while same < min(len(marks), len(open_marks)) and open_marks[same][0] == marks[same]:
            same += 1
        del open_marks[same:]
        for mark in marks[same:]:
            element = _mark(mark)
            assert element is not None  # filtered above
            (open_marks[-1][1].children if open_marks else found).append(element)
            open_marks.append((mark, element))
        target = open_marks[-1][1].children if open_marks else found
        target.extend(
            [str(child.get("text", ""))] if child.get("type") == "text" else _nodes(child, depth + 1)
        )
    return _filled(found)


def _filled(children: list[Node | str]) -> list[Node | str]:
    """Without paragraphs that hold nothing, unless there is nothing else."""
    found = list(children)
    for child in children:
        if isinstance(child, Node) and child.tag == "p" and not child.children and len(found) > 1:
            found.remove(child)
    return found


def _mark(mark: Json) -> Node | None:
    name = str(mark.get("type"))
    if name in MARKS:
        return Node(MARKS[name])
    if name == "link":
        return Node("a", _given(mark, "href", "title"))
    tag = str(_said(mark).get("name", ""))
    if name == "tag" and tag in TAGS:
        return Node(tag, _given(mark, "title", "lang"))
    return None


def _nodes(node: Json, depth: int) -> list[Node | str]:
    if depth > DEPTH_MAX:
        return []
    name = str(node.get("type"))
    made = globals().get(f"_{re.sub('(?<=[a-z])(?=[A-Z])', '_', name).lower()}_node")
    if made is not None:
        return [made(node, depth)]
    inner = _inside(node, depth)
    if name == "asis":
        return list(parse(clean(str(_said(node).get("html", "")), profile="article")).children)
    return [Node(PLAIN[name], {}, inner)] if name in PLAIN else inner


def _heading_node(node: Json, depth: int) -> Node:
    level = _said(node).get("level")
    return Node(f"h{level if level in range(1, 7) else 2}", _given(node, "id"), _inside(node, depth))


def _bullet_list_node(node: Json, depth: int) -> Node:
    return _tight(Node("ul", {}, _inside(node, depth)))


def _ordered_list_node(node: Json, depth: int) -> Node:
    start = _given(node, "start")
    return _tight(Node("ol", {} if start.get("start") == "1" else start, _inside(node, depth)))


def _steps_node(node: Json, depth: int) -> Node:
    return _tight(Node("ol", {"class": "steps"}, _inside(node, depth)))


def _code_block_node(node: Json, depth: int) -> Node:
    language = _given(node, "language").get("language")
    attributes = {"class": f"language-{language}"} if language else {}
    return Node("pre", {}, [Node("code", attributes, _inside(node, depth))])


def _callout_node(node: Json, depth: int) -> Node:
    return Node("aside", {"class": str(_said(node).get("kind", "note"))}, _inside(node, depth))


def _passage_node(node: Json, depth: int) -> Node:
    return Node("section", {"data-audience": "agents"}, _inside(node, depth))


def _depth_node(node: Json, depth: int) -> Node:
    return Node("section", {"data-depth": str(_said(node).get("level", "deep"))}, _inside(node, depth))


def _reusable_node(node: Json, _depth: int) -> Node:
    return Node("div", {"data-block": str(_said(node).get("id", ""))})


def _picture_node(node: Json, depth: int) -> Node:
    return _figure(_image(node), _inside(node, depth))


def _inline_picture_node(node: Json, _depth: int) -> Node:
    return _image(node)


def _film_node(node: Json, depth: int) -> Node:
    tracks = _said(node).get("tracks")
    children: list[Node | str] = [
        Node("track", {"kind": "captions", **_given({"attrs": track}, "src", "srclang", "label")})
        for track in (tracks if isinstance(tracks, list) else [])
        if isinstance(track, dict)
    ]
    shown = _given(node, "src", "title", "poster", "width", "height")
    return _figure(
        Node("video", {**shown, "controls": "", "preload": "metadata"}, children), _inside(node, depth)
    )


def _embed_node(node: Json, depth: int) -> Node:
    link = Node("a", _given(node, "href"), _inside(node, depth))
    said = [line.strip() for line in str(_said(node).get("transcript") or "").splitlines() if line.strip()]
    lines = [each for line in said for each in (Node("br"), line)][1:]
    return Node("figure", {"class": "embed"}, [link, *([Node("figcaption", {}, lines)] if lines else [])])


def _table_node(node: Json, depth: int) -> Node:
    rows = [row for row in _inside(node, depth) if isinstance(row, Node)]
    is_headed = bool(rows) and all(cell.tag == "th" for cell in rows[0].elements)
    head: list[Node | str] = [Node("thead", {}, [rows[0]])] if is_headed else []
    body: list[Node | str] = list(rows[1:] if is_headed else rows)
    return Node("table", {}, head + ([Node("tbody", {}, body)] if body else []))


def _table_header_node(node: Json, depth: int) -> Node:
    return _cell("th", node, depth)


def _table_cell_node(node: Json, depth: int) -> Node:
    return _cell("td", node, depth)


def _cell(tag: str, node: Json, depth: int) -> Node:
    spans = {name: value for name, value in _given(node, "colspan", "rowspan").items() if value != "1"}
    inner = _inside(node, depth)
    only = inner[0] if len(inner) == 1 else None
    return Node(tag, spans, only.children if isinstance(only, Node) and only.tag == "p" else inner)


def _image(node: Json) -> Node:
    shown = _given(node, "src", "width", "height")
    alt = _said(node).get("alt")
    # An empty description says "decoration"; none at all says that nobody has described it yet.
    return Node("img", shown if alt is None else {**shown, "alt": str(alt)})


def _figure(shown: Node, caption: list[Node | str]) -> Node:
    return Node("figure", {}, [shown, Node("figcaption", {}, caption)] if caption else [shown])


def _tight(items: Node) -> Node:
    """A list whose every item is one paragraph, or one and a list below it, needs no paragraphs."""
    rows = [item.elements for item in items.elements]
    if all(row and row[0].tag == "p" and all(each.tag in {"ul", "ol"} for each in row[1:]) for row in rows):
        for item in items.elements:
            first = item.elements[0]
            item.children[:1] = first.children
    return items
