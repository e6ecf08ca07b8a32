"""The results page: what the answer engine says to a question, and the way to a person with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from handrail.accounts.viewer import Viewer
from handrail.answers.answer import answer
from handrail.answers.chosen import glimpses
from handrail.answers.results import Hit, Result
from handrail.knowledge.models import Article
from handrail.knowledge.queries import common_questions
from handrail.web.portal import addresses
from handrail.web.portal.asked_number import request_of
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, show
from handrail.web.portal.reading import lead
from handrail.web.portal.scope import chosen
from handrail.web.portal.standing import state
from handrail.web.portal.zones import in_zone
from handrail.web.ui.jinja import query
from handrail.web.viewer import visitor_of
from handrail.workspace.locales import LOCALES

QUESTION_LETTERS_MAX = 300
COMMON_MAX = 6


@dataclass(frozen=True)
class Found:
    """One result as a row. `place` is its product and topic; `locale` the language of the text.

    near  what of it comes near the question, shown in place of how it begins; "" where that is not known
    """

    title: str
    summary: str
    place: str
    address: str
    locale: str
    near: str = ""


@dataclass(frozen=True)
class Quoted:
    """Words of an article, with its row. `question` is the part of what was asked that they answer; "" of one thing."""

    question: str
    hit: Hit
    row: Found


# A question is somebody's own: neither kept in memory for others nor in the browser's history of pages.
@never_cache
@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/search?query=&product="""
    viewer = request.viewer  # type: ignore[attr-defined]
    question = request.GET.get("query", "").replace("\0", "").strip()[:QUESTION_LETTERS_MAX]
    product = chosen(request)
    here = request.brand.pk  # type: ignore[attr-defined]
    result = (
        answer(question, in_zone(request, viewer), locale=locale, product=product, brand=here)
        if question
        else None
    )
    path = f"{addresses.home(locale)}/search"
    fields = {"query": question, "product": product.pk if product else None}
    asked = {"question": question, "ask": result.ask if result else ""}
    theirs = request_of(question, visitor_of(request))
    rows = found(result.considered, viewer, locale) if result else {}
    quoted = quotations(result, rows) if result else []
    choices = choosing(result, rows, viewer) if result else []
    return show(
        request,
        "portal/search.html",
        Frame(
            path=path,
            switch={code: query(f"{addresses.home(code)}/search", **fields) for code in LOCALES},
            scope=product,
            carry={name: value for name, value in asked.items() if value},
            robots="noindex",
        ),
        locale=locale,
        question=question,
        asked=asked,
        theirs=theirs,
        standing=state(theirs) if theirs else None,
        result=result,
        quoted=quoted,
        choices=choices,
        others=list(rows.values()),
        everywhere=query(path, query=question),
        common=[]
        if result and result.considered
        else common_questions(viewer, product=product, at_most=COMMON_MAX),
    )


def quotations(result: Result, rows: dict[int, Found]) -> list[Quoted]:
    """What is quoted, in the order it was asked for, taken out of the rows; what is no article's has its own heading."""
    asked = {part.answer.article: part.question for part in result.parts}
    found = []
    for hit in result.answers:
        if not hit.article:
            found.append(Quoted(hit.title, hit, Found(hit.title, "", "", "", hit.locale)))
        elif hit.article in rows:
            found.append(Quoted(asked.get(hit.article, ""), hit, rows.pop(hit.article)))
    return found


def choosing(result: Result, rows: dict[int, Found], viewer: Viewer) -> list[Found]:
    """The choices, taken out of the rows, each with what of it comes near the question."""
    near = glimpses(result, viewer)
    return [
        replace(rows.pop(hit.article), near=near.get(hit.article, ""))
        for hit in result.choices
        if hit.article in rows
    ]


def found(hits: list[Hit], viewer: Viewer, locale: str) -> dict[int, Found]:
    """article id -> its row, in the order of the hits; without what the viewer may no longer read."""
    visible = Article.objects.visible_to(viewer).filter(pk__in=[hit.article for hit in hits]).with_published()
    articles = {article.pk: article for article in visible}
    return {hit.article: row(articles[hit.article], locale) for hit in hits if hit.article in articles}


def row(article: Article, locale: str) -> Found:
    text = article.published(locale)
    assert text is not None and text.published is not None  # visible_to asks for a published text
    place = f"{article.topic.product.name(locale)} › {article.topic.name(locale)}"
    return Found(
        text.title, lead(text.published.text), place, addresses.article(article, locale), text.locale
    )
