"""A folder of Markdown or HTML as drafts: first level product, second level topic, unless front matter says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from handrail.core import markdown
from handrail.knowledge.importing import blocks, book, care, front_matter, ours, page, shelves, trees, trouble
from handrail.knowledge.importing.draft import Draft, Gathered, Place, Target, TextDraft
from handrail.knowledge.importing.files import BLOCKS, SHELVES, Found, Listing, listing
from handrail.knowledge.importing.joining import Piece, join
from handrail.knowledge.importing.links import films
from handrail.knowledge.importing.report import Entry
from handrail.knowledge.importing.trouble import NotTaken
from handrail.knowledge.slugs import slug_of
from handrail.workspace.locales import LOCALES

TITLE_CHARS_MAX = 200


@dataclass
class Choices:
    """What the person importing decided: `product` and `locale` where the folder does not say, and for whom.

    beside  another folder where pictures and films may lie that are not beside their text
    """

    product: str = ""
    locale: str = ""
    audience: str = "public"
    name: str = ""
    zone: str = "Asia/Seoul"
    beside: Path | None = None


@dataclass
class Folder:
    """One source folder; `pages` holds what each file that came in says of its place in a book."""

    root: Path
    choices: Choices
    found: dict[str, Found] = field(default_factory=dict)
    listing: Listing | None = None
    blocks: dict[str, str] = field(default_factory=dict)  # path of a block's file -> its name
    unread: set[str] = field(default_factory=set)  # paths of blocks that could not come in
    said: dict[str, Any] = field(default_factory=dict)  # of an export of ours, what it says of itself

    def gather(self) -> Gathered:
        """Read every file. A file that cannot come in is told in `problems` and stops nothing."""
        self.listing = files = listing(self.root)
        problems = list(files.problems)
        self.said = shelves.read(self.root) if self.is_ours else {}
        apart = [file for file in files.texts if self.has_all and file.folders == (BLOCKS,)]
        drawn, odd = blocks.gather(apart)
        problems += odd
        self.unread = {file.relative for file in apart if not file.stem.endswith(ours.ABOVE)}
        self.blocks = {text.path: draft.name for draft in drawn for text in draft.texts.values()}
        self.unread -= set(self.blocks)
        pieces: list[Piece] = []
        for file in (each for each in files.texts if each not in apart):
            try:
                pieces.append(self._piece(file))
                self.found[file.relative] = file
            except Exception as error:  # an odd file stops no other
                problems.append(trouble.told(error, file.relative, locale=file.locale))
        if not self.is_ours:
            book.arrange(pieces)
        drafts, troubles = join(pieces, prefix=self.prefix, attach=self._attach)
        reader = self.said.get("for") if isinstance(self.said.get("for"), str) else ""
        for draft in drafts:
            draft.is_partial = bool(reader)
        gathered = Gathered(
            self.prefix, drafts, problems + troubles, self.follow, drawn, self.said, reader or ""
        )
        return gathered.know_by_own_keys()

    def _attach(self, drafts: dict[str, Draft]) -> list[Entry]:
        return trees.attach(drafts, self.root, prefix=self.prefix, has_all=True) if self.has_all else []

    @property
    def has_all(self) -> bool:
        """Whether it is an export of ours that says everything of its articles."""
        return self.is_ours and self.said["handrail"] > 1

    @property
    def is_ours(self) -> bool:
        """Whether the folder is an export of ours: its texts are taken to the letter."""
        return (self.root / SHELVES).is_file()

    @property
    def prefix(self) -> str:
        """What every key begins with: the folder's name, not where it happens to lie on this machine."""
        named = self.root.resolve()
        if named.name in LOCALES:
            named = named.parent
        return f"folder:{self.choices.name or named.name}/"

    def follow(self, text: TextDraft, address: str) -> Target | None:
        """Where a link or picture of one of our texts leads; None for addresses of the web, mail and this page."""
        try:
            return self._follow(text, address)
        except (ValueError, OSError):
            return Target()  # no address at all, or one no disk can have

    def _follow(self, text: TextDraft, address: str) -> Target | None:
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path or address.startswith("/"):
            return None
        wanted = _inside(PurePosixPath(text.path).parent, unquote(parts.path))
        assert self.listing is not None
        wanted = self.listing.aliases.get(wanted, wanted)
        if wanted in self.blocks:
            return Target(block=self.blocks[wanted])
        if wanted in self.unread:
            return Target(is_unread=True)
        if file := self.found.get(wanted) or self._by_stem(wanted, text.locale):
            return Target(article=self._key(file), fragment=parts.fragment)
        return Target(file=self._file(wanted) or self._beside(unquote(parts.path)))

    def _beside(self, wanted: str) -> Path | None:
        return self._file(wanted, self.choices.beside) if self.choices.beside else None

    def _file(self, wanted: str, root: Path | None = None) -> Path | None:
        root = (root or self.root).resolve()
        path = (root / wanted).resolve()
        return path if wanted and path.is_file() and path.is_relative_to(root) else None

    def _by_stem(self, wanted: str, locale: str) -> Found | None:
        """`refund` and `refund.md` lead to refund.ko.md: writers name the article, not the file."""
        bare = re.sub(r"\.(md|markdown|html?|xhtml)$", "", wanted)
        for name in (f"{bare}.{locale}", bare):
            for suffix in (".md", ".html", ".htm", ".markdown"):
                if name + suffix in self.found:
                    return self.found[name + suffix]
        return next((file for file in self.found.values() if file.key == bare), None)

    def _key(self, file: Found) -> str:
        return self.prefix + file.key

    def _piece(self, file: Found) -> Piece:
        said, body = front_matter.split(page.decode(file.path.read_bytes()))
        if len(body) > markdown.CHARS_MAX:
            raise NotTaken("text_too_long", length=len(body), most=markdown.CHARS_MAX)
        if self.is_ours:
            return ours.piece(file, said, body, prefix=self.prefix, root=self.root, has_all=self.has_all)
        title = front_matter.text(said, "title")
        html = markdown.to_html(body, profile="article") if file.is_markdown else body
        read = page.read(html, title=title)
        locale = self._locale(file, said, read, body)
        title = read.title or ""
        if not title:
            raise NotTaken("no_title")
        if len(title) > TITLE_CHARS_MAX:
            raise NotTaken("title_too_long", length=len(title), most=TITLE_CHARS_MAX)
        folders = [file.path.parent, *([self.choices.beside] if self.choices.beside else [])]
        content = films(read.html, folders=folders, locale=locale)
        if not _says_something(content):
            raise NotTaken("empty")
        text = TextDraft(
            locale=locale,
            path=file.relative,
            title=title,
            html=content,
            slug=slug_of(front_matter.text(said, "slug") or title),
            aliases=front_matter.words(said, "aliases"),
            updated_at=front_matter.moment(said, "updated", zone=self.choices.zone),
            is_draft=bool(front_matter.flag(said, "draft")) or _is_unpublished(said),
        )
        draft = Draft(
            key=self._key(file),
            product=self._product(file, said),
            topic=self._topic(file, said),
            kind=front_matter.kind(said),
            purpose=front_matter.purpose(said),
            audience=front_matter.audience(said, default=self.choices.audience),
            is_pinned=bool(front_matter.flag(said, "pinned")),
            position=front_matter.position(said),
            related=front_matter.words(said, "related"),
            labels=front_matter.words(said, "labels"),
            segment=front_matter.text(said, "segment"),
            ends_at=front_matter.moment(said, "ends", zone=self.choices.zone),
            care=care.read(said, is_all=False),
            texts={locale: text},
        )
        return Piece(draft, text, read.links, says_topic=bool(said.get("topic") or self._topic_folder(file)))

    def _locale(self, file: Found, said: dict[str, Any], read: page.Page, body: str) -> str:
        for name in (said.get("locale") or said.get("lang"), file.locale, read.language, self.choices.locale):
            code = str(name or "").split("-")[0].split("_")[0].lower()
            if code in LOCALES:
                return code
        return "ko" if re.search("[가-힣]", body) else "en"

    def _product(self, file: Found, said: dict[str, Any]) -> Place:
        slug = (
            self.choices.product
            or front_matter.text(said, "product")
            or (file.folders[0] if file.folders else "")
        )
        if not slug:
            raise NotTaken("no_place")
        return Place(slug_of(slug))

    def _topic(self, file: Found, said: dict[str, Any]) -> Place:
        return Place(slug_of(front_matter.text(said, "topic") or self._topic_folder(file) or book.GENERAL))

    def _topic_folder(self, file: Found) -> str:
        below = file.folders
        if not self.choices.product or (below and below[0] == self.choices.product):
            below = below[1:]
        return below[0] if below else ""


def _inside(folder: PurePosixPath, path: str) -> str:
    """A relative path as seen from the root; "" when it climbs out."""
    parts: list[str] = []
    for part in (*folder.parts, *PurePosixPath(path).parts):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _is_unpublished(said: dict[str, Any]) -> bool:
    # Elsewhere `published` may be a day.
    return isinstance(said.get("published"), bool | str) and str(said["published"]).strip().lower() in {
        "false",
        "no",
    }


def _says_something(html: str) -> bool:
    bare: Iterable[str] = re.split(r"<[^>]*>", html)
    return any(piece.strip() for piece in bare) or "<img" in html or "<video" in html
