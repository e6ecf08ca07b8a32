"""What the desk's search and its palette find for what was typed: conversations, and beneath them the articles that fit.

Where no conversation is found, what was typed is read as if the keyboard had stood in the other layout (ghksqnf for 환불).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from handrail.accounts.viewer import Viewer
from handrail.answers.keyboard import other_reading
from handrail.answers.results import Hit
from handrail.answers.suggest import findable
from handrail.conversations import search
from handrail.conversations.queries import PAGE_ROWS
from handrail.conversations.search import Found
from handrail.knowledge.models import Article

ARTICLES_MOST = 4


@dataclass(frozen=True)
class FoundArticle:
    """An article the viewer may read. `place` is its topic."""

    article: int
    title: str
    place: str
    version: int
    path: str


@dataclass(frozen=True)
class Sought:
    """`read_as`: what was typed as the other keyboard layout reads it, where only that finds something; else ""."""

    conversations: Found
    articles: list[FoundArticle] = field(default_factory=list)
    read_as: str = ""


def seek(text: str, *, viewer: Viewer, most: int = PAGE_ROWS, before: int | None = None) -> Sought:
    """Conversations as conversations.search finds them, and on the first page a few articles.

    Operators narrow conversations, so with one no article is looked for.
    """
    sought = _sought(text, viewer=viewer, most=most, before=before)
    found = sought.conversations
    if found.rows or found.problems or before is not None:
        return sought
    meant = other_reading(found.words)
    if not meant or found.words not in text:
        return sought
    typed = text.replace(found.words, meant)
    again = _sought(typed, viewer=viewer, most=most, before=None)
    return replace(again, read_as=typed) if again.conversations.rows else sought


def _sought(text: str, *, viewer: Viewer, most: int, before: int | None) -> Sought:
    found = search.find(text, viewer=viewer, most=most, before=before)
    if before is not None or found.problems or found.is_narrowed:
        return Sought(found)
    return Sought(found, articles_for(found.words, viewer=viewer))


def articles_for(words: str, *, viewer: Viewer, most: int = ARTICLES_MOST) -> list[FoundArticle]:
    """Articles for these words that the viewer may read, best first; none that is unlikely to be meant."""
    hits = findable(words, viewer, locale=viewer.locale, limit=most)
    places = places_of(hits, viewer=viewer)
    return [
        FoundArticle(hit.article, hit.title, places[hit.article], hit.version, hit.path)
        for hit in hits
        if hit.article in places
    ]


def places_of(hits: list[Hit], *, viewer: Viewer) -> dict[int, str]:
    """Article id -> the name of its topic, of those the viewer may read."""
    if not hits:
        return {}
    seen = Article.objects.visible_to(viewer).select_related("topic__product")
    found = seen.filter(pk__in=[hit.article for hit in hits])
    return {article.pk: article.topic.name(viewer.locale) for article in found}


def placed(topic: str, version: int) -> str:
    """Where an article stands and in which version, as a row says it."""
    return f"{topic} · {_('Version %(number)s') % {'number': version}}" if version else topic
