"""Naming the article that answers a question: found by its words, checked for who names it."""

from __future__ import annotations

from collections.abc import Collection

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from handrail.accounts.viewer import Viewer
from handrail.answers.suggest import suggest
from handrail.knowledge.models import Article

FOUND_MOST = 8
WORDS_MAX = 100


def words_of(request: HttpRequest) -> str:
    """GET ?find=: the words an article is looked for by."""
    return request.GET.get("find", "").replace("\0", "").strip()[:WORDS_MAX]


def found_by(words: str, viewer: Viewer) -> list[tuple[int, str]]:
    """(id, title) of the published articles that these words find, best first."""
    hits = suggest(words, viewer, locale=viewer.locale, limit=FOUND_MOST) if words else []
    return [(hit.article, hit.title) for hit in hits]


def named(request: HttpRequest) -> Article | None:
    """POST article: its number, or "" for none of ours. Raises Http404 for one the viewer may not read."""
    number = request.POST.get("article", "")
    if not number:
        return None
    pk = int(number) if number.isdecimal() and len(number) < 18 else 0
    return get_object_or_404(Article.objects.visible_to(request.viewer), pk=pk)  # type: ignore[attr-defined]


def titles_of(articles: Collection[int | None], viewer: Viewer) -> dict[int, str]:
    """article -> its published title, of those the viewer may read."""
    wanted = {pk for pk in articles if pk is not None}
    seen = Article.objects.visible_to(viewer).with_published().filter(pk__in=wanted)
    return {article.pk: text.title for article in seen if (text := article.published(viewer.locale))}
