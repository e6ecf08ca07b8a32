"""Segments of contacts: who belongs to each, as rules, and what is for them alone."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.contacts.models import Organisation
from handrail.contacts.segments import Rule, Segment
from handrail.knowledge.models import Article
from handrail.knowledge.slugs import slug_of
from handrail.web.console.frame import me, say_kept, show

RULES_MAX = 20


def page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    """GET /console/segments"""
    counts = dict(
        Article.objects.order_by().exclude(segment=None).values_list("segment").annotate(Count("pk"))
    )
    segments = Segment.objects.prefetch_related("rules__organisation")
    return show(
        request,
        "console/segments.html",
        status=status,
        here="segments",
        segments=[
            (segment, "\n".join(map(said, segment.rules.all())), counts.get(segment.pk, 0))
            for segment in segments
        ],
        problem=problem,
        sent=request.POST,
    )


def said(rule: object) -> str:
    """A rule as a colleague writes it: `organisation: 나무책방`, `vip`, `plan = business`."""
    if rule.organisation:  # type: ignore[attr-defined]
        return f"organisation: {rule.organisation.name}"  # type: ignore[attr-defined]
    return f"{rule.mark} = {rule.value}" if rule.value else rule.mark  # type: ignore[attr-defined]


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """POST slug (of the one to change), name_ko, name_en, matches, rules (one a line)."""
    names = {code: request.POST.get(f"name_{code}", "").strip()[:80] for code in ("ko", "en")}
    if not all(names.values()):
        return page(request, problem=_("Give it a name in each language."), status=422)
    try:
        rules = [rule_of(line) for line in request.POST.get("rules", "").splitlines() if line.strip()][
            :RULES_MAX
        ]
    except Organisation.DoesNotExist as lost:
        problem = _("There is no organisation called “%(name)s”.") % {"name": lost}
        return page(request, problem=problem, status=422)
    if not rules:
        return page(request, problem=_("Write one rule at least; nobody would belong to it."), status=422)
    slug = request.POST.get("slug", "")
    if not Segment.objects.filter(slug=slug).exists():
        slug = free_slug(names["en"])
    matches = request.POST.get("matches", "")
    Segment.define(
        slug, names=names, rules=rules, by=me(request),
        matches=matches if matches in Segment.Matches.values else Segment.Matches.ANY,
    )  # fmt: skip
    say_kept(request)
    return redirect("console:segments")


def rule_of(line: str) -> Rule:
    """A rule from a line. Raises Organisation.DoesNotExist, with its name, for one we do not know."""
    name, mark, rest = line.partition(":")
    if mark and name.strip().lower() in {"organisation", "organization", "조직"}:
        found = Organisation.objects.filter(name=rest.strip()).first()
        if found is None:
            raise Organisation.DoesNotExist(rest.strip())
        return Rule(organisation=found)
    name, _mark, value = line.partition("=")
    return Rule(mark=name.strip()[:60], value=value.strip()[:120])


def free_slug(name: str) -> str:
    wanted = slug_of(name).encode("ascii", "ignore").decode().strip("-")[:50] or "segment"
    taken = set(Segment.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number = next(n for n in range(1, len(taken) + 2) if (wanted if n == 1 else f"{wanted}-{n}") not in taken)
    return wanted if number == 1 else f"{wanted}-{number}"
