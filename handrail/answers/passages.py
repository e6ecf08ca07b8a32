"""Cuts an article's clean HTML into headings and passages short enough to quote."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from handrail.answers.tables import SENTENCE_END as IS_SENTENCE
from handrail.answers.tables import Table

PASSAGE_CHARACTERS = 320  # about what one reads at a glance; a longer block stays whole up to twice that
BLOCKS = frozenset(
    [
        "p",
        "li",
        "td",
        "th",
        "tr",
        "blockquote",
        "pre",
        "div",
        "dd",
        "dt",
        "figcaption",
        "caption",
        "table",
        "ul",
        "ol",
        "br",
    ]
)
HEADINGS = {"h1", "h2", "h3", "h4"}
SENTENCE_END = re.compile(r"(?<=[.!?。])\s+")
# A list of so many links to our own pages is a table of contents: its words are those of other pages.
CONTENTS_MIN = 3
CONTENTS_SHARE = 0.8  # of a block's letters: beside the link there is a number, or a bullet
CONTENTS_NAME_MAX = 60  # characters of the line above it, as "Table of contents" or "See also:"
OURS = re.compile(r"#|article:|/hc/(?:ko|en)/articles/")


@dataclass
class Section:
    """A heading ("" before the first) and the blocks of text below it; `links` are the places of those that only lead on."""

    heading: str
    blocks: list[str] = field(default_factory=list)
    links: set[int] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections = [Section("")]
        self._parts: list[str] = []
        # Whether a link to a page of ours is open, and how many characters of this block stand in such links.
        self._is_link, self._linked = False, 0
        # The tables that are open, each inside a cell of the one before it.
        self._tables: list[Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._is_link = bool(OURS.match(dict(attrs).get("href") or ""))
        elif tag == "table":
            self.end_block()
            self._tables.append(Table())
        elif tag in BLOCKS or tag in HEADINGS:
            self.end_block()
            if self._tables:
                self._tables[-1].begin(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._is_link = False
        elif tag == "table" and self._tables:
            self.end_block()
            for row in self._tables.pop().lines():
                self._keep(row)
        elif tag in HEADINGS and not self._tables:
            heading, self._parts, self._linked = _line(self._parts), [], 0
            if heading:
                self.sections.append(Section(heading))
        elif tag in BLOCKS or tag in HEADINGS:
            self.end_block()
            if self._tables:
                self._tables[-1].end(tag)

    def handle_data(self, data: str) -> None:
        self._parts.append(data)
        self._linked += len("".join(data.split())) if self._is_link else 0

    def close(self) -> None:
        super().close()
        while self._tables:
            self.handle_endtag("table")
        self.end_block()

    def end_block(self) -> None:
        text, self._parts = _line(self._parts), []
        linked, self._linked = self._linked, 0
        if text:
            self._keep(text, is_link=linked >= CONTENTS_SHARE * len("".join(text.split())))

    def _keep(self, text: str, *, is_link: bool = False) -> None:
        if self._tables and self._tables[-1].add(text):
            return
        section = self.sections[-1]
        section.links |= {len(section.blocks)} if is_link else set()
        section.blocks.append(text)


def sections(html: str) -> list[Section]:
    """The headings of the HTML in order, each with its blocks; sections without either are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [section for section in reader.sections if section.heading or section.blocks]


def passages(section: Section) -> list[str]:
    """The section's blocks joined into passages of about PASSAGE_CHARACTERS, cut only between sentences.

    A table of contents is no passage: whoever is answered with it knows no more than before.
    """
    found: list[str] = []
    for block in _without_contents(section):
        for piece in _pieces(block):
            if found and len(found[-1]) + len(piece) < PASSAGE_CHARACTERS:
                found[-1] += "\n" + piece
            else:
                found.append(piece)
    return found


def _without_contents(section: Section) -> list[str]:
    """The blocks without each run of CONTENTS_MIN links, and without the line that names it."""
    kept: list[str] = []
    run: list[str] = []
    for at, block in enumerate([*section.blocks, ""]):
        if at in section.links:
            run.append(block)
            continue
        if len(run) < CONTENTS_MIN:
            kept += run
        elif kept and len(kept[-1]) <= CONTENTS_NAME_MAX and not IS_SENTENCE.search(kept[-1]):
            kept.pop()
        run = []
        kept += [block] if block else []
    return kept


def _pieces(block: str) -> list[str]:
    if len(block) <= 2 * PASSAGE_CHARACTERS:
        return [block]
    found = [""]
    for sentence in SENTENCE_END.split(block):
        if found[-1] and len(found[-1]) + len(sentence) > PASSAGE_CHARACTERS:
            found.append("")
        found[-1] = f"{found[-1]} {sentence}".strip()
    return found


def _line(parts: list[str]) -> str:
    return re.sub(r"\s+", " ", "".join(parts)).strip()
