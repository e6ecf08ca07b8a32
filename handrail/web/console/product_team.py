"""Which team answers for a product: a need about it goes there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from handrail.accounts.models import Team
from handrail.knowledge.models import Product
from handrail.web.console.frame import me


@require_POST
def give(request: HttpRequest, product: int) -> HttpResponse:
    """POST /console/topics/products/<id>/team {team}: an id, or "" for whoever the inbox belongs to."""
    found = get_object_or_404(Product.objects.select_related("brand", "team"), pk=product)
    wanted = request.POST.get("team", "")
    team = get_object_or_404(Team, pk=wanted) if wanted.isdecimal() and len(wanted) < 18 else None
    found.give_to(team, by=me(request))
    return redirect("console:topics")
