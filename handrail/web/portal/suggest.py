"""What the search field asks while somebody types: articles by what stands there so far, and a quoted answer.

Nothing typed is kept. The API's own `answers` keeps each question, which is right for one that was asked and wrong for
one that is half written; so the field asks here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from handrail.accounts.viewer import Viewer
from handrail.answers.answer import answer
from handrail.answers.results import Hit
from handrail.answers.suggest import suggest
from handrail.knowledge.models import Article, Product
from handrail.web.limits import address_of, take
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.portal.scope import chosen
from handrail.web.portal.zones import in_zone
from handrail.web.ui.filters import only_in

LETTERS_MAX = 300
# A fast typist pauses long enough for a question five times a second at most, and an office shares one address.
TYPED = "600/minute"

View = Callable[..., HttpResponse]


def unhurried(view: View) -> View:
    """Answers 429 to an address that asks more than people type."""

    @wraps(view)
    def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        allowance = take(TYPED, "typed", address_of(request))
        if allowance.is_allowed:
            return view(request, *args, **kwargs)
        return JsonResponse({"error": "TooMany"}, status=429, headers={"Retry-After": str(allowance.seconds)})

    return counted


@never_cache
@unhurried
@in_locale
def suggestions(request: HttpRequest, locale: str) -> JsonResponse:
    """GET /hc/<locale>/suggest?query=&product= -> {"suggestions": [{"title", "url", "note", "version"}]}

    note is the product's name, "" where one is picked.
    """
    viewer, typed, product = asked(request)
    hits = suggest(typed, viewer, locale=locale, product=product)
    return JsonResponse({"suggestions": rows(hits, viewer, locale, product)})


@never_cache
@unhurried
@in_locale
def quoted(request: HttpRequest, locale: str) -> JsonResponse:
    """GET /hc/<locale>/answer?query=&product= -> {"answer": {"title", "url", "version", "text", "locale", "automatic", "question"} or null, "parts": […]}

    automatic is false of what is no article's words; parts hold what answers the rest of a question that asks several things.
    """
    viewer, typed, product = asked(request)
    if not typed:
        return JsonResponse({"answer": None})
    brand = request.brand.pk  # type: ignore[attr-defined]
    result = answer(
        typed, in_zone(request, viewer), locale=locale, product=product, brand=brand, remember=False
    )
    hits = {hit.article: hit for hit in result.answers}
    asked_of = {part.answer.article: part.question for part in result.parts}
    shown = rows_by_article(list(hits.values()), viewer, locale, product)
    if ours := hits.get(0):
        shown = {0: {"title": ours.title, "url": ours.path, "version": 0, "note": ""}, **shown}
        asked_of[0] = ours.title
    found = [
        row
        | {"url": row["url"] + (hits[number].fragment if number else "")}
        | {"text": hits[number].text, "locale": hits[number].locale}
        | {"automatic": bool(number), "question": asked_of.get(number, "")}
        for number, row in shown.items()
    ]
    return JsonResponse({"answer": found[0] if found else None, "parts": found[1:]})


def asked(request: HttpRequest) -> tuple[Viewer, str, Product | None]:
    typed = request.GET.get("query", "").replace("\0", "").strip()[:LETTERS_MAX]
    return request.viewer, typed, chosen(request)  # type: ignore[attr-defined]


def rows(hits: list[Hit], viewer: Viewer, locale: str, scope: Product | None) -> list[dict[str, Any]]:
    """Each hit as the field shows it, under the reader's own language."""
    return list(rows_by_article(hits, viewer, locale, scope).values())


def rows_by_article(
    hits: list[Hit], viewer: Viewer, locale: str, scope: Product | None
) -> dict[int, dict[str, Any]]:
    """article id -> the row of its hit, in their order; without what the viewer may no longer read."""
    found = Article.objects.visible_to(viewer).filter(pk__in=[hit.article for hit in hits]).with_published()
    articles = {article.pk: article for article in found}
    return {
        hit.article: {
            "title": hit.title,
            "url": addresses.article(articles[hit.article], locale),
            "version": hit.version,
            "note": _note(hit, articles[hit.article], locale, scope),
        }
        for hit in hits
        if hit.article in articles
    }


def _note(hit: Hit, article: Article, locale: str, scope: Product | None) -> str:
    said = ["" if scope else article.topic.product.name(locale), only_in(hit.locale)]
    return " · ".join(filter(None, said))
