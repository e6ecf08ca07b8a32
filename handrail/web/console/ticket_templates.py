"""Ticket templates: what a colleague begins a new conversation with, made by managers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from handrail.accounts.models import Team
from handrail.accounts.viewer import Viewer
from handrail.conversations.checklists import Checklist
from handrail.conversations.forms import RequestForm
from handrail.conversations.labels import Priority, Type
from handrail.conversations.ticket_templates import TEXT_MOST, TicketTemplate
from handrail.knowledge.slugs import slug_of
from handrail.web.console.frame import me, show
from handrail.web.field_rows import Rows, choices, rows_of, values_of
from handrail.workspace.typed import Unfit

WORDS = {
    "name_ko": 80,
    "name_en": 80,
    "subject_ko": 255,
    "subject_en": 255,
    "text_ko": TEXT_MOST,
    "text_en": TEXT_MOST,
}
CODED = {"priority": Priority, "type": Type, "first": TicketTemplate.First}
NAMED = ("team", "form", "checklist")


@dataclass(frozen=True)
class Draft:
    """A template as the page says it; ids of team, form and checklist as text, "" for none."""

    words: dict[str, str] = field(default_factory=lambda: dict.fromkeys(WORDS, ""))
    codes: dict[str, str] = field(
        default_factory=lambda: {"priority": "normal", "type": "question", "first": "ours"}
    )
    ids: dict[str, str] = field(default_factory=lambda: dict.fromkeys(NAMED, ""))
    rows: Rows = field(default_factory=list)


def every(request: HttpRequest) -> HttpResponse:
    """GET /console/templates"""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = (
        TicketTemplate.objects.visible_to(viewer)
        .by_name(viewer.locale)
        .select_related("team", "form", "checklist")
    )
    return show(request, "console/templates.html", templates=list(found), here="templates")


def new(request: HttpRequest) -> HttpResponse:
    """GET and POST /console/templates/new"""
    return _edited(request, None, Draft())


def one(request: HttpRequest, template: str) -> HttpResponse:
    """GET and POST /console/templates/<slug> with `do`: save or archive."""
    seen = TicketTemplate.objects.visible_to(request.viewer)  # type: ignore[attr-defined]
    found = get_object_or_404(seen, slug=template)
    if request.POST.get("do") == "archive":
        found.archive(by=me(request))
        return redirect("console:templates")
    kept = Draft(
        words={name: getattr(found, name) for name in WORDS},
        codes={name: getattr(found, name) for name in CODED},
        ids={name: str(getattr(found, f"{name}_id") or "") for name in NAMED},
        rows=[(key, ",".join(value)) for key, value in found.values.items()],
    )
    return _edited(request, found, kept)


def _edited(request: HttpRequest, found: TicketTemplate | None, kept: Draft) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, found, kept)
    draft = _read(request.POST)
    if not (draft.words["name_ko"] and draft.words["name_en"]):
        return _shown(request, found, draft, problem=_("Give it a name in each language."))
    try:
        values = {each.key: value for each, value in values_of(draft.rows).items()}
    except Unfit as unfit:
        return _shown(request, found, draft, problem=str(unfit))
    offered = _offered(request)
    said: dict[str, Any] = draft.words | draft.codes
    said |= {name: offered[name].filter(pk=draft.ids[name] or 0).first() for name in NAMED}
    if found:
        found.rewrite(by=me(request), values=values, **said)
    else:
        TicketTemplate.make(_free_slug(draft.words["name_en"]), by=me(request), values=values, **said)
    messages.success(request, _("Kept."))
    return redirect("console:templates")


def _read(sent: QueryDict) -> Draft:
    def coded(name: str) -> str:
        wanted = sent.get(name, "")
        return wanted if wanted in CODED[name].values else Draft().codes[name]

    def named(name: str) -> str:
        wanted = sent.get(name, "")
        return wanted if wanted.isdecimal() and len(wanted) < 16 else ""

    return Draft(
        words={name: sent.get(name, "").replace("\0", "").strip()[:most] for name, most in WORDS.items()},
        codes={name: coded(name) for name in CODED},
        ids={name: named(name) for name in NAMED},
        rows=rows_of(sent),
    )


def _offered(request: HttpRequest) -> dict[str, QuerySet[Any, Any]]:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    hidden = viewer.hidden_team_ids or frozenset()
    return {
        "team": Team.objects.exclude(pk__in=hidden).by_name(viewer.locale),
        "form": RequestForm.objects.active(),
        "checklist": Checklist.objects.offered(viewer.locale),
    }


def _shown(
    request: HttpRequest, found: TicketTemplate | None, draft: Draft, *, problem: str = ""
) -> HttpResponse:
    locale: str = request.viewer.locale  # type: ignore[attr-defined]

    def listed(rows: QuerySet[Any, Any]) -> list[tuple[int, str]]:
        return [(row.pk, row.name(locale)) for row in rows]

    return show(
        request,
        "console/template.html",
        status=422 if problem else 200,
        one=found,
        draft=draft,
        offered={name: listed(rows) for name, rows in _offered(request).items()},
        priorities=Priority.choices,
        types=Type.choices,
        fields=choices(locale),
        problem=problem,
        here="templates",
    )


def _free_slug(name: str) -> str:
    wanted = slug_of(name).encode("ascii", "ignore").decode().strip("-")[:50] or "template"
    rows: QuerySet[Model, Any] = TicketTemplate.objects.filter(slug__startswith=wanted)
    taken = set(rows.values_list("slug", flat=True))
    return next(
        slug for n in range(1, len(taken) + 2) if (slug := wanted if n == 1 else f"{wanted}-{n}") not in taken
    )
