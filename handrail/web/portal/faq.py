"""A FAQ set: chosen questions of one product and audience, each with its short answer and how many it helped."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from markupsafe import Markup

from handrail.accounts.viewer import Viewer
from handrail.knowledge.depths import SIMPLE, at_depth
from handrail.knowledge.models import FaqSet
from handrail.knowledge.queries import Question, questions
from handrail.knowledge.reading import read_all
from handrail.web.portal import addresses, structured
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.reading import first_words
from handrail.web.portal.scope import chosen


@dataclass(frozen=True)
class Entry:
    question: Question
    title: str
    answer: Markup
    address: str
    version: int


@in_locale
def page(request: HttpRequest, locale: str, id: int, slug: str = "") -> HttpResponse:
    """GET /hc/<locale>/faq/<id>-<slug>"""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    sets = FaqSet.objects.visible_to(viewer).prefetch_related("texts", "product__texts")
    faq = get_object_or_404(sets, pk=id)
    path = addresses.faq_set(faq, locale)
    if redirect := addresses.put_right(request, path):
        return redirect
    ids = list(faq.entries.values_list("article", flat=True))
    entries = entries_of(questions(ids, viewer), viewer, locale)
    languages = in_every_locale(path, locale)
    product = faq.product
    trail = [(product.name(locale), addresses.product(product, locale))] if product else []
    trail.append((faq.name(locale), ""))
    return show(
        request,
        "portal/faq.html",
        Frame(
            path=path,
            languages=languages,
            switch=languages,
            scope=chosen(request, otherwise=product),
            robots="" if faq.audience == "public" else "noindex",
        ),
        locale=locale,
        faq=faq,
        entries=entries,
        others=[each for each in sets.filter(product=product) if each != faq],
        trail=trail,
        data=[
            structured.breadcrumb(trail, path, locale, request.brand),  # type: ignore[attr-defined]
            structured.questions([(each.title, str(each.answer)) for each in entries]),
        ],
    )


def entries_of(asked: list[Question], viewer: Viewer, locale: str) -> list[Entry]:
    """The questions with their answers as the viewer reads them."""
    texts = [question.article.published(locale) for question in asked]
    shown = [
        text.published for text in texts if text and text.published
    ]  # visible_to asks for a published text
    words = read_all(shown, viewer, locale=locale)
    return [
        Entry(
            question,
            text.title,
            first_words(at_depth(each, SIMPLE)),
            addresses.article(question.article, locale),
            text.number,
        )
        for question, text, each in zip(asked, shown, words, strict=True)
    ]
