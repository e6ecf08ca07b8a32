"""The host name of a brand: given, asked whether it leads here, led to, and given up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.web.console.brand_page import render
from handrail.web.console.frame import me
from handrail.web.console.portal import brand_of
from handrail.workspace.hosts import HostTaken, NoHost, says_more
from handrail.workspace.jobs import ask_soon
from handrail.workspace.models import Brand


@require_POST
def keep(request: HttpRequest, brand: int) -> HttpResponse:
    """POST host with keep (a name, or nothing to give it up), or ask (does it lead here), or lead (links go there)."""
    row = brand_of(request, brand)
    if "ask" in request.POST and row.host:
        ask_soon(row, answered_at())
        messages.success(request, _("The name is being asked. Load this page again in a moment."))
    elif "lead" in request.POST and row.host:
        row.lead_to_host(by=me(request))
        messages.success(
            request, _("Links and mails of this brand lead to %(host)s now.") % {"host": row.host}
        )
    elif "keep" in request.POST:
        return _keep(request, row)
    return redirect("console:brand", row.pk)


def _keep(request: HttpRequest, row: Brand) -> HttpResponse:
    typed = request.POST.get("host", "").strip()
    try:
        row.answer_at(typed, by=me(request))
    except NoHost:
        words = _(
            "“%(typed)s” is no host name. Write it like help.example.com, without an address behind it."
        )
        return render(request, row, problem=words % {"typed": typed[:120]}, typed={"host": typed})
    except HostTaken as taken:
        words = _("%(host)s leads to another help centre here already. Choose another name.")
        return render(request, row, problem=words % {"host": taken}, typed={"host": typed})
    if row.host:
        ask_soon(row, answered_at())
        if says_more(typed):
            words = _(
                "Only the host name was kept, %(host)s: a help centre has no address or port behind its name. The name is being asked; load this page again in a moment."
            )
            messages.warning(request, words % {"host": row.host})
        else:
            messages.success(request, _("Kept. The name is being asked; load this page again in a moment."))
    else:
        messages.success(request, _("Kept. This brand has no host name of its own any more."))
    return redirect("console:brand", row.pk)


def answered_at() -> str:
    return reverse("host-answer", args=["QUESTION"])
