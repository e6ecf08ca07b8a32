"""What a source says, before anything is written: drafts of articles and the places they go to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience
from handrail.knowledge.importing.report import Entry


@dataclass
class Target:
    """Where a link or picture leads: an article of this import (its source key), a file, or nowhere we know."""

    article: str = ""
    fragment: str = ""
    file: Path | None = None

    @property
    def is_lost(self) -> bool:
        return not self.article and self.file is None


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
    is_archived: bool = False
    original: str = ""
    purpose: str = ""
    downloads: list[Path] = field(default_factory=list)

    @property
    def path(self) -> str:
        return next(iter(self.texts.values())).path


Follow = Callable[[TextDraft, str], Target | None]


@dataclass
class Gathered:
    """Everything one source holds.

    prefix    what every key of this source begins with
    problems  what could not be read, already told
    shelves   what an export of ours says of products, topics, FAQ sets and synonyms
    follow    (text, href or src) -> where it leads; None for an address that stays as it is
    """

    prefix: str
    drafts: list[Draft]
    problems: list[Entry]
    follow: Follow
    shelves: dict[str, Any] = field(default_factory=dict)
