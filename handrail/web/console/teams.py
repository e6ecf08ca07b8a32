"""Teams: a new one, their names and hours, who sees their conversations, and who of them may write to a customer."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import Team
from handrail.accounts.viewer import Viewer
from handrail.core.alphabetical import Alphabetical
from handrail.web.console.frame import me, show
from handrail.workspace.models import BusinessHours

NAME_CHARS = 80


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/teams. POST name_ko, name_en, hours (an id or nothing), private: makes one."""
    if request.method != "POST":
        return _list(request)
    names = _names(request)
    if problem := _problem(names):
        return _list(request, problem=problem)
    Team.make(**names, hours=_hours(request), is_private="private" in request.POST, by=me(request))
    messages.success(request, _("The team is there. Under Colleagues you choose who belongs to it."))
    return redirect("console:teams")


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """POST team (its id), name_ko, name_en, hours (an id or nothing), private, only_assignee."""
    pk = request.POST.get("team", "")
    team = get_object_or_404(_seen(request), pk=pk if pk.isdigit() and len(pk) < 16 else 0)
    names = _names(request)
    if problem := _problem(names):
        return _list(request, problem=problem)
    by = me(request)
    with transaction.atomic():
        team.rename(**names, by=by)
        team.keep_hours(_hours(request), by=by)
        team.shut("private" in request.POST, by=by)
        team.leave_to_assignee("only_assignee" in request.POST, by=by)
    messages.success(request, _("Kept."))
    return redirect("console:teams")


def _list(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    sent = request.POST if problem else {}
    return show(
        request,
        "console/teams.html",
        status=422 if problem else 200,
        here="teams",
        teams=list(_seen(request)),
        hours=[(each.pk, each.name) for each in BusinessHours.objects.order_by(Alphabetical("name"))],
        problem=problem,
        sent={} if "team" in sent else sent,
    )


def _names(request: HttpRequest) -> dict[str, str]:
    said = {key: request.POST.get(key, "").replace("\0", "") for key in ("name_ko", "name_en")}
    return {key: " ".join(text.split()) for key, text in said.items()}


def _problem(names: dict[str, str]) -> str:
    if all(0 < len(name) <= NAME_CHARS for name in names.values()):
        return ""
    return _("Give the team a name in Korean and in English, at most 80 letters each. Customers read it.")


def _hours(request: HttpRequest) -> BusinessHours | None:
    pk = request.POST.get("hours", "")
    return get_object_or_404(BusinessHours, pk=pk if pk.isdecimal() and len(pk) < 16 else 0) if pk else None


def _seen(request: HttpRequest) -> QuerySet[Team]:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    counted = Count("members", filter=Q(members__is_active=True))
    return Team.objects.visible_to(viewer).annotate(colleagues=counted).by_name(viewer.locale)
