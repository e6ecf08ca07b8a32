"""Cuts an article's clean HTML into headings and passages short enough to quote."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

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


@dataclass
class Section:
    """A heading ("" before the first) and the blocks of text below it."""

    heading: str
    blocks: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sections = [Section("")]
        self._parts: list[str] = []
        # The tables that are open, each inside a cell of the one before it.
        self._tables: list[Table] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.end_block()
            self._tables.append(Table())
        elif tag in BLOCKS or tag in HEADINGS:
            self.end_block()
            if self._tables:
                self._tables[-1].begin(tag, dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self._tables:
            self.end_block()
            for row in self._tables.pop().lines():
                self._keep(row)
        elif tag in HEADINGS and not self._tables:
            heading, self._parts = _line(self._parts), []
            if heading:
                self.sections.append(Section(heading))
        elif tag in BLOCKS or tag in HEADINGS:
            self.end_block()
            if self._tables:
                self._tables[-1].end(tag)

    def handle_data(self, data: str) -> None:
        self._parts.append(data)

    def close(self) -> None:
        super().close()
        while self._tables:
            self.handle_endtag("table")
        self.end_block()

    def end_block(self) -> None:
        text, self._parts = _line(self._parts), []
        if text:
            self._keep(text)

    def _keep(self, text: str) -> None:
        if not (self._tables and self._tables[-1].add(text)):
            self.sections[-1].blocks.append(text)


def sections(html: str) -> list[Section]:
    """The headings of the HTML in order, each with its blocks; sections without either are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [section for section in reader.sections if section.heading or section.blocks]


def passages(section: Section) -> list[str]:
    """The section's blocks joined into passages of about PASSAGE_CHARACTERS, cut only between sentences."""
    found: list[str] = []
    for block in section.blocks:
        for piece in _pieces(block):
            if found and len(found[-1]) + len(piece) < PASSAGE_CHARACTERS:
                found[-1] += "\n" + piece
            else:
                found.append(piece)
    return found


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
