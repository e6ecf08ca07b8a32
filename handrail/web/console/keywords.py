"""Keyword answers: words on the left, the answer they bring on the right; a new answer can be written right here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.viewer import Viewer
from handrail.answers.keywords import KeywordAnswer, WordTaken, doubles, tidy
from handrail.core.markdown_replies import reply_html
from handrail.knowledge.models import Article, Topic, Translation
from handrail.knowledge.stages import Stage
from handrail.knowledge.steps import may_publish_unreviewed
from handrail.web.console.frame import say_kept, show
from handrail.web.console.troubleshooters import topics
from handrail.workspace.locales import LOCALES, best

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
        return tied(request, words, article)
    texts = written(request)
    if not texts:
        return shown(
            request, _("Choose an article, or write a title and an answer in one language at least.")
        )
    topic = get_object_or_404(Topic, pk=request.POST.get("topic") or 0)
    try:
        with transaction.atomic():
            article = Article.start(topic, by=viewer, kind=Article.Kind.FAQ)
            for locale, (title, text) in texts.items():
                article.write(locale, title=title, html=reply_html(text), by=viewer)
                put_forward(article.translations.get(locale=locale), viewer)
            KeywordAnswer.tie(words, article, by=viewer)
    except WordTaken as taken:
        return refused(request, taken)
    if may_publish_unreviewed(viewer):
        say_kept(request)
    else:
        messages.success(
            request,
            _("Kept. A reviewer was asked to read the answer; the words bring it once it is published."),
        )
    return redirect("console:keywords")


def put_forward(text: Translation, viewer: Viewer) -> None:
    """Publish what was just written, or ask for its review where its author may not publish unreviewed words."""
    if may_publish_unreviewed(viewer):
        text.publish(by=viewer)
    else:
        text.ask_for_review(by=viewer)


def tied(request: HttpRequest, words: list[str], article: Article) -> HttpResponse:
    try:
        KeywordAnswer.tie(words, article, by=request.viewer)  # type: ignore[attr-defined]
    except WordTaken as taken:
        return refused(request, taken)
    say_kept(request)
    return redirect("console:keywords")


def refused(request: HttpRequest, taken: WordTaken) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    said = _(
        "The word “%(word)s” already leads to another article of the same product, so nothing was kept. Leave it out here, "
        "or untie it there first. Under another product the same word is welcome. It leads to:"
    )
    return shown(
        request,
        said % {"word": taken.word},
        (taken.article.pk, taken.article.title_in(viewer.locale) or _("No text yet")),
    )


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


@dataclass(frozen=True)
class Row:
    """A tie as the page lists it; `twice` are words of it that lead to another article of the product, too. One whose text
    is not published yet brings nothing, and `stage` says how far that text is."""

    tie: KeywordAnswer
    title: str
    product: str
    twice: list[str]
    stage: str = ""


def shown(request: HttpRequest, problem: str = "", leads_to: tuple[int, str] | None = None) -> HttpResponse:
    """leads_to  number and title of the article the problem is about"""
    viewer = request.viewer  # type: ignore[attr-defined]
    tied = KeywordAnswer.objects.order_by("-pk").prefetch_related(
        "article__translations__draft", "article__translations__published"
    )
    texts = {
        article.pk: (text.title, article.topic.product.name(viewer.locale))
        for article in Article.objects.visible_to(viewer).with_published()
        if (text := article.published(viewer.locale))
    }
    twice: dict[int, list[str]] = {}
    for each in doubles():
        for article in each.articles:
            twice.setdefault(article.pk, []).append(each.word)
    return show(
        request,
        "console/keywords.html",
        status=400 if problem else 200,
        rows=[_row(one, texts, twice.get(one.article_id, []), viewer) for one in tied],
        articles=sorted(((pk, title) for pk, (title, _name) in texts.items()), key=lambda each: each[1]),
        topics=topics(viewer.locale),
        locales=LOCALES,
        values=request.POST or request.GET,
        problem=problem,
        leads_to=leads_to,
        may_publish=may_publish_unreviewed(viewer),
        here="keywords",
    )


def _row(tie: KeywordAnswer, texts: dict[int, tuple[str, str]], twice: list[str], viewer: Viewer) -> Row:
    if tie.article_id in texts:
        return Row(tie, *texts[tie.article_id], twice)
    written = [text for text in tie.article.translations.all() if text.newest]
    text = best(written, viewer.locale)
    is_asked = any(each.stage == Stage.REVIEW for each in written)
    return Row(
        tie, text.title if text else _("No published text"), "", twice, "review" if is_asked else "draft"
    )
