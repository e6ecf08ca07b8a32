"""Markdown to clean HTML, with emphasis that works beside Hangul."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.deflist import deflist_plugin

from handrail.core.html import clean
from handrail.core.markdown_rules import Lenient, extend

CHARS_MAX = 1_000_000


def to_html(markdown: str, *, profile: str = "message") -> str:
    """Clean HTML of `markdown`. In "message" a line break is one; HTML inside passes (cleaned) only in "article"."""
    return clean(_parser(profile).render(markdown[:CHARS_MAX]), profile=profile)


@cache
def _parser(profile: str) -> MarkdownIt:
    reply = profile != "article"
    kind = MarkdownIt if reply else Lenient
    parser = kind("commonmark", {"html": not reply, "breaks": reply, "linkify": True})
    parser.enable(["table", "strikethrough", "linkify"])
    if not reply:
        parser.use(deflist_plugin).use(admon_plugin).use(extend)
    inline = KoreanInline()
    inline.ruler, inline.ruler2 = parser.inline.ruler, parser.inline.ruler2
    inline.terminator_re = parser.inline.terminator_re
    parser.inline = inline
    return parser


class _KoreanState(StateInline):
    """`**확인(Confirm)**을`: CommonMark wants a space after a mark that follows punctuation, and Korean has a particle there."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:
        plain = super().scanDelims(start, canSplitWord)
        if not canSplitWord or (plain.can_open and plain.can_close):
            return plain
        before = self.src[start - 1] if start else " "
        after = self.src[start + plain.length] if start + plain.length < self.posMax else " "
        return Scanned(
            plain.can_open or (not isWhiteSpace(ord(after)) and _is_punctuation(after) and _is_cjk(before)),
            plain.can_close or (not isWhiteSpace(ord(before)) and _is_punctuation(before) and _is_cjk(after)),
            plain.length,
        )


class KoreanInline(ParserInline):
    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Any]) -> list[Any]:
        state = _KoreanState(src, md, env, tokens)
        self.tokenize(state)
        rules: list[Callable[[StateInline], None]] = self.ruler2.getRules("")
        for rule in rules:
            rule(state)
        return state.tokens


def _is_punctuation(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)


def _is_cjk(char: str) -> bool:
    # Hangul jamo, kana, Hanja, Hangul syllables and their full-width neighbours.
    return any(low <= char <= high for low, high in ("ᄀᇿ", "⺀鿿", "ꥠ꥿", "가퟿", "豈﫿", "＀￯"))
