"""Files of several languages become one draft an article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from handrail.knowledge.audiences import STRICTNESS, Audience
from handrail.knowledge.importing.draft import Draft, TextDraft
from handrail.knowledge.importing.report import FAILED, NOTE, Entry
from handrail.knowledge.troubleshooting.travelling import articles_of
from handrail.workspace.locales import LOCALES


@dataclass
class Piece:
    """One file: its text, a draft of that text alone, and what its page says of its neighbours."""

    draft: Draft
    text: TextDraft
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    says_topic: bool = True
    is_above: bool = False  # a draft that stands above what is shown


def join(
    pieces: list[Piece],
    *,
    prefix: str,
    attach: Callable[[dict[str, Draft]], list[Entry]] = lambda drafts: [],
) -> tuple[list[Draft], list[Entry]]:
    """One draft for each key, with its related articles named by key, and what was wrong.

    What several languages say of one article is taken from the first of LOCALES that says it; of two audiences
    the narrower one counts.

    attach  gives the drafts, by their keys, what lies beside their texts
    """
    drafts: dict[str, Draft] = {}
    problems: list[Entry] = []
    above = [piece for piece in pieces if piece.is_above]
    pieces = [piece for piece in pieces if not piece.is_above]
    for piece in sorted(pieces, key=lambda one: LOCALES.index(one.text.locale)):
        known = drafts.setdefault(piece.draft.key, piece.draft)
        if known is piece.draft:
            continue
        if piece.text.locale in known.texts:
            problems.append(_twice(piece, known.texts[piece.text.locale]))
            continue
        problems += _add(known, piece)
    for piece in above:
        shown = drafts[piece.draft.key].texts.get(piece.text.locale) if piece.draft.key in drafts else None
        if shown and shown.above:
            problems.append(_twice(piece, shown.above))
        elif shown:
            shown.above = piece.text
    problems += attach(drafts)
    problems += _relate(drafts, prefix)
    ordered = sorted(drafts.values(), key=lambda draft: (draft.position, draft.path))
    return ordered, problems


def _twice(piece: Piece, other: TextDraft) -> Entry:
    text = piece.text
    return Entry(FAILED, text.path, locale=text.locale, reason="twice", details={"other": other.path})


def _add(known: Draft, piece: Piece) -> list[Entry]:
    problems = []
    said = {(each.audience, each.segment) for each in (known, piece.draft)}
    if len(said) > 1:
        known.audience, known.segment = _narrowest(said)
        details = {"audience": known.audience}
        problems.append(Entry(NOTE, piece.text.path, reason="audiences_differ", details=details))
    known.texts[piece.text.locale] = piece.text
    known.is_pinned = known.is_pinned or piece.draft.is_pinned
    known.care = known.care.filled(piece.draft.care)
    if piece.draft.keywords:
        known.keywords = list(dict.fromkeys([*(known.keywords or []), *piece.draft.keywords]))
    known.related += [one for one in piece.draft.related if one not in known.related]
    for place, more in ((known.product, piece.draft.product), (known.topic, piece.draft.topic)):
        place.names = more.names | place.names
    return problems


def _narrowest(said: set[tuple[str, str]]) -> tuple[str, str]:
    """The (audience, segment) that lies within the others; the agents where none does."""
    narrowest = max(said, key=lambda one: STRICTNESS.index(one[0]))
    kinds = {audience for audience, _segment in said}
    if kinds == {Audience.SEGMENT} or kinds == {Audience.SEGMENT, Audience.EMPLOYEES}:
        return Audience.AGENTS, ""
    return narrowest


def _relate(drafts: dict[str, Draft], prefix: str) -> list[Entry]:
    """Names of related articles become keys; a name is an article's file, with or without its folders, or its slug."""
    by_name: dict[str, list[Draft]] = {}
    for draft in drafts.values():
        name = draft.key.removeprefix(prefix)
        for known_as in {name, name.rpartition("/")[2], *(text.slug for text in draft.texts.values())}:
            by_name.setdefault(known_as, []).append(draft)
    problems = []
    for draft in drafts.values():
        keys = []
        for name in draft.related:
            # Of several articles with one name, the one beside this article is meant.
            near = sorted(by_name.get(name, []), key=lambda one: one.product.slug != draft.product.slug)
            if near:
                keys.append(near[0].key)
            else:
                problems.append(Entry(NOTE, draft.path, reason="related_lost", details={"target": name}))
        draft.related = keys
        problems += _lead_tree(draft, by_name)
    return problems


def _lead_tree(draft: Draft, by_name: dict[str, list[Draft]]) -> list[Entry]:
    """Names of the articles a troubleshooter leads to become keys."""
    tree = draft.tree
    if tree is None:
        return []
    names = [name for said in (tree.shown, tree.drawn) if said for name in articles_of(said)]
    keys = {
        name: min(by_name[name], key=lambda one: one.product.slug != draft.product.slug).key
        for name in names
        if name in by_name
    }
    tree.refer(keys.get)
    lost = [name for name in dict.fromkeys(names) if name not in keys]
    return [Entry(NOTE, tree.path, reason="tree_article_lost", details={"target": name}) for name in lost]
