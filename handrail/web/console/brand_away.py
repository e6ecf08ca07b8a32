"""Putting a brand away, once what comes of it was said (brand_reach.py), and bringing it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.web.console.brand_host import answered_at
from handrail.web.console.brand_page import render
from handrail.web.console.frame import me
from handrail.web.console.portal import brand_of
from handrail.workspace.brand import SitesOwn
from handrail.workspace.jobs import ask_soon


@require_POST
def put_away(request: HttpRequest, brand: int) -> HttpResponse:
    """POST: nobody comes to the brand any more."""
    row = brand_of(request, brand)
    try:
        row.put_away(by=me(request))
    except SitesOwn:
        words = _("%(brand)s is the site's own brand and can't be put away. Give it another name instead.")
        return render(request, row, problem=words % {"brand": row.name(request.viewer.locale)})  # type: ignore[attr-defined]
    messages.success(request, _("It is put away. You find it below the others, with a way back."))
    return redirect("console:brands")


@require_POST
def bring_back(request: HttpRequest, brand: int) -> HttpResponse:
    """POST: it is as it was, and its host name is asked anew."""
    row = brand_of(request, brand)
    row.bring_back(by=me(request))
    if row.host:
        ask_soon(row, answered_at())
    messages.success(request, _("It is back, with its look, its mailboxes and its host name."))
    return redirect("console:brand", row.pk)
