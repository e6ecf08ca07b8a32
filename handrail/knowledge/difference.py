"""The difference between two states of a text, as people see it: block beside block, word by word.

    환불은 3일 안에 돼요.   ->   환불[은 -> 을] [3 -> 5]일 안에 [돼요 -> 받아요].

Words are told apart as Korean is written: where only the particle behind a noun changed, only that is marked. A block
that says the same in another shape or elsewhere (a paragraph become a heading, a link leading elsewhere, a passage no
longer for colleagues alone) is told as such.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby

from handrail.knowledge.difference_words import Mark, is_inner, marks, told
from handrail.knowledge.text_blocks import THINGS, Block, blocks_of

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
class Row:
    """Two blocks side by side. `state`: same, changed, restyled, gone or new; a side without a block has no kind.

    number, picture  those of the new block, or of the old one where that is gone
    """

    state: str
    old: list[Piece] = field(default_factory=list)
    new: list[Piece] = field(default_factory=list)
    before: Block | None = None
    after: Block | None = None

    @property
    def old_kind(self) -> str:
        return self.before.kind if self.before else ""

    @property
    def new_kind(self) -> str:
        return self.after.kind if self.after else ""

    @property
    def number(self) -> int:
        block = self.after or self.before
        return block.number if block else 0

    @property
    def picture(self) -> str:
        block = self.after or self.before
        return block.picture if block else ""

    @property
    def old_marks(self) -> list[Mark]:
        """Where the old block stands, in words: for colleagues alone, in a callout and the like."""
        return marks(self.before) if self.before else []

    @property
    def new_marks(self) -> list[Mark]:
        return marks(self.after) if self.after else []

    @property
    def told(self) -> list[str]:
        """What changed beside the words, a sentence each."""
        return told(self.before, self.after) if self.before and self.after else []

    @property
    def opens(self) -> bool:
        """Whether what only colleagues read becomes visible to everybody who reads the article."""
        if not self.before or not self.after:
            return False
        return is_inner(self.before) and not is_inner(self.after)


def difference(old_html: str, new_html: str, *, names: Mapping[int, str] | None = None) -> list[Row]:
    """The blocks of two cleaned texts side by side, in order; `names` of reusable blocks by their number."""
    old, new = blocks_of(old_html, names=names), blocks_of(new_html, names=names)
    rows: list[Row] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [_same(*pair) for pair in zip(old[i1:i2], new[j1:j2], strict=True)]
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


def _same(before: Block, after: Block) -> Row:
    words = [Piece(after.text)]
    return Row("same", words, words, before, after)


def _new(block: Block) -> Row:
    return Row("new", new=[Piece(block.text, "new")], after=block)


def _gone(block: Block) -> Row:
    return Row("gone", [Piece(block.text, "gone")], before=block)


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
        if block.kind != new[at].kind and not THINGS.isdisjoint({block.kind, new[at].kind}):
            continue  # a picture called as a paragraph reads is no paragraph
        if block.picture and block.picture == new[at].picture:
            return at  # however it is described now
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
        return Row("restyled", same, same, one, other)
    left, right = words(one.text, other.text)
    return Row("changed", left, right, one, other)


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
