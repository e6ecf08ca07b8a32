"""The brands of this site, and one more."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from handrail.channels.brands import open_brand
from handrail.channels.models import Inbox
from handrail.web.console.frame import me, show
from handrail.workspace.brand import NoName
from handrail.workspace.models import Brand


def page(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    """GET /console/brands. POST name_ko, name_en: makes one and goes on to its page."""
    if request.method == "POST" and not problem:
        return _make(request)
    mailboxes = Count("inboxes", filter=Q(inboxes__kind=Inbox.Kind.MAIL, inboxes__is_active=True))
    every = list(Brand.objects.annotate(mailboxes=mailboxes).order_by("pk"))
    return show(
        request,
        "console/brands.html",
        status=422 if problem else 200,
        here="brands",
        brands=[brand for brand in every if not brand.is_away],
        away=[brand for brand in every if brand.is_away],
        problem=problem,
        sent=request.POST if problem else {},
    )


def _make(request: HttpRequest) -> HttpResponse:
    try:
        brand = open_brand(request.POST.get("name_ko", ""), request.POST.get("name_en", ""), by=me(request))
    except NoName:
        return page(request, problem=no_name())
    messages.success(
        request, _("The brand is there. Draw its look, then give it a mailbox and an address of its own.")
    )
    return redirect("console:brand", brand.pk)


def no_name() -> str:
    return _("A brand needs a name in Korean and one in English. Both may be the same word.")
