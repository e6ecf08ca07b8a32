"""Slips in somebody's own CSS that a browser passes over in silence: what is never closed, what says nothing, what none knows.

A browser closes by itself what stands open at the end and skips a declaration it can't read, so the author sees nothing but a
page that looks wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import tinycss2
from django.utils.translation import gettext as _

from handrail.web.ui.css_properties import KNOWN

Told = list[tuple[int, str]]  # (line, sentence for the author)
CLOSED_BY = {"{": "}", "[": "]", "(": ")"}
# What hides brackets, whole or broken off: a comment, a string, an address without quotes, an escaped letter.
PIECE = re.compile(
    r"""(?P<comment>/\*(?:.*?(?P<ended>\*/)|.*))"""
    r"""|(?P<string>"(?:[^"\\\n]|\\.)*(?P<double>")?|'(?:[^'\\\n]|\\.)*(?P<single>')?)"""
    r"""|(?P<address>url\(\s*[^\s"'()][^)]*\)?)|(?P<escaped>\\.)|(?P<bracket>[{}\[\]()])""",
    re.DOTALL | re.IGNORECASE,
)


def unclosed(css: str) -> Told:
    """What is opened and never closed, each with the line where it begins; what is closed without having been opened is the
    reader's to refuse."""
    found: Told = []
    waiting: list[tuple[str, int]] = []
    for piece in PIECE.finditer(css):
        line = css.count("\n", 0, piece.start()) + 1
        if piece["comment"] and not piece["ended"]:
            found.append((line, _("The comment that begins here is never ended. Put */ behind it.")))
        elif piece["string"] and not (piece["double"] or piece["single"]):
            found.append((line, _("The quote that begins here is not ended in its line.")))
        elif piece["bracket"]:
            _turn(waiting, piece["bracket"], line)
    if found:
        return found  # brackets behind these are read wrong
    for opened, line in waiting:
        words = _("The bracket “%(opened)s” is never closed. Put “%(closed)s” where it ends.")
        found.append((line, words % {"opened": opened, "closed": CLOSED_BY[opened]}))
    return found


def _turn(waiting: list[tuple[str, int]], bracket: str, line: int) -> None:
    if bracket in CLOSED_BY:
        waiting.append((bracket, line))
    elif waiting and CLOSED_BY[waiting[-1][0]] == bracket:
        waiting.pop()


def broken(css: str) -> Told:
    """Declarations that say nothing: without a value, or with the next one in theirs as no semicolon stands between."""
    found: Told = []
    for node in _declarations(css):
        if node.name.startswith("--"):
            continue
        if not tinycss2.serialize(node.value).strip():
            found.append((node.source_line, _("“%(name)s” has no value.") % {"name": node.name}))
        elif any(token.type == "literal" and token.value == ":" for token in node.value):
            words = _("A semicolon is missing behind “%(name)s”: there is a second colon in its value.")
            found.append((node.source_line, words % {"name": node.name}))
    return found


def unknown(css: str) -> Told:
    """Declarations no browser is likely to know, which do nothing; those of one maker (-webkit-…) and one's own (--…) pass."""
    found: Told = []
    for node in _declarations(css):
        if node.lower_name.startswith("-") or node.lower_name in KNOWN:
            continue
        near = get_close_matches(node.lower_name, KNOWN, n=1, cutoff=0.8)
        words = (
            _("Browsers don't know “%(name)s” and pass over it. Did you mean “%(near)s”?")
            if near
            else _("Browsers don't know “%(name)s” and pass over it.")
        )
        found.append((node.source_line, words % {"name": node.name[:40], "near": near[0] if near else ""}))
    return found


def declared(css: str) -> list[tuple[int, str, str]]:
    """(line, property, value) of each declaration, once, for a browser to say whether it understands the value: which words
    and units a property takes, it alone knows. Left out are those told already, one's own (--…), those of one maker, and
    what @supports asks a browser about anyway."""
    found: dict[tuple[str, str], int] = {}
    for node in _declarations(css, without=frozenset({"supports"})):
        value = tinycss2.serialize(node.value).strip()
        if node.lower_name in KNOWN and value:
            found.setdefault((node.lower_name, value), node.source_line)
    return [(line, name, value) for (name, value), line in found.items()]


def _declarations(css: str, *, without: frozenset[str] = frozenset()) -> Iterator[Any]:
    """without  names of @rules that are passed over"""
    yield from _within(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), without)


def _within(rules: list[Any], without: frozenset[str]) -> Iterator[Any]:
    for rule in rules:
        if rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword not in without:
            yield from _within(
                tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True), without
            )
        elif rule.type == "qualified-rule":
            inner = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            yield from (node for node in inner if node.type == "declaration")
