"""Clean article HTML as Markdown that says the same: `to_html(from_html(html))` has the same meaning as `html`.

Every block is written as Markdown, read back, and compared. Where Markdown cannot say it (a table with joined cells, a
film with captions) the block stands in the Markdown as HTML, which Markdown allows.
"""

from __future__ import annotations

import re
from html import escape

from handrail.core.html_tree import VOID, Node, normal, parse, write
from handrail.core.markdown import to_html
from handrail.core.markdown_inline import begin, inline
from handrail.core.markdown_rules import CALLOUTS

BETWEEN_LISTS = "<!-- -->"  # two lists in a row would be read as one


def from_html(clean_html: str) -> str:
    """Markdown of `clean_html` (from core.html.clean, profile "article"), with nothing lost."""
    root = parse(normal(clean_html))
    return _joined([_faithful(block) for block in root.elements], root.elements)


def for_reading(clean_html: str) -> str:
    """Markdown for readers, people or programs: never HTML where words will do, so a film is a link and a picture a picture."""
    root = parse(normal(clean_html))
    return _joined([_Writer(is_plain=True).block(block) for block in root.elements], root.elements)


def _joined(written: list[str], blocks: list[Node]) -> str:
    lines: list[str] = []
    for at, (text, block) in enumerate(zip(written, blocks, strict=True)):
        if at and block.tag in {"ul", "ol"} and blocks[at - 1].tag in {"ul", "ol"}:
            lines += [BETWEEN_LISTS, ""]
        if text:
            lines += [text, ""]
    return "\n".join(lines).strip("\n") + "\n" if lines else ""


def _faithful(block: Node) -> str:
    """The first way of writing the block that reads back as itself."""
    wanted = normal(write(block))
    for writer in (_Writer(), _Writer(with_marks=False)):
        text = writer.block(block)
        if normal(to_html(text, profile="article")) == wanted:
            return text
    return _raw(block)


def _raw(block: Node) -> str:
    """The block as HTML without an empty line, which would end it."""
    opening, closing = _tag(block), "" if block.tag in VOID else f"</{block.tag}>"
    inner = "".join(_raw_inline(child, is_code=block.tag == "pre") for child in block.children)
    # A tag that Markdown does not know as a block's begins one only when it stands alone on its line.
    apart = "\n" if block.tag in {"video", "audio", "picture"} else ""
    return f"{opening}{apart}{inner}{closing}"


def _raw_inline(child: Node | str, *, is_code: bool) -> str:
    if isinstance(child, str):
        text = escape(child, quote=False)
        return text.replace("\n", "&#10;") if is_code else text
    inner = "".join(_raw_inline(each, is_code=is_code or child.tag == "pre") for each in child.children)
    return _tag(child) + ("" if child.tag in VOID else f"{inner}</{child.tag}>")


def _tag(node: Node) -> str:
    attributes = "".join(f' {k}="{escape(v)}"' for k, v in node.attributes.items() if k != "rel")
    return f"<{node.tag}{attributes}>"


