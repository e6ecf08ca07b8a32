"""Labels and what readers of each language see in their place."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from handrail.core.alphabetical import Alphabetical
from handrail.knowledge.labelling import LETTERS_MAX
from handrail.knowledge.models import ArticleLabel
from handrail.web.console.frame import me, say_kept, show
from handrail.workspace.locales import LOCALES

ON_A_PAGE = 100


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/labels?find=<letters in it> and POST {label: its id, name.ko, name.en; empty is the word itself}."""
    if request.method != "POST":
        return shown(request)
    number = request.POST.get("label", "")
    label = get_object_or_404(ArticleLabel, pk=number if number.isdecimal() and len(number) < 18 else 0)
    names = {code: request.POST.get(f"name.{code}", "").replace("\0", "") for code in LOCALES}
    if any(len(" ".join(name.split())) > LETTERS_MAX for name in names.values()):
        problem = _("A label has %(letters)s letters at most.") % {"letters": LETTERS_MAX}
        return shown(request, sent={label.pk: names}, problem=problem)
    label.call(names, by=me(request))
    say_kept(request)
    return redirect("console:labels")


def shown(
    request: HttpRequest, *, sent: dict[int, dict[str, str]] | None = None, problem: str = ""
) -> HttpResponse:
    find = request.GET.get("find", "").replace("\0", "").strip()[:LETTERS_MAX]
    found = ArticleLabel.objects.annotate(carried=Count("articles")).filter(name__icontains=find)
    rows = list(found.order_by(Alphabetical("name"))[: ON_A_PAGE + 1])
    sent = sent or {}
    return show(
        request,
        "console/labels.html",
        status=422 if problem else 200,
        here="labels",
        rows=[(row, sent.get(row.pk, row.names)) for row in rows[:ON_A_PAGE]],
        is_more=len(rows) > ON_A_PAGE,
        find=find,
        problem=problem,
        locales=LOCALES,
        letters_max=LETTERS_MAX,
    )
