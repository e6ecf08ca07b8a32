"""FAQ sets: which questions, in which order, for whom; and the line of HTML that puts them on any page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.knowledge.audiences import Audience, from_key
from handrail.knowledge.feedback import helped_lately
from handrail.knowledge.models import Article, FaqSet, Product
from handrail.knowledge.slugs import slug_of
from handrail.web.console.for_whom import audiences
from handrail.web.console.frame import say_kept, show
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand

QUESTIONS_MAX = 40
NAME_MAX, DESCRIPTION_MAX = 120, 300


@dataclass(frozen=True)
class Draft:
    """A set as the form says it; `audience` is a key."""

    names: dict[str, str]
    descriptions: dict[str, str]
    product: Product | None
    audience: str
    articles: list[int]


def sets(request: HttpRequest) -> HttpResponse:
    """GET /console/faq"""
    found = FaqSet.objects.prefetch_related("texts", "entries", "product__texts")
    return show(request, "console/faq_sets.html", sets=found, audiences=dict(audiences()), here="faq")


def new(request: HttpRequest) -> HttpResponse:
    """GET and POST /console/faq/new"""
    blank = Draft(dict.fromkeys(LOCALES, ""), dict.fromkeys(LOCALES, ""), None, Audience.PUBLIC, [])
    return edited(request, None, blank)


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET and POST /console/faq/<pk> with `do`: save, add, up:<article>, remove:<article>."""
    one = get_object_or_404(FaqSet.objects.prefetch_related("texts"), pk=pk)
    texts = {text.locale: text for text in one.texts.all()}
    names = {code: texts[code].name if code in texts else "" for code in LOCALES}
    descriptions = {code: texts[code].description if code in texts else "" for code in LOCALES}
    kept = Draft(
        names,
        descriptions,
        one.product,
        one.audience_key,
        list(one.entries.values_list("article", flat=True)),
    )
    return edited(request, one, kept)


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /console/faq/<pk>/move {to: up|down}: one place further, on the first page too."""
    moved = get_object_or_404(FaqSet.objects.select_related("brand"), pk=pk)
    beside = list(FaqSet.objects.filter(brand=moved.brand))
    at = beside.index(moved) + (-1 if request.POST.get("to") == "up" else 2)
    before = beside[max(at, 0)] if at < len(beside) else None
    if before != moved:
        moved.put(before=before, by=request.viewer)  # type: ignore[attr-defined]
    return redirect("console:faq")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """POST /console/faq/<pk>/remove: the set is gone everywhere; its articles stay."""
    get_object_or_404(FaqSet, pk=pk).remove(by=request.viewer)  # type: ignore[attr-defined]
    say_kept(request)
    return redirect("console:faq")


def edited(request: HttpRequest, one: FaqSet | None, kept: Draft) -> HttpResponse:
    if request.method != "POST":
        return shown(request, one, kept)
    draft = read(request, kept)
    if problem := problem_of(draft):
        return shown(request, one, draft, problem=problem, status=400)
    saved = save(request, one, draft)
    verb = request.POST.get("do", "save").partition(":")[0]
    if verb == "save":
        say_kept(request)
    return redirect(f"{reverse('console:faq-set', args=[saved.pk])}{'' if verb == 'save' else '#questions'}")


def read(request: HttpRequest, kept: Draft) -> Draft:
    """What the form says, after its button."""
    fields = request.POST
    listed = [int(pk) for pk in fields.get("articles", "").split(",") if pk.isdecimal() and len(pk) < 18]
    articles = listed if "articles" in fields else kept.articles
    verb, _colon, which = fields.get("do", "save").partition(":")
    number = int(which) if which.isdecimal() and len(which) < 18 else 0
    if verb == "remove":
        articles = [pk for pk in articles if pk != number]
    if verb == "up" and number in articles[1:]:
        at = articles.index(number)
        articles[at - 1 : at + 1] = articles[at], articles[at - 1]
    added = fields.get("add", "")
    if added.isdecimal() and len(added) < 18 and int(added) not in articles:
        articles = [*articles, int(added)]
    product = fields.get("product", "")
    return Draft(
        {code: _plain(fields.get(f"name.{code}", kept.names[code]), NAME_MAX) for code in LOCALES},
        {
            code: _plain(fields.get(f"description.{code}", kept.descriptions[code]), DESCRIPTION_MAX)
            for code in LOCALES
        },
        Product.objects.filter(pk=product).first() if product.isdecimal() and len(product) < 18 else None,
        fields.get("audience", kept.audience),
        articles[:QUESTIONS_MAX],
    )


def problem_of(draft: Draft) -> str:
    """Why the set cannot be kept; "" when it can."""
    if not any(draft.names.values()):
        return _("Give it a name in one language at least; the other can follow.")
    try:
        from_key(draft.audience)
    except ValueError:
        return _("Choose for whom it is.")
    return ""


def save(request: HttpRequest, one: FaqSet | None, draft: Draft) -> FaqSet:
    brand = request.brand  # type: ignore[attr-defined]
    found = Article.objects.in_bulk(draft.articles)
    position = one.position if one else FaqSet.objects.count() + 1
    audience, segment = from_key(draft.audience)
    return FaqSet.offer(
        brand,
        one.slug if one else _free_slug(brand, draft),
        names={code: name for code, name in draft.names.items() if name},
        descriptions=draft.descriptions,
        product=draft.product,
        audience=audience,
        segment=segment,
        position=position,
        articles=[found[pk] for pk in draft.articles if pk in found],
        by=request.viewer,  # type: ignore[attr-defined]
    )


def lines(one: FaqSet) -> list[tuple[str, str]]:
    """(site, the line of HTML): one for each address a brand's readers are led to, as its links lead there."""
    sites = dict.fromkeys([settings.BASE_URL, *(brand.site for brand in Brand.objects.listed())])
    return [(site, f'<script async src="{site}/faq/{one.pk}.js"></script>') for site in sites]


def shown(
    request: HttpRequest, one: FaqSet | None, draft: Draft, *, problem: str = "", status: int = 200
) -> HttpResponse:
    viewer = request.viewer  # type: ignore[attr-defined]
    titles = {
        article.pk: (text.title, article.audience)
        for article in Article.objects.visible_to(viewer).with_published()
        if (text := article.published(viewer.locale))
    }
    context: dict[str, Any] = {
        "one": one,
        "draft": draft,
        "questions": [
            (pk, *titles.get(pk, (_("No published text"), draft.audience))) for pk in draft.articles
        ],
        "choices": sorted(
            ((pk, title) for pk, (title, _who) in titles.items() if pk not in draft.articles),
            key=lambda each: each[1],
        ),
        "helped": helped_lately(draft.articles),
        "products": [(product.pk, product.name(viewer.locale)) for product in Product.objects.with_texts()],
        "audiences": audiences(),
        "locales": LOCALES,
        "lines": lines(one) if one and draft.audience == Audience.PUBLIC else [],
        "problem": problem,
    }
    return show(request, "console/faq_set.html", status=status, here="faq", **context)


def _free_slug(brand: Any, draft: Draft) -> str:
    slug = slug_of(draft.names["en"] or draft.names["ko"])[:70]
    taken = set(FaqSet.objects.filter(brand=brand).values_list("slug", flat=True))
    return next(name for name in [slug, *(f"{slug}-{n}" for n in range(2, 1000))] if name not in taken)


def _plain(text: str, most: int) -> str:
    return " ".join(text.replace("\0", "").split())[:most]
