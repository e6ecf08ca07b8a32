"""A file of an export of ours: taken to the letter, so that what went out comes in as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from handrail.core import markdown
from handrail.knowledge.importing import care, front_matter
from handrail.knowledge.importing.draft import Draft, Place, TextDraft
from handrail.knowledge.importing.files import Found
from handrail.knowledge.importing.joining import Piece
from handrail.knowledge.importing.trouble import NotTaken
from handrail.knowledge.origins import is_key

ABOVE = ".draft"  # at the end of the stem: what is being written while the other file is shown
ZONE = "UTC"  # our moments name their own


def _key(said: dict[str, Any]) -> str:
    key = front_matter.text(said, "key")
    return key if is_key(key) else ""


def piece(
    file: Found, said: dict[str, Any], body: str, *, prefix: str, root: Path, has_all: bool = False
) -> Piece:
    """One language of one article. Raises NotTaken for what somebody broke by hand.

    has_all  the export says everything of its articles: what a file does not say is nothing
    """
    title = front_matter.text(said, "title")
    if not title:
        raise NotTaken("no_title")
    if not file.locale:
        raise NotTaken("no_language")
    is_above = file.stem.endswith(ABOVE)
    name = "/".join((*file.folders, file.stem.removesuffix(ABOVE)))
    text = TextDraft(
        locale=file.locale,
        path=file.relative,
        title=title,
        html=markdown.to_html(body, profile="article"),
        slug=front_matter.text(said, "slug"),
        aliases=front_matter.words(said, "aliases"),
        updated_at=front_matter.moment(said, "updated", zone=ZONE),
        is_draft=bool(front_matter.flag(said, "draft")),
        published_at=front_matter.moment(said, "published_at", zone=ZONE),
        redirects=front_matter.words(said, "redirects"),
    )
    draft = draft_of(name, said, prefix=prefix, root=root, has_all=has_all)
    draft.texts = {text.locale: text}
    return Piece(draft, text, is_above=is_above)


def draft_of(name: str, said: dict[str, Any], *, prefix: str, root: Path, has_all: bool) -> Draft:
    """The article `name` (product, topic and its own) without its texts, as front matter says it."""
    parts = name.split("/")
    if len(parts) < 3:
        raise NotTaken("no_place")
    folder = root / f"{name}.files"
    draft = Draft(
        key=prefix + name,
        product=Place(parts[0]),
        topic=Place(parts[1]),
        kind=front_matter.kind(said),
        purpose=front_matter.purpose(said),
        audience=front_matter.audience(said, default="agents"),
        is_pinned=bool(front_matter.flag(said, "pinned")),
        position=front_matter.position(said),
        related=front_matter.words(said, "related"),
        segment=front_matter.text(said, "segment"),
        labels=front_matter.words(said, "labels"),
        ends_at=front_matter.moment(said, "ends", zone=ZONE),
        keywords=front_matter.words(said, "keywords") if has_all else None,
        care=care.read(said, is_all=has_all),
        is_archived=bool(front_matter.flag(said, "archived")),
        original=front_matter.text(said, "original"),
        own_key=_key(said),
        downloads=[folder / Path(one).name for one in front_matter.words(said, "files")],
    )
    lost = [path.name for path in draft.downloads if not path.is_file()]
    if lost:
        raise NotTaken("picture_missing", target=", ".join(lost))
    return draft
