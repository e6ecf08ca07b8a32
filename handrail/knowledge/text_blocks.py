"""A text as its blocks in reading order: the words of each, where it stands, and all that shows and is no word.

    <section data-audience="agents"><ol><li>전화로 <b>확인</b></li></ol></section>
    ->  li, "전화로 확인", inside ("agents", "ol"), shape ("b @3+2",)

Whatever a reader could see or miss in cleaned HTML is part of a block, so that two texts alike block for block are alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import lxml.html
from django.utils.translation import gettext as _

from handrail.core.markdown_rules import CALLOUTS
from handrail.knowledge.depths import DEPTHS

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# A paragraph inside one of these is told by the outer shape.
NAMED = HEADINGS | {"li", "tr", "pre", "blockquote", "figcaption", "caption", "dt", "dd", "summary", "aside"}
BLOCKS = (
    NAMED
    | {"p", "div", "section", "article", "header", "footer", "main", "nav", "ul", "ol", "dl", "details", "figure"}
    | {"table", "thead", "tbody", "tfoot", "colgroup", "picture"}
)  # fmt: skip
# What stands in a text without being words.
THINGS = frozenset({"img", "video", "audio", "hr", "block"})
# Of an item: the second paragraph of one, and the first item of a list right below another list.
GOES_ON, BEGINS = "goes on", "begins anew"
LISTS = frozenset({"ul", "ol"})
# Where a block stands inside one of these, it shows.
FRAMES = frozenset({"blockquote", "details", "thead", "tfoot", "dl"})
# Nobody sees these; an anchor is for addresses, and `rel` is set by cleaning.
UNSEEN = frozenset({"id", "rel"})


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item, table row, picture, film, dividing line or reusable block.

    shape   all that is not its words: what is marked within a line and from where on, its cells, the address of a picture
    inside  what it stands in, outermost first: "agents", "simple", "callout tip", "ol" and so on
    number  of an item in a numbered list, 0 elsewhere; an item that moved down is the same
    """

    kind: str
    text: str
    shape: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    number: int = field(default=0, compare=False)

    @property
    def picture(self) -> str:
        """The address of a picture; "" for anything else."""
        return self.shape[0] if self.kind == "img" else ""


def blocks_of(html: str, *, names: Mapping[int, str] | None = None) -> list[Block]:
    """The blocks of cleaned HTML, in reading order; `names` of reusable blocks by their number."""
    if not html.strip():
        return []
    reader = _Reader(names or {})
    reader.read(lxml.html.fragment_fromstring(html, create_parent="div"), "p")
    reader.flush()
    return reader.blocks


