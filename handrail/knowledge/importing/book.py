"""Pages that belong to one book: their `next` links give the order, their `up` links the topics."""

from __future__ import annotations

from pathlib import PurePosixPath

from handrail.knowledge.importing.joining import Piece

GENERAL = "general"
NAMES = {"general": {"ko": "전체", "en": "General"}}


def arrange(pieces: list[Piece]) -> None:
    """Give each piece its place: a position where pages follow one another, a topic where they lie in chapters.

    A page below a chapter goes to that chapter's topic, and so does the chapter's own page; pages directly below
    the book's front page stay in the general topic.
    """
    for locale in {piece.text.locale for piece in pieces}:
        _arrange([piece for piece in pieces if piece.text.locale == locale])
    for piece in pieces:
        topic = piece.draft.topic
        topic.names = topic.names or NAMES.get(topic.slug, {})


def _arrange(pieces: list[Piece]) -> None:
    by_path = {piece.text.path: piece for piece in pieces}
    homes = {path for piece in pieces if (path := _lead(piece, "home"))}
    chapters: dict[str, str] = {}
    for piece in pieces:
        if home_title := piece.links.get("home", ("", ""))[1]:
            piece.draft.product.names.setdefault(piece.text.locale, home_title)
        up = _lead(piece, "up")
        if up and up not in homes and up in by_path:
            chapters[up] = by_path[up].text.title
    for place, piece in enumerate(_in_order(pieces, by_path), start=1):
        piece.draft.position = piece.draft.position or place
        up = _lead(piece, "up")
        chapter = next((path for path in (up, piece.text.path) if path in chapters), "")
        if chapter and not piece.says_topic:
            piece.draft.topic.slug = PurePosixPath(chapter).name.split(".")[0]
            piece.draft.topic.names[piece.text.locale] = chapters[chapter][:120]
            piece.draft.topic.position = by_path[chapter].draft.position


def _lead(piece: Piece, rel: str) -> str:
    """The path, as seen from the root, of the page one of its links names; "" for none."""
    name = piece.links.get(rel, ("", ""))[0]
    return str(PurePosixPath(piece.text.path).parent / name) if name else ""


def _in_order(pieces: list[Piece], by_path: dict[str, Piece]) -> list[Piece]:
    """Pages of a book along their `next` links; nothing for pages that have none."""
    if not any(piece.links.get("next") for piece in pieces):
        return []
    ordered: list[Piece] = []
    seen: set[str] = set()
    for start in [piece for piece in pieces if not _lead(piece, "prev")] + pieces:
        piece: Piece | None = start
        while piece is not None and piece.text.path not in seen:
            seen.add(piece.text.path)
            ordered.append(piece)
            piece = by_path.get(_lead(piece, "next"))
    return ordered
