"""One article in one language: its writing form with everything that concerns it beside it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from handrail.knowledge import scratch
from handrail.knowledge.difference import Run
from handrail.knowledge.models import Article
from handrail.web.console.article_fetch import fetch, text_of
from handrail.web.console.article_list import language
from handrail.web.console.frame import show
from handrail.web.console.panels import panels
from handrail.web.console.standing import standing
from handrail.web.console.writing import Writing
from handrail.workspace.locales import LOCALES


def home(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /console/articles/<pk>: its page in the reader's language if it is written in it, else in the original's."""
    article = fetch(request, pk)
    written = set(article.translations.values_list("locale", flat=True))
    locale = request.viewer.locale if request.viewer.locale in written else article.original_locale
    return redirect("console:article", pk, locale)


def page(request: HttpRequest, pk: int, locale: str) -> HttpResponse:
    """GET /console/articles/<pk>/<locale>"""
    return render(request, fetch(request, pk), locale)


def render(
    request: HttpRequest,
    article: Article,
    locale: str,
    *,
    writing: Writing | None = None,
    trouble: str = "",
    mine: list[Run] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, with the form as it was sent where it was refused.

    mine  where somebody else saved meanwhile: how the form differs from what they saved
    """
    text = text_of(article, locale)
    unsaved = None if writing else scratch.kept(article, locale, author=request.user)
    if unsaved:
        writing = Writing.unsaved(unsaved.fields, unsaved.base)
    return show(
        request,
        "console/article.html",
        status=status,
        here="articles",
        **frame_of(article, locale),
        article=article,
        language=locale,
        text=text,
        writing=writing or Writing.of(text),
        unsaved=unsaved,
        others=scratch.writing_now(article, locale, but=request.viewer.user_id or 0),
        mine=mine,
        panels=panels(request, article, locale),
        trouble=trouble,
    )


def frame_of(article: Article, locale: str) -> dict[str, Any]:
    """What every page of one article shows at its top: its title, and each language with how it stands."""
    texts = {each.locale: each for each in article.translations.select_related("published", "draft")}
    shown = texts.get(locale) or texts.get(article.original_locale)
    tabs = [(code, language(code), standing(texts[code]) if code in texts else None) for code in LOCALES]
    return {
        "title": shown.newest.title if shown and shown.newest else "",
        "tabs": tabs,
        "original_name": language(article.original_locale),
    }
