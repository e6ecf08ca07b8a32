"""Attributes of customers: what is to be known of people and organisations, and of which kind."""

from __future__ import annotations

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.contacts.attributes import About, Attribute
from handrail.web.console.fields import BLANK_ROWS, WORDS, Draft, edited, moved_up, shown_draft
from handrail.web.console.frame import me, show
from handrail.workspace.typed_fields import WITH_OPTIONS, Kind


def every(request: HttpRequest) -> HttpResponse:
    """GET /console/attributes: those asked, in their order, and those put away."""
    found = list(Attribute.objects.all())
    return show(
        request,
        "console/attributes.html",
        attributes=[each for each in found if each.archived_at is None],
        archived=[each for each in found if each.archived_at is not None],
        kinds=dict(Kind.choices),
        abouts=dict(About.choices),
        here="attributes",
    )


@require_POST
def order(request: HttpRequest) -> HttpResponse:
    """POST /console/attributes/order {up: key}: it stands one place higher."""
    keys = moved_up(
        list(Attribute.objects.active().values_list("key", flat=True)), request.POST.get("up", "")
    )
    if keys is None:
        raise Http404
    Attribute.arrange(keys, by=me(request))
    return redirect("console:attributes")


def new(request: HttpRequest) -> HttpResponse:
    """GET and POST /console/attributes/new"""
    return _edited(request, None, Draft())


def one(request: HttpRequest, attribute: str) -> HttpResponse:
    """GET and POST /console/attributes/<key> with `do`: save, rows, up:<row>, archive, restore."""
    found = get_object_or_404(Attribute, key=attribute)
    kept = Draft(
        key=found.key,
        kind=found.kind,
        words={name: getattr(found, name) for name in WORDS},
        options=[each for each in found.options if not each.get("gone")],
    )
    verb = request.POST.get("do", "save")
    if request.method == "POST" and verb in ("archive", "restore"):
        getattr(found, verb)(by=me(request))
        return redirect("console:attributes")
    return _edited(request, found, kept)


def _edited(request: HttpRequest, found: Attribute | None, kept: Draft) -> HttpResponse:
    shown, keep = partial(_shown, request, found), partial(_keep, request, found)
    return edited(request, kept, shown, keep, "console:attributes")


def _keep(request: HttpRequest, found: Attribute | None, draft: Draft) -> None:
    said: dict[str, object] = dict(draft.words)
    if draft.kind in WITH_OPTIONS:
        said["options"] = draft.options
    if found:
        found.rewrite(by=me(request), **said)
    else:
        Attribute.make(draft.key, draft.kind, by=me(request), about=_about(request), **said)


def _about(request: HttpRequest) -> str:
    wanted = request.POST.get("about", "")
    return wanted if wanted in About.values else About.PERSON


def _shown(
    request: HttpRequest,
    found: Attribute | None,
    draft: Draft,
    *,
    problem: str = "",
    status: int = 200,
    blank: int = BLANK_ROWS,
) -> HttpResponse:
    return show(
        request,
        "console/attribute.html",
        status=status,
        one=found,
        new_title=_("New attribute"),
        key_hint=_("What the search for customers calls it, such as plan. It stays."),
        abouts=About.choices,
        about=found.about if found else _about(request),
        kinds=[each for each in Kind.choices if each[0] != Kind.PRIORITY],
        problem=problem,
        here="attributes",
        **shown_draft(draft, blank=blank),
    )
