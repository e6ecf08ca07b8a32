"""Moving topics and articles on the shelves: by a button, by the keyboard, or by being dropped somewhere."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from handrail.knowledge.models import Article, Product, Topic
from handrail.knowledge.nesting import CannotStandThere
from handrail.knowledge.placing import place
from handrail.web.console import topics

Row = TypeVar("Row", Topic, Product, Article)


@require_POST
def move_topic(request: HttpRequest, topic: int) -> HttpResponse:
    """POST /console/topics/<id>/move: one step {to: up|down|in|out}, or to a place {product or parent, before}."""
    moved = get_object_or_404(Topic.objects.select_related("product", "parent"), pk=topic)
    by = request.user
    try:
        if step := request.POST.get("to", ""):
            where = step_of(moved, step)
            if where is not None:
                moved.put(**where, by=by)  # type: ignore[arg-type]
        else:
            parent = _named(Topic, request, "parent")
            product = _named(Product, request, "product") or (parent.product if parent else moved.product)
            moved.put(parent=parent, product=product, before=_named(Topic, request, "before"), by=by)  # type: ignore[arg-type]
    except CannotStandThere as reason:
        return topics.page(request, problem=str(reason), status=409)
    return redirect("console:topics")


def step_of(moved: Topic, step: str) -> dict[str, Topic | Product | None] | None:
    """Where one step leads; None where there is no further place that way."""
    beside = list(Topic.objects.filter(product=moved.product, parent=moved.parent))
    at = beside.index(moved)
    if step == "up" and at > 0:
        return {"parent": moved.parent, "before": beside[at - 1]}
    if step == "down" and at + 1 < len(beside):
        return {"parent": moved.parent, "before": beside[at + 2] if at + 2 < len(beside) else None}
    if step == "in" and at > 0:
        return {"parent": beside[at - 1]}
    if step == "out" and moved.parent:
        above = list(Topic.objects.filter(product=moved.product, parent=moved.parent.parent))
        following = above.index(moved.parent) + 1
        return {"parent": moved.parent.parent, "before": above[following] if following < len(above) else None}
    return None


@require_POST
def move_article(request: HttpRequest, article: int) -> HttpResponse:
    """POST /console/topics/articles/<id>/move: {to: up|down}, or {topic, before}."""
    moved = get_object_or_404(Article.objects.select_related("topic__product__brand"), pk=article)
    target, before = _named(Topic, request, "topic") or moved.topic, _named(Article, request, "before")
    if step := request.POST.get("to", ""):
        beside = list(moved.topic.articles.all())
        at = beside.index(moved) + (-1 if step == "up" else 2)
        before = beside[max(at, 0)] if at < len(beside) else None
    if before != moved:
        place(moved, target, before=before, by=request.user)  # type: ignore[arg-type]
    return redirect(f"{reverse('console:topics')}?open={target.pk}")


@require_POST
def dissolve(request: HttpRequest, topic: int) -> HttpResponse:
    """POST /console/topics/<id>/dissolve {into}: what it holds goes there, and its address leads there."""
    gone = get_object_or_404(Topic.objects.select_related("product"), pk=topic)
    into = get_object_or_404(Topic, pk=topics.number_in(request, "into"))
    try:
        gone.dissolve(into=into, by=request.user)  # type: ignore[arg-type]
    except CannotStandThere as reason:
        return topics.edit(request, topic, problem=str(reason), status=409)
    return redirect("console:topics")


@require_POST
def move_product(request: HttpRequest, product: int) -> HttpResponse:
    """POST /console/topics/products/<id>/move {to: up|down}"""
    moved = get_object_or_404(Product.objects.listed().select_related("brand"), pk=product)
    beside = list(Product.objects.listed().filter(brand=moved.brand))
    at = beside.index(moved) + (-1 if request.POST.get("to") == "up" else 2)
    before = beside[max(at, 0)] if at < len(beside) else None
    if before != moved:
        moved.put(before=before, by=request.user)  # type: ignore[arg-type]
    return redirect("console:topics")


def _named(kind: type[Row], request: HttpRequest, field: str) -> Row | None:
    return kind._default_manager.filter(pk=topics.number_in(request, field)).first()
