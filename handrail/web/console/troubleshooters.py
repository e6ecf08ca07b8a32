"""Troubleshooters: those there are, and a new one."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.core import clock
from handrail.core.events.models import Event
from handrail.knowledge.models import Topic, Troubleshooter
from handrail.knowledge.troubleshooting.tree import said
from handrail.web.console.frame import say_kept, show

RECENTLY = timedelta(days=30)


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/troubleshooters; POST {name_ko, name_en, topic}: a new one."""
    viewer = request.viewer  # type: ignore[attr-defined]
    problem = ""
    if request.method == "POST":
        names = {code: request.POST.get(f"name_{code}", "").strip()[:200] for code in ("ko", "en")}
        if any(names.values()):
            topic = get_object_or_404(Topic, pk=request.POST.get("topic") or 0)
            made = Troubleshooter.start(topic, names=names, by=viewer)
            return redirect("console:troubleshooter", made.pk)
        problem = _("Give it a name in one language at least; the other can follow.")
    rows = list(Troubleshooter.objects.editable_by(viewer).prefetch_related("article__topic__texts"))
    return show(
        request,
        "console/troubleshooters.html",
        rows=[(one, said(one.drawn.name, viewer.locale) or str(one)) for one in rows],
        solved=solved_lately(),
        topics=topics(viewer.locale),
        problem=problem,
        here="troubleshooters",
    )


def solved_lately() -> dict[int, int]:
    """troubleshooter id -> how many said in the last 30 days that it solved their problem."""
    facts = Event.objects.filter(verb="troubleshooter.solved", at__gte=clock.now() - RECENTLY)
    return dict(facts.values_list("subject_id").annotate(Count("pk")).order_by())


def topics(locale: str) -> list[tuple[int, str]]:
    """(id, "product › topic") of every topic, in their order."""
    found = Topic.objects.with_texts().order_by("product__position", "position", "pk")
    return [(topic.pk, f"{topic.product.name(locale)} › {topic.name(locale)}") for topic in found]


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """POST …/<pk>/withdraw: gone from every page at once; the draft stays."""
    viewer = request.viewer  # type: ignore[attr-defined]
    one = get_object_or_404(Troubleshooter.objects.editable_by(viewer), pk=pk)
    one.withdraw(by=viewer)
    say_kept(request)
    return redirect("console:troubleshooter", pk)


@require_POST
def restore(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """POST …/<pk>/versions/<version>/restore: that one is the draft again."""
    viewer = request.viewer  # type: ignore[attr-defined]
    one = get_object_or_404(Troubleshooter.objects.editable_by(viewer), pk=pk)
    one.restore(get_object_or_404(one.versions, number=version), by=viewer)
    say_kept(request)
    return redirect("console:troubleshooter", pk)
