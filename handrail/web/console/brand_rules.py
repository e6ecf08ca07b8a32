"""What holds for the conversations of a help centre: how long the bot goes on, and how long what was done can be undone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.web.console.bot_rules import sentences
from handrail.web.console.frame import me, say_kept, show
from handrail.workspace.brand import REOPENING, TURNS, UNMERGING, OutOfRange
from handrail.workspace.models import Brand

# What the form calls each of brand.RULES.
SENT = {"turns": "automatic_turns_max", "days": "reopens_days", "merging": "unmerges_days"}


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/conversations"""
    return _shown(request)


def _shown(request: HttpRequest, *, status: int = 200, of: int = 0) -> HttpResponse:
    """The page; what was typed for the brand `of` stands in its fields again."""
    brands = list(Brand.objects.listed())
    typed = {name: request.POST[name][:20] for name in SENT if name in request.POST}
    return show(
        request,
        "console/brand_rules.html",
        status=status,
        typed={of: typed},
        here="rules",
        brands=brands,
        rules={brand.pk: sentences(brand) for brand in brands},
        turns=TURNS,
        reopening=REOPENING,
        unmerging=UNMERGING,
    )


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """POST brand (its id), turns, days, merging; one left out stays as it is."""
    brand = get_object_or_404(Brand, pk=_number(request.POST.get("brand", "")))
    numbers = {rule: _number(request.POST[name]) for name, rule in SENT.items() if name in request.POST}
    try:
        brand.rule(by=me(request), **numbers)
    except OutOfRange:
        messages.warning(
            request,
            _(
                "Nothing was changed. Automatic replies may be %(turns_from)s to %(turns_to)s, days for reopening %(days_from)s to %(days_to)s, days for taking a merging back %(merging_from)s to %(merging_to)s."
            )
            % {
                "turns_from": TURNS[0],
                "turns_to": TURNS[-1],
                "days_from": REOPENING[0],
                "days_to": REOPENING[-1],
                "merging_from": UNMERGING[0],
                "merging_to": UNMERGING[-1],
            },
        )
        return _shown(request, status=422, of=brand.pk)
    say_kept(request)
    return redirect("console:rules")


def _number(text: str) -> int:
    """A whole number as a form sends it; -1 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