class _Writer:
    """One way of writing blocks. Raw HTML is used where there is no other; `is_plain` prefers words to exactness."""

    def __init__(self, *, with_marks: bool = True, is_plain: bool = False) -> None:
        self.with_marks, self.is_plain = with_marks, is_plain

    def block(self, node: Node) -> str:
        if re.fullmatch("h[1-6]", node.tag):
            anchor = node.attributes.get("id", "").removeprefix("at-")
            said = f" {{#{anchor}}}" if anchor and not self.is_plain else ""
            return f"{'#' * int(node.tag[1])} {self._line(node)}{said}"
        if node.tag == "p":
            return begin(self._line(node))
        how = getattr(self, f"_{node.tag}", None)
        return how(node) if how else self._other(node)

    def _blocks(self, children: list[Node]) -> str:
        return _joined([self.block(child) for child in children], children).rstrip("\n")

    def _line(self, node: Node) -> str:
        text = inline(node.children, with_marks=self.with_marks)
        return "\\\n".join(line if not at else begin(line) for at, line in enumerate(text.split("\\\n")))

    def _hr(self, _node: Node) -> str:
        return "***"

    def _pre(self, node: Node) -> str:
        code = node.elements[0] if len(node.elements) == 1 else node
        words = node.words().rstrip("\n")
        longest = max((len(run) for run in re.findall("`{3,}", words)), default=2)
        language = code.attributes.get("class", "").removeprefix("language-")
        return f"{'`' * (longest + 1)}{language}\n{words}\n{'`' * (longest + 1)}"

    def _blockquote(self, node: Node) -> str:
        return _quoted(self._blocks(node.elements))

    def _aside(self, node: Node) -> str:
        kind = node.attributes.get("class", "")
        if kind not in CALLOUTS:
            return self._other(node)
        inner = self._blocks(node.elements)
        # Words follow in the line below; a list or table needs the empty one.
        gap = "\n" if node.elements and node.elements[0].tag != "p" else ""
        return _quoted(f"[!{kind.upper()}]\n{gap}{inner}")

    def _section(self, node: Node) -> str:
        said = node.attributes
        name = "agents" if said.get("data-audience") == "agents" else said.get("data-depth", "")
        if self.is_plain and "data-depth" in said:
            return self._blocks(node.elements)
        if not name or len(said) > 1 or self.is_plain:
            return self._other(node)
        return _contained(name, self._blocks(node.elements))

    def _div(self, node: Node) -> str:
        number = node.attributes.get("data-block")
        return f"::: block {number}\n:::" if number and not node.children else self._other(node)

    def _ul(self, node: Node) -> str:
        return self._list(node, lambda _at: "- ")

    def _ol(self, node: Node) -> str:
        first = int(start) if (start := node.attributes.get("start", "1")).isdigit() else 1
        written = self._list(node, lambda at: f"{first + at}. ")
        return _contained("steps", written) if node.has_class("steps") and not self.is_plain else written

    def _list(self, node: Node, mark: object) -> str:
        items = [item for item in node.elements if item.tag == "li"]
        is_loose = any(child.tag == "p" for item in items for child in item.elements)
        written = []
        for at, item in enumerate(items):
            bullet: str = mark(at)  # type: ignore[operator]
            lines = self._item(item).split("\n")
            rest = [f"{' ' * len(bullet)}{line}" if line else "" for line in lines[1:]]
            written.append("\n".join([(bullet + lines[0]).rstrip(), *rest]))
        return ("\n\n" if is_loose else "\n").join(written)

    def _item(self, item: Node) -> str:
        """Loose words of an item come first, then its blocks."""
        cut = next((at for at, c in enumerate(item.children) if isinstance(c, Node) and c.is_block), None)
        words = item.children if cut is None else item.children[:cut]
        blocks = [] if cut is None else [child for child in item.children[cut:] if isinstance(child, Node)]
        line = begin(self._line(Node("p", {}, words))) if words else ""
        below = self._blocks(blocks)
        gap = "\n" if blocks and blocks[0].tag in {"ul", "ol"} else "\n\n"
        return f"{line}{gap}{below}" if line and below else line or below

    def _table(self, node: Node) -> str:
        rows = [row for row in node.walk() if row.tag == "tr"]
        cells = [[self._cell(cell) for cell in row.elements] for row in rows]
        if not rows or len({len(row) for row in cells}) != 1:
            return self._other(node)
        lines = [f"| {' | '.join(row)} |" for row in cells]
        return "\n".join([lines[0], f"|{' --- |' * len(cells[0])}", *lines[1:]])

    def _cell(self, cell: Node) -> str:
        if self.is_plain:
            words = Node("p", {}, [*_spaced(cell.children)])
            return inline(words.children, with_marks=self.with_marks).strip()
        return inline(cell.children, with_marks=self.with_marks).strip().replace("\\\n", "<br>")

    def _figure(self, node: Node) -> str:
        if not self.is_plain:
            return _raw(node)
        below = "".join(self.block(child) + "\n\n" for child in node.elements if child.tag != "figcaption")
        caption = next((child for child in node.elements if child.tag == "figcaption"), None)
        return (below + (self._line(caption) if caption else "")).strip()

    def _video(self, node: Node) -> str:
        if not self.is_plain:
            return _raw(node)
        source = node.attributes.get("src") or next(
            (each.attributes.get("src", "") for each in node.elements if each.tag == "source"), ""
        )
        name = node.attributes.get("title") or source.rsplit("/", 1)[-1]
        return f"[{name}]({source})"

    def _img(self, node: Node) -> str:
        shown = Node("img", {"src": node.attributes.get("src", ""), "alt": node.attributes.get("alt", "")})
        return inline([shown])

    def _a(self, node: Node) -> str:
        return inline([node])

    def _other(self, node: Node) -> str:
        if not self.is_plain:
            return _raw(node)
        if any(child.is_block for child in node.elements):
            return self._blocks(node.elements)
        return begin(self._line(node))


def _spaced(children: list[Node | str]) -> list[Node | str]:
    """What stands in a cell, in one line."""
    found: list[Node | str] = []
    for child in children:
        if isinstance(child, Node) and (child.is_block or child.tag == "br"):
            found += [" ", *_spaced(child.children), " "]
        else:
            found.append(child)
    return found


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _contained(name: str, inner: str) -> str:
    longest = max((len(run) for run in re.findall(r"^:{3,}", inner, re.M)), default=2)
    fence = ":" * (longest + 1)
    return f"{fence} {name}\n{inner}\n{fence}"