class _Reader:
    def __init__(self, names: Mapping[int, str]) -> None:
        self.names = names
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.letters = 0  # read of this block so far, blanks apart
        self.shape: list[str] = []
        self.inside: list[str] = []
        self.within: list[str] = []  # what is open within the line
        self.kind = "p"
        self.number = 0
        self.is_item_begun = False
        self.is_cut = False  # the list that is open stands right below another

    def read(self, element: lxml.html.HtmlElement, kind: str) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in THINGS or _is_place(element):
            self._thing(element, tag)
        elif tag in BLOCKS:
            self._block(element, tag, kind)
        else:
            self._line(element, tag, kind)

    def flush(self) -> None:
        keep = self.kind == "pre"
        text = "".join(self.words)
        text = text.strip("\n") if keep else " ".join(text.split()).strip("| ").strip()
        if text:
            self._add(Block(self.kind, text, tuple(self.shape), tuple(self.inside), self.number))
        self.words, self.letters, self.shape = [], 0, list(self.within)

    def _add(self, block: Block) -> None:
        number = block.number if block.kind == "li" else 0
        shape = block.shape
        if block.kind == "li":
            # The second paragraph of an item is no item of its own.
            shape = (*shape, GOES_ON) if self.is_item_begun else shape
            shape = (*shape, BEGINS) if self.is_cut else shape
            self.is_item_begun, self.is_cut = True, False
        self.blocks.append(Block(block.kind, block.text, shape, block.inside, number))

    def _say(self, words: str) -> None:
        self.words.append(words)
        self.letters += _letters(words)

    def _children(self, element: lxml.html.HtmlElement, kind: str) -> None:
        self._say(element.text or "")
        for child in element:
            self.read(child, kind)
            self._say(child.tail or "")

    def _block(self, element: lxml.html.HtmlElement, tag: str, kind: str) -> None:
        inner = tag if tag in NAMED and not (tag == "blockquote" and kind == "li") else kind
        if tag == "p" and kind == "tr":
            self._children(element, kind)
            self.words.append(" ")  # paragraphs of a cell are words of its row
            return
        self.flush()
        self.kind = inner
        if tag == "li":
            self.number, self.is_item_begun = _number_of(element), False
        if tag in LISTS:
            before = element.getprevious()
            is_right_below = before is not None and before.tag in LISTS and not (before.tail or "").strip()
            self.is_cut = is_right_below
        frames = _frames(element, tag)
        self.inside += frames
        begun = len(self.blocks)
        self._children(element, inner)
        if len(self.blocks) == begun and not element.text_content().strip():
            self.words += [_("Empty row")] if tag == "tr" and len(element) else []
            self.words += [_("Empty item")] if tag == "li" else []
        self.flush()
        del self.inside[len(self.inside) - len(frames) :]
        self.kind = kind

    def _line(self, element: lxml.html.HtmlElement, tag: str, kind: str) -> None:
        """A comment, a cell, or what is marked within a line."""
        if not tag:
            return
        said = _said(tag, _given(element))
        if tag in {"td", "th"}:
            self.shape.append(said)
            self._children(element, kind)
            self.words.append(" | ")
            return
        is_marked = said != "span"
        if is_marked:
            self.shape.append(f"{said} @{self.letters}+{_letters(element.text_content())}")
            self.within.append(said)
        self._say("\n" if tag == "br" else "")
        self._children(element, kind)
        if is_marked:
            self.within.pop()

    def _thing(self, element: lxml.html.HtmlElement, tag: str) -> None:
        self.flush()
        given = _given(element)
        if tag == "img":
            text = given.pop("alt", "") or _("a picture without a description")
        elif tag in {"video", "audio"}:
            title = given.pop("title", "")
            text = _("Film: %(name)s") % {"name": title} if title else _("Film")
        elif tag == "hr":
            text = _("Dividing line")
        else:
            number = given.pop("data-block")
            tag, text, given["src"] = "block", self._name(int(number)), number
        tracks = [_said(str(each.tag), _given(each)) for each in element.iterchildren("source", "track")]
        shape = (given.pop("src", ""), _said("", given), *tracks, *self.within)
        self._add(Block(tag, text, shape, tuple(self.inside)))

    def _name(self, number: int) -> str:
        if number in self.names:
            return _("Reusable block: %(name)s") % {"name": self.names[number]}
        return _("Reusable block %(number)s") % {"number": number}


def _letters(words: str) -> int:
    return len("".join(words.split()))


def _given(element: lxml.html.HtmlElement) -> dict[str, str]:
    """The attributes a reader could see the work of."""
    return {str(name): str(value) for name, value in element.attrib.items() if name not in UNSEEN}


def _said(tag: str, given: dict[str, str]) -> str:
    return " ".join([tag, *(f"{name}={value}" for name, value in sorted(given.items()))]).strip()


def _is_place(element: lxml.html.HtmlElement) -> bool:
    """Whether a reusable block stands here; see PLACE of knowledge/block_uses.py."""
    number = (element.get("data-block") or "") if element.tag == "div" else ""
    is_number = number.isascii() and number.isdecimal() and len(number) < 19
    return is_number and not len(element) and not element.text


def _frames(element: lxml.html.HtmlElement, tag: str) -> list[str]:
    """What a block within this element stands in, by its code; what has no code of its own stands as it is written."""
    given = _given(element)
    found = []
    if given.get("data-audience") == "agents":
        del given["data-audience"]
        found.append("agents")
    if given.get("data-depth") in DEPTHS:
        found.append(given.pop("data-depth"))
    names = given.pop("class", "").split()
    found += [f"callout {name}" for name in names if name in CALLOUTS]
    if tag in {"ul", "ol"}:
        found.append("steps" if "steps" in names else tag)
    elif tag in FRAMES or (tag == "aside" and not found):
        found.append(tag)
    if others := [name for name in names if name not in CALLOUTS and name != "steps"]:
        given["class"] = " ".join(others)
    return [*found, _said(tag, given)] if given else found


def _number_of(item: lxml.html.HtmlElement) -> int:
    """The number an item carries; 0 in a list without numbers."""
    numbered = item.getparent()
    if numbered is None or numbered.tag != "ol":
        return 0
    start = numbered.get("start") or ""
    before = sum(1 for _each in item.itersiblings("li", preceding=True))
    return before + (int(start) if start.isdecimal() and len(start) < 10 else 1)
