"""Keyword answers: words on the left, the answer they bring on the right; a new answer can be written right here."""

from __future__ import annotations

import re

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.answers.keywords import KeywordAnswer, tidy
from handrail.knowledge.models import Article, Topic
from handrail.web.console.frame import say_kept, show
from handrail.web.console.troubleshooters import topics
from handrail.workspace.locales import LOCALES

TITLE_MAX, TEXT_MAX = 200, 4_000


def page(request: HttpRequest) -> HttpResponse:
    """GET (?words=&article= fill the form) and POST /console/keywords: {words, article} or {words, topic, title.ko, text.ko, title.en, text.en}."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if request.method != "POST":
        return shown(request)
    words = tidy(re.split(r"[,\n]", request.POST.get("words", "").replace("\0", "")))
    number = request.POST.get("article", "")
    if not words:
        return shown(request, _("Write at least one word, with commas between them."))
    if number.isdecimal() and len(number) < 18:
        article = get_object_or_404(Article.objects.visible_to(viewer), pk=int(number))
        KeywordAnswer.tie(words, article, by=viewer)
        say_kept(request)
        return redirect("console:keywords")
    texts = written(request)
    if not texts:
        return shown(
            request, _("Choose an article, or write a title and an answer in one language at least.")
        )
    topic = get_object_or_404(Topic, pk=request.POST.get("topic") or 0)
    with transaction.atomic():
        article = Article.start(topic, by=viewer, kind=Article.Kind.FAQ)
        for locale, (title, text) in texts.items():
            paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
            html = "".join(f"<p>{escape(line)}</p>" for line in paragraphs)
            article.write(locale, title=title, html=html, by=viewer)
            article.translations.get(locale=locale).publish(by=viewer)
        KeywordAnswer.tie(words, article, by=viewer)
    say_kept(request)
    return redirect("console:keywords")


@require_POST
def untie(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /console/keywords/<pk>/untie"""
    get_object_or_404(KeywordAnswer, pk=pk).untie(by=request.viewer)  # type: ignore[attr-defined]
    say_kept(request)
    return redirect("console:keywords")


def written(request: HttpRequest) -> dict[str, tuple[str, str]]:
    """locale -> (title, text), of the languages in which both are there."""
    found = {}
    for locale in LOCALES:
        title = request.POST.get(f"title.{locale}", "").replace("\0", "").strip()[:TITLE_MAX]
        text = request.POST.get(f"text.{locale}", "").replace("\0", "").strip()[:TEXT_MAX]
        if title and text:
            found[locale] = (title, text)
    return found


def shown(request: HttpRequest, problem: str = "") -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    tied = list(KeywordAnswer.objects.order_by("-pk"))
    articles = {
        article.pk: text.title
        for article in Article.objects.visible_to(viewer).with_published()
        if (text := article.published(viewer.locale))
    }
    return show(
        request,
        "console/keywords.html",
        status=400 if problem else 200,
        rows=[(one, articles.get(one.article_id, _("No published text"))) for one in tied],
        articles=sorted(articles.items(), key=lambda each: each[1]),
        topics=topics(viewer.locale),
        locales=LOCALES,
        values=request.POST or request.GET,
        problem=problem,
        here="keywords",
    )
