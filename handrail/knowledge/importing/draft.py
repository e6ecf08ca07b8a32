"""What a source says, before anything is written: drafts of articles and the places they go to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience
from handrail.knowledge.importing.care import Care
from handrail.knowledge.importing.report import FAILED, Entry
from handrail.knowledge.origins import source_of
from handrail.knowledge.troubleshooting.drawing import Document
from handrail.knowledge.troubleshooting.travelling import with_articles


@dataclass
class Target:
    """Where a link or picture leads: an article of this import (its source key), a file, a reusable block (its name), or nowhere we know."""

    article: str = ""
    fragment: str = ""
    file: Path | None = None
    block: str = ""
    is_unread: bool = False  # the block's file is there, and could not come in

    @property
    def is_lost(self) -> bool:
        return not self.article and self.file is None and not self.block


@dataclass
class Place:
    """A product or topic to be found by `slug`, or made with these names (locale -> name), a topic below `parent`."""

    slug: str
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    position: int = 0
    parent: Place | None = None


@dataclass
class TextDraft:
    """One language of one article. `html` still has the source's own links; `path` says where it stood."""

    locale: str
    path: str
    title: str
    html: str
    slug: str
    aliases: list[str] = field(default_factory=list)
    updated_at: datetime | None = None
    is_draft: bool = False
    published_at: datetime | None = None
    redirects: list[str] = field(default_factory=list)
    above: TextDraft | None = None  # what is being written while this is shown


@dataclass
class BlockDraft:
    """A reusable block by its name, which no two have at one site."""

    name: str
    path: str
    audience: str = Audience.AGENTS
    segment: str = ""
    texts: dict[str, TextDraft] = field(default_factory=dict)


@dataclass
class TreeDraft:
    """A troubleshooter as its files say it: what readers go through, and what is drawn above it or was never shown.

    Articles are known by the names the files have for them, then by their keys (`refer`).
    """

    path: str
    shown: Document | None = None
    drawn: Document | None = None
    updated_at: datetime | None = None

    def refer(self, found: Callable[[str], str | None]) -> None:
        """Call every article what `found` gives for it; nothing where it gives None."""
        self.shown = with_articles(self.shown, found) if self.shown else None
        self.drawn = with_articles(self.drawn, found) if self.drawn else None


@dataclass
class Draft:
    """One article as its source has it. `key` is stable between runs and becomes `Article.source`."""

    key: str
    product: Place
    topic: Place
    kind: str = Article.Kind.HOW_TO
    audience: str = Audience.PUBLIC
    is_pinned: bool = False
    position: int = 0
    related: list[str] = field(default_factory=list)
    texts: dict[str, TextDraft] = field(default_factory=dict)
    segment: str = ""
    labels: list[str] = field(default_factory=list)
    ends_at: datetime | None = None
    keywords: list[str] | None = None  # None where the source does not say
    care: Care = field(default_factory=Care)
    is_archived: bool = False
    original: str = ""
    purpose: str = ""
    downloads: list[Path] = field(default_factory=list)
    tree: TreeDraft | None = None
    own_key: str = ""  # of an export of ours (origins.py)
    needs_review: bool = False  # who imports it may not publish what nobody approved
    source: str = ""  # what the article remembers of where it came from; else its key
    is_partial: bool = (
        False  # its form has no words for kind, related articles and aliases: what is here stays
    )

    @property
    def path(self) -> str:
        """Of its first text, or of the troubleshooter of an article that has none."""
        return next((text.path for text in self.texts.values()), self.tree.path if self.tree else "")


Follow = Callable[[TextDraft, str], Target | None]


@dataclass
class Gathered:
    """Everything one source holds.

    prefix    what every key of this source begins with
    problems  what could not be read, already told
    shelves   what an export of ours says of products, topics, FAQ sets and synonyms
    reader    for whom an export of ours was, if it does not hold everything
    renamed   key by place -> own key, of the articles of an export of ours
    follow    (text, href or src) -> where it leads; None for an address that stays as it is
    """

    prefix: str
    drafts: list[Draft]
    problems: list[Entry]
    follow: Follow
    blocks: list[BlockDraft] = field(default_factory=list)
    shelves: dict[str, Any] = field(default_factory=dict)
    reader: str = ""
    renamed: dict[str, str] = field(default_factory=dict)

    @property
    def form(self) -> int:
        """Of an export of ours, what it had words for (exporting/shelves.py); 1 for every other source."""
        said = self.shelves.get("handrail")
        return said if isinstance(said, int) else 1

    def know_by_own_keys(self) -> Gathered:
        """Let articles that carry a key of ours be known by it, wherever their files lie; of two with one key none comes in."""
        told: dict[str, list[Draft]] = {}
        for draft in self.drafts:
            if draft.own_key:
                told.setdefault(draft.own_key, []).append(draft)
        for twins in told.values():
            for draft in twins if len(twins) > 1 else []:
                others = ", ".join(each.path for each in twins if each is not draft)
                self.problems.append(Entry(FAILED, draft.path, reason="key_twice", details={"other": others}))
                self.drafts.remove(draft)
        for draft in self.drafts:
            # Numbers of saved answers are no names of files.
            place = "" if self.prefix.startswith("zendesk:") else draft.key
            draft.source = source_of(draft.own_key, place) if draft.own_key else draft.key
        self.renamed = {draft.key: draft.own_key for draft in self.drafts if draft.own_key}
        for draft in self.drafts:
            draft.key = self.renamed.get(draft.key, draft.key)
            draft.related = [self.renamed.get(key, key) for key in draft.related]
            if draft.tree:
                draft.tree.refer(lambda key: self.renamed.get(key, key))
        return self

    def leads(self, text: TextDraft, address: str) -> Target | None:
        """As `follow`, with the keys articles are known by."""
        target = self.follow(text, address)
        if target and target.article in self.renamed:
            target.article = self.renamed[target.article]
        return target
