"""The difference between two states of a text, as people see it: block beside block, word by word.

    환불은 3일 안에 돼요.   ->   환불[은 -> 을] [3 -> 5]일 안에 [돼요 -> 받아요].

Words are told apart as Korean is written: where only the particle behind a noun changed, only that is marked. A block
that says the same in another shape (a paragraph become a heading, a link leading elsewhere) is told as such.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby

import lxml.html
from django.utils.translation import gettext as _

BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "tr",
        "pre",
        "blockquote",
        "figcaption",
        "dt",
        "dd",
        "summary",
        "div",
        "section",
        "ul",
        "ol",
        "dl",
        "table",
        "tbody",
        "thead",
        "details",
        "figure",
        "aside",
        "video",
    ]
)
# A paragraph inside one of these is told by the outer shape.
NAMED = frozenset(
    [
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "tr",
        "pre",
        "blockquote",
        "figcaption",
        "dt",
        "dd",
        "summary",
        "aside",
    ]
)
WORD = re.compile(r"\s+|[가-힣]+|\d+(?:[.,]\d+)*|\w+|[^\w\s]")
TOKENS_MAX = 4000  # in one block; past it the block counts as written anew
LIKE_ENOUGH = 0.4
FOLDED_FROM = 2  # rows
PAIRED_MAX = 80  # blocks compared each with each


@dataclass(frozen=True)
class Piece:
    """Some words; `mark` is "", "gone" or "new"."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item, table row or picture; `shape` is all that is not its words.

    number  of an item in a numbered list, 0 elsewhere; an item that moved down is the same
    """

    kind: str
    text: str
    shape: tuple[str, ...] = ()
    number: int = field(default=0, compare=False)

    @property
    def picture(self) -> str:
        """The address of a picture; "" for anything else."""
        return self.shape[0] if self.kind == "img" else ""


@dataclass(frozen=True)
class Row:
    """Two blocks side by side. `state`: same, changed, restyled, gone or new; a side without a block has no kind.

    number, picture  those of the new block, or of the old one where that is gone
    """

    state: str
    old: list[Piece] = field(default_factory=list)
    new: list[Piece] = field(default_factory=list)
    old_kind: str = ""
    new_kind: str = ""
    number: int = 0
    picture: str = ""


def difference(old_html: str, new_html: str) -> list[Row]:
    """The blocks of two cleaned texts side by side, in order."""
    old, new = blocks_of(old_html), blocks_of(new_html)
    rows: list[Row] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [_same(block) for block in new[j1:j2]]
        else:
            rows += _between(old[i1:i2], new[j1:j2])
    return rows


def changed_passages(old_html: str, new_html: str) -> list[Row]:
    """The rows of a difference that are not the same."""
    return [row for row in difference(old_html, new_html) if row.state != "same"]


@dataclass(frozen=True)
class Run:
    """Rows that follow each other; long stretches of what stayed the same are folded."""

    rows: list[Row]
    is_folded: bool = False


def runs(rows: list[Row], *, beside: int = 1) -> list[Run]:
    """The rows in runs: what changed with `beside` unchanged rows around it, and what lies between folded."""
    near = {
        at + step for at, row in enumerate(rows) if row.state != "same" for step in range(-beside, beside + 1)
    }
    found: list[Run] = []
    for is_near, group in groupby(enumerate(rows), key=lambda pair: pair[0] in near):
        these = [row for _at, row in group]
        found.append(Run(these, is_folded=not is_near and len(these) > FOLDED_FROM))
    return found


def words(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    """Two lines of text, each with its own words marked."""
    before, after = WORD.findall(old), WORD.findall(new)
    if len(before) > TOKENS_MAX or len(after) > TOKENS_MAX:
        return [Piece(old, "gone")], [Piece(new, "new")]
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            same = Piece("".join(before[i1:i2]))
            left.append(same)
            right.append(same)
        elif tag == "replace" and i2 - i1 == j2 - j1:
            for one, other in zip(before[i1:i2], after[j1:j2], strict=True):
                _stems(one, other, left, right)
        else:
            left.append(Piece("".join(before[i1:i2]), "gone"))
            right.append(Piece("".join(after[j1:j2]), "new"))
    return _joined(left), _joined(right)


def blocks_of(html: str) -> list[Block]:
    """The blocks of cleaned HTML, in reading order."""
    if not html.strip():
        return []
    reader = _Reader()
    reader.read(lxml.html.fragment_fromstring(html, create_parent="div"), "p")
    reader.flush()
    return reader.blocks


class _Reader:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.shape: list[str] = []
        self.kind = "p"
        self.number = 0

    def read(self, element: lxml.html.HtmlElement, kind: str) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        is_block = tag in BLOCKS
        inner = tag if tag in NAMED and not (tag == "blockquote" and kind == "li") else kind
        if is_block and not (tag == "p" and kind == "tr"):
            self.flush()
            self.kind = inner
        if tag == "li":
            self.number = _number_of(element)
        if tag == "img":
            self.flush()
            said = element.get("alt") or _("a picture without a description")
            self.blocks.append(Block("img", said, (element.get("src") or "",)))
        elif tag == "br":
            self.words.append("\n")
        elif tag and not is_block and tag not in {"td", "th", "span"}:
            self.shape.append(f"{tag} {element.get('href') or ''}".strip())
        self.words.append(element.text or "")
        for child in element:
            self.read(child, inner)
            self.words.append(child.tail or "")
        if tag in {"td", "th"}:
            self.words.append(" | ")
        if is_block:
            self.flush()
            self.kind = kind

    def flush(self) -> None:
        keep = self.kind == "pre"
        text = "".join(self.words)
        text = text.strip("\n") if keep else " ".join(text.split()).strip("| ").strip()
        if text:
            number = self.number if self.kind == "li" else 0
            self.blocks.append(Block(self.kind, text, tuple(self.shape), number))
        self.words, self.shape = [], []


def _number_of(item: lxml.html.HtmlElement) -> int:
    """The number an item carries; 0 in a list without numbers."""
    numbered = item.getparent()
    if numbered is None or numbered.tag != "ol":
        return 0
    start = numbered.get("start") or ""
    before = sum(1 for _each in item.itersiblings("li", preceding=True))
    return before + (int(start) if start.isdecimal() and len(start) < 10 else 1)


def _same(block: Block) -> Row:
    words = [Piece(block.text)]
    return Row("same", words, words, block.kind, block.kind, block.number, block.picture)


def _new(block: Block) -> Row:
    words = [Piece(block.text, "new")]
    return Row("new", new=words, new_kind=block.kind, number=block.number, picture=block.picture)


def _gone(block: Block) -> Row:
    words = [Piece(block.text, "gone")]
    return Row("gone", words, old_kind=block.kind, number=block.number, picture=block.picture)


def _between(old: list[Block], new: list[Block]) -> list[Row]:
    """Blocks that differ: those alike become one row, the others stand alone, in order."""
    rows: list[Row] = []
    start = 0
    for block in old:
        found = _likest(block, new, start)
        if found is None:
            rows.append(_gone(block))
            continue
        rows += [_new(each) for each in new[start:found]]
        rows.append(_beside(block, new[found]))
        start = found + 1
    return rows + [_new(each) for each in new[start:]]


def _likest(block: Block, new: list[Block], start: int) -> int | None:
    best, place = LIKE_ENOUGH, None
    tokens = WORD.findall(block.text)[:TOKENS_MAX]
    for at in range(start, min(len(new), start + PAIRED_MAX)):
        matcher = SequenceMatcher(None, tokens, WORD.findall(new[at].text)[:TOKENS_MAX], autojunk=False)
        # The cheap upper bounds first: most blocks have nothing in common.
        if (
            matcher.real_quick_ratio() > best
            and matcher.quick_ratio() > best
            and (now := matcher.ratio()) > best
        ):
            best, place = now, at
    return place


def _beside(one: Block, other: Block) -> Row:
    if one.text == other.text:
        same = [Piece(one.text)]
        return Row("restyled", same, same, one.kind, other.kind, other.number, other.picture)
    left, right = words(one.text, other.text)
    return Row("changed", left, right, one.kind, other.kind, other.number, other.picture)


def _stems(one: str, other: str, left: list[Piece], right: list[Piece]) -> None:
    """A Hangul word whose beginning stayed keeps it unmarked: a particle or an ending changed."""
    shared = 0
    if "가" <= one[0] <= "힣" and "가" <= other[0] <= "힣":
        while shared < min(len(one), len(other)) and one[shared] == other[shared]:
            shared += 1
        if 2 * shared < min(len(one), len(other)):
            shared = 0
    for word, side, mark in ((one, left, "gone"), (other, right, "new")):
        side += [Piece(word[:shared]), Piece(word[shared:], mark)]


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Neighbours of one mark as one piece; blanks between two marked ones belong to them."""
    joined: list[Piece] = []
    for at, piece in enumerate(pieces):
        if not piece.text:
            continue
        follows = next((each.mark for each in pieces[at + 1 :] if each.text), "")
        mark = piece.mark
        if not piece.text.strip() and joined and joined[-1].mark and joined[-1].mark == follows:
            mark = follows
        if joined and joined[-1].mark == mark:
            joined[-1] = Piece(joined[-1].text + piece.text, mark)
        else:
            joined.append(Piece(piece.text, mark))
    return joined
