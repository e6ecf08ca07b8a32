"""A troubleshooter as pages: one question at a time, the way back, a fix to try, or a person who knows every answer.

Answers stand in the address (`?a=c1.c4`), so that it works without scripts, can be gone back in, and sent to somebody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from handrail.core.ids import random_id
from handrail.intake import form as intake
from handrail.knowledge.feedback import give
from handrail.knowledge.models import Article, Product, Troubleshooter
from handrail.knowledge.reading import read
from handrail.knowledge.troubleshooting.tree import ARTICLE, NO, Tree, Walk, said
from handrail.web.limits import address_of, take
from handrail.web.portal import addresses
from handrail.web.portal.carried import answers_of
from handrail.web.portal.depth import shown_to
from handrail.web.portal.feedback import remember_reader
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.posted import posted_from
from handrail.web.portal.reader import reader_of
from handrail.web.portal.reading import laid_out
from handrail.web.ui.jinja import query
from handrail.workspace.locales import LOCALES

SOLVED_A_MINUTE = 20


@in_locale
def all_of_them(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/troubleshooters: each by its product."""
    viewer = request.viewer  # type: ignore[attr-defined]
    path = f"{addresses.home(locale)}/troubleshooters"
    languages = in_every_locale(path, locale)
    return show(
        request,
        "portal/troubleshooters.html",
        Frame(path=path, languages=languages, switch=languages),
        locale=locale,
        shelves=by_product(list(Troubleshooter.objects.visible_to(viewer).listed())),
    )


def by_product(found: list[Troubleshooter]) -> list[tuple[Product, list[Article]]]:
    """Products in their order, each with the articles of its troubleshooters."""
    ids = [each.article_id for each in found]
    shelves: dict[Product, list[Article]] = defaultdict(list)
    for article in Article.objects.filter(pk__in=ids).with_published().order_by("topic__product__position"):
        shelves[article.topic.product].append(article)
    return list(shelves.items())


@never_cache
@in_locale
def page(request: HttpRequest, locale: str, id: int) -> HttpResponse:
    """GET /hc/<locale>/troubleshooters/<id>?a=c1.c4; for authors also ?draft=1."""
    one, tree, is_draft = opened(request, id)
    return at_step(request, locale, one, tree, answers_of(request.GET.get("a", "")), is_draft=is_draft)


@posted_from("portal:troubleshooter", "id")
@never_cache
@in_locale
def solved(request: HttpRequest, locale: str, id: int) -> HttpResponse:
    """POST …/solved {a, question}: the fix these answers lead to solved it."""
    viewer = request.viewer  # type: ignore[attr-defined]
    one = get_object_or_404(Troubleshooter.objects.visible_to(viewer), pk=id)
    walk = one.shown.walk(answers_of(request.POST.get("a", "")))
    if walk.at is None or not walk.at.is_fix:
        raise Http404
    reader = reader_of(request) or random_id()
    if take(f"{SOLVED_A_MINUTE}/minute", "walked", address_of(request)).is_allowed:
        one.solved(walk.at.key, locale=locale, by=viewer)
        if article := articles_of(walk, request).get(walk.at.article or 0):
            give(article, locale=locale, is_helpful=True, reader=reader, by=viewer)
            if question := request.POST.get("question", "").replace("\0", "").strip()[:300]:
                intake.solved_by(article, question, viewer, locale=locale, brand=request.brand.pk)
    response = at_step(request, locale, one, one.shown, walk.answers, is_solved=True)
    remember_reader(request, response, reader)
    return response


def opened(request: HttpRequest, id: int) -> tuple[Troubleshooter, Tree, bool]:
    """The troubleshooter and its tree; the draft's for an author who asks for it. Raises Http404."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if "draft" in request.GET and (found := Troubleshooter.objects.editable_by(viewer).filter(pk=id).first()):
        return found, found.drawn, True
    one = get_object_or_404(Troubleshooter.objects.visible_to(viewer), pk=id)
    return one, one.shown, False


def at_step(
    request: HttpRequest,
    locale: str,
    one: Troubleshooter,
    tree: Tree,
    answers: Sequence[str],
    *,
    is_draft: bool = False,
    is_solved: bool = False,
) -> HttpResponse:
    """The page of the step these answers lead to."""
    walk = tree.walk(answers)
    path = addresses.troubleshooter(one, locale)
    extra: dict[str, Any] = {"draft": "1"} if is_draft else {}
    if question := _question(request):
        extra["question"] = question
    product = one.article.topic.product
    carry = {"troubleshooter": one.pk, "answers": ".".join(walk.answers), "question": question}
    articles = articles_of(walk, request)
    fix = articles.get(walk.at.article or 0) if walk.at else None
    return show(
        request,
        "portal/troubleshooter.html",
        Frame(
            path=path,
            switch={
                code: query(addresses.troubleshooter(one, code), a=".".join(walk.answers), **extra)
                for code in LOCALES
            },
            scope=product,
            carry={name: value for name, value in carry.items() if value},
            robots="noindex",
            here="answer" if walk.at else "person",
        ),
        locale=locale,
        one=one,
        tree=tree,
        walk=walk,
        step=walk.at,
        said=lambda given: said(given, locale),
        to=lambda *given: query(path, a=".".join([*walk.answers, *given]), **extra),
        back=[query(path, a=".".join(passed.answers), **extra) for passed in walk.passed],
        no=NO,
        fix=fix,
        **words_of(fix, request, locale),
        titles={pk: each.title for pk, article in articles.items() if (each := article.published(locale))},
        is_draft=is_draft,
        is_solved=is_solved,
        trail=[(product.name(locale), addresses.product(product, locale)), (said(tree.name, locale), "")],
    )


def _question(request: HttpRequest) -> str:
    """What was asked before the first step, carried from page to page."""
    asked = request.POST.get("question", "") or request.GET.get("question", "")
    return " ".join(asked.replace("\0", "").split())[:300]


def words_of(fix: Article | None, request: HttpRequest, locale: str) -> dict[str, Any]:
    """text: the translation of a fix that this reader gets, None without one; body: its HTML as they read it."""
    text = fix.published(locale) if fix else None
    words = read(text.published, request.viewer, locale=locale) if text and text.published else ""  # type: ignore[attr-defined]
    return {"text": text, "body": laid_out(shown_to(request, words))[0]}


def articles_of(walk: Walk, request: HttpRequest) -> dict[int, Article]:
    """The articles of the fixes tried and of the one reached, as far as the viewer may read them, by their ids."""
    steps = [passed.step for passed in walk.passed] + ([walk.at] if walk.at else [])
    ids = [step.article for step in steps if step.kind == ARTICLE and step.article]
    visible = Article.objects.visible_to(request.viewer)  # type: ignore[attr-defined]
    return visible.filter(pk__in=ids).with_published().in_bulk() if ids else {}
