"""The shelves: every product with its topics as a tree, and the articles of the one that is open, in their order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import Team
from handrail.knowledge.models import Article, Product, Topic
from handrail.knowledge.slugs import slug_of
from handrail.web.console.frame import say_kept, show
from handrail.workspace.locales import LOCALES, best

ARTICLES_MAX = 200


@dataclass
class Branch:
    """A topic with how many articles it holds itself, and the topics below it."""

    topic: Topic
    count: int
    below: list[Branch]


@dataclass
class Shelf:
    product: Product
    topics: list[Branch]


def page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    """GET /console/topics?open=<topic>"""
    opened = request.GET.get("open", "")
    number = int(opened) if opened.isdecimal() and len(opened) < 18 else None
    return show(
        request,
        "console/topics.html",
        status=status,
        shelves=shelves(),
        opened=number,
        articles=articles(number, request.viewer.locale),
        problem=problem,
        teams=teams(request),
        here="topics",
    )


def teams(request: HttpRequest) -> list[tuple[int, str]]:
    """Numbers and names of the teams that may answer for a product, for those who may say which does."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if "workspace.write" not in viewer.rights:
        return []
    return [(team.pk, team.name(viewer.locale)) for team in Team.objects.order_by("pk")]


def shelves() -> list[Shelf]:
    """Every product and topic, whether it holds something or not; what was put away comes last."""
    counts = dict(Article.objects.order_by().values_list("topic").annotate(Count("pk")))
    by_place: dict[tuple[int, int | None], list[Topic]] = defaultdict(list)
    for topic in Topic.objects.with_texts():
        by_place[topic.product_id, topic.parent_id].append(topic)

    def branches(product: int, parent: int | None) -> list[Branch]:
        return [
            Branch(topic, counts.get(topic.pk, 0), branches(product, topic.pk))
            for topic in by_place[product, parent]
        ]

    products = sorted(Product.objects.with_texts(), key=lambda each: each.is_away)
    return [Shelf(product, branches(product.pk, None)) for product in products]


def articles(topic: int | None, locale: str) -> list[tuple[Article, str]]:
    """What one topic holds, drafts too, in order, each with its title."""
    if topic is None:
        return []
    found = Article.objects.filter(topic=topic).prefetch_related(
        "translations__published", "translations__draft"
    )
    texts = [(article, best(article.translations.all(), locale)) for article in found[:ARTICLES_MAX]]
    return [(article, text.title if text else str(article)) for article, text in texts]


def edit(request: HttpRequest, topic: int, *, problem: str = "", status: int = 200) -> HttpResponse:
    """GET /console/topics/<id>: its names, what it is for, and the way to dissolve it. POST: keep them."""
    found = get_object_or_404(Topic.objects.with_texts(), pk=topic)
    if request.method == "POST" and not problem:
        names = {code: request.POST.get(f"name_{code}", "").strip() for code in LOCALES}
        if all(names.values()):
            return _kept(request, found, names)
        problem, status = _("Give it a name in each language."), 400
    within = found.subtree()
    return show(
        request,
        "console/topic.html",
        status=status,
        topic=found,
        texts={text.locale: text for text in found.texts.all()},
        others=[each for each in Topic.objects.with_texts() if each not in within],
        problem=problem,
        here="topics",
    )


def _kept(request: HttpRequest, topic: Topic, names: dict[str, str]) -> HttpResponse:
    descriptions = {code: request.POST.get(f"description_{code}", "").strip() for code in LOCALES}
    role = request.POST.get("role", topic.role)
    Topic.offer(
        topic.product, topic.slug, names=names, descriptions=descriptions,
        role=role if role in Topic.Role.values else topic.role, by=request.user,  # type: ignore[arg-type]
    )  # fmt: skip
    say_kept(request)
    return redirect("console:topics")


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """POST /console/topics/new {product, parent, name_ko, name_en}: a topic, last in its place."""
    product = get_object_or_404(Product, pk=number_in(request, "product"))
    parent = Topic.objects.filter(product=product, pk=number_in(request, "parent")).first()
    names = {code: request.POST.get(f"name_{code}", "").strip() for code in LOCALES}
    if not all(names.values()):
        return page(request, problem=_("Give it a name in each language."), status=400)
    topic = Topic.offer(product, free_slug(product, names["en"]), names=names, by=request.user)  # type: ignore[arg-type]
    topic.put(parent=parent, by=request.user)  # type: ignore[arg-type]
    say_kept(request)
    return redirect("console:topics")


def free_slug(product: Product, name: str) -> str:
    """A slug no other topic of the product has: `returns`, `returns-2`."""
    wanted = slug_of(name)[:70]
    taken = set(Topic.objects.filter(product=product, slug__startswith=wanted).values_list("slug", flat=True))
    number = next(n for n in range(1, len(taken) + 2) if (wanted if n == 1 else f"{wanted}-{n}") not in taken)
    return wanted if number == 1 else f"{wanted}-{number}"


def number_in(request: HttpRequest, name: str) -> int:
    said = request.POST.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 18 else 0
