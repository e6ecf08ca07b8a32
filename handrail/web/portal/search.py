"""The results page: what the answer engine says to a question, and the way to a person with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from handrail.accounts.viewer import Viewer
from handrail.answers.answer import answer
from handrail.answers.results import Hit, Result
from handrail.knowledge.models import Article
from handrail.knowledge.queries import common_questions
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, show
from handrail.web.portal.reading import lead
from handrail.web.portal.scope import chosen
from handrail.web.ui.jinja import query
from handrail.workspace.locales import LOCALES

QUESTION_LETTERS_MAX = 300
COMMON_MAX = 6


@dataclass(frozen=True)
class Found:
    """One result as a row. `place` is its product and topic; `locale` the language of the text."""

    title: str
    summary: str
    place: str
    address: str
    locale: str


# A question is somebody's own: neither kept in memory for others nor in the browser's history of pages.
@never_cache
@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/search?query=&product="""
    viewer = request.viewer  # type: ignore[attr-defined]
    question = request.GET.get("query", "").strip()[:QUESTION_LETTERS_MAX]
    product = chosen(request)
    result = answer(question, viewer, locale=locale, product=product) if question else None
    path = f"{addresses.home(locale)}/search"
    fields = {"query": question, "product": product.pk if product else None}
    carry = {"question": question, "ask": result.ask if result else ""}
    return show(
        request,
        "portal/search.html",
        Frame(
            path=path,
            switch={code: query(f"{addresses.home(code)}/search", **fields) for code in LOCALES},
            scope=product,
            carry={name: value for name, value in carry.items() if value},
            robots="noindex",
        ),
        locale=locale,
        question=question,
        result=result,
        answered=row(result.answer, viewer, locale) if result and result.answer else None,
        found=rows(result, viewer, locale) if result else [],
        everywhere=query(path, query=question),
        common=common_questions(viewer, product=product, at_most=COMMON_MAX)
        if not (result and result.considered)
        else [],
    )


def rows(result: Result, viewer: Viewer, locale: str) -> list[Found]:
    """What was considered, best first, without the one already quoted."""
    quoted = result.answer.article if result.answer else None
    return [each for hit in result.considered if hit.article != quoted and (each := row(hit, viewer, locale))]


def row(hit: Hit, viewer: Viewer, locale: str) -> Found | None:
    article = Article.objects.visible_to(viewer).filter(pk=hit.article).with_published().first()
    text = article.published(locale) if article else None
    if article is None or text is None or text.published is None:
        return None
    place = f"{article.topic.product.name(locale)} › {article.topic.name(locale)}"
    return Found(
        text.title, lead(text.published.text), place, addresses.article(article, locale), text.locale
    )
