"""Reusable blocks as files of their own, and the mark that stands for one in a text: a link to its file, alone in its paragraph.

blocks/opening-hours.ko.md        front matter says its name and for whom it is; below it stand its words
blocks/opening-hours.draft.ko.md  what is being written above it
[Opening hours](../../blocks/opening-hours.ko.md)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from handrail.core.html_tree import Node, parse, write
from handrail.knowledge.audiences import Audience
from handrail.knowledge.blocks import Block, BlockText
from handrail.knowledge.exporting.naming import UNFIT
from handrail.knowledge.importing.files import BLOCKS
from handrail.workspace.locales import LOCALES, best

REL = "noopener noreferrer nofollow"  # as the cleaner gives every link


@dataclass(frozen=True)
class Placed:
    """A block and its name in the folder: `blocks/opening-hours`."""

    block: Block
    name: str

    def file(self, locale: str) -> str:
        """The file a reader of `locale` finds its words in."""
        text = best(list(self.block.texts.all()), locale)
        return f"{self.name}.{text.locale if text else LOCALES[0]}.md"


def placed() -> dict[int, Placed]:
    """number -> every block there is, in the order of their names."""
    found: dict[int, Placed] = {}
    taken: set[str] = set()
    rows = Block.objects.select_related("segment").with_texts()
    # Databases put letters in orders of their own.
    for block in sorted(rows, key=lambda one: one.name):
        stem = UNFIT.sub("-", block.name).strip("-.")[:100] or "block"
        name, number = f"{BLOCKS}/{stem}", 2
        while name in taken:
            name, number = f"{BLOCKS}/{stem}-{number}", number + 1
        taken.add(name)
        found[block.pk] = Placed(block, name)
    return found


def marked(html: str, links: dict[int, tuple[str, str]]) -> str:
    """The HTML with a mark wherever a block stands; `links` leads from its number to (address, name)."""
    root = parse(html)
    for node in [root, *root.walk()]:
        node.children = [new for child in node.children if (new := _marked(child, links)) is not None]
    return write(root)


def _marked(child: Node | str, links: dict[int, tuple[str, str]]) -> Node | str | None:
    if isinstance(child, str) or child.tag != "div" or "data-block" not in child.attributes:
        return child
    number = child.attributes["data-block"]
    if child.children or not re.fullmatch(r"\d{1,18}", number):
        return child
    if int(number) not in links:
        return None  # the block is gone, and nobody reads it there
    address, name = links[int(number)]
    return Node("p", {}, [Node("a", {"href": address, "rel": REL}, [name])])


def texts_of(place: Placed) -> Iterator[tuple[str, dict[str, Any], Any, str]]:
    """(path, front matter, its state or None, locale) of each file of a block."""
    block = place.block
    said: dict[str, Any] = {"name": block.name, "audience": block.audience.replace("_", "-")}
    if block.audience == Audience.SEGMENT and block.segment:
        said["segment"] = block.segment.slug
    written = [text for text in sorted(block.texts.all(), key=lambda one: one.locale) if text.newest]
    if not written:
        yield f"{place.name}.{LOCALES[0]}.md", {**said, "draft": True}, None, LOCALES[0]
    for text in written:
        path = f"{place.name}.{text.locale}.md"
        if text.published is None:
            yield path, {**said, "draft": True}, text.draft, text.locale
            continue
        yield path, {**said, **_moment(text)}, text.published, text.locale
        if text.draft:
            yield f"{place.name}.draft.{text.locale}.md", {"name": block.name}, text.draft, text.locale


def _moment(text: BlockText) -> dict[str, str]:
    return {"updated": text.updated_at.isoformat()} if text.updated_at else {}
