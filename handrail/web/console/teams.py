"""How each team works: who of its colleagues may write to a customer."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import Team
from handrail.accounts.viewer import Viewer
from handrail.web.console.frame import me, show


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/teams"""
    return show(request, "console/teams.html", here="teams", teams=list(_seen(request)))


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """POST team (its id), only_assignee."""
    pk = request.POST.get("team", "")
    team = get_object_or_404(_seen(request), pk=pk if pk.isdigit() and len(pk) < 16 else 0)
    team.leave_to_assignee("only_assignee" in request.POST, by=me(request))
    messages.success(request, _("Kept."))
    return redirect("console:teams")


def _seen(request: HttpRequest) -> QuerySet[Team]:
    """A private team does not exist for who is not in it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    seen = Team.objects.filter(Q(is_private=False) | Q(pk__in=viewer.team_ids))
    return seen.annotate(colleagues=Count("members")).order_by("name_ko", "pk")
