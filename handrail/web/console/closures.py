"""Days on which a plan of opening hours does not hold, with the reason customers read."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.core import clock
from handrail.web.console.frame import me, say_kept
from handrail.web.console.hours_page import get, render
from handrail.workspace.models import BusinessHours

REASON_CHARS = 120
DAYS_MOST = 31
YEARS_AHEAD = 3


@require_POST
def close(request: HttpRequest, id: int) -> HttpResponse:
    """POST first, last (dates; an empty last is the same day), reason_ko, reason_en."""
    hours = get(id)
    sent = {key: _line(request, key) for key in ("first", "last", "reason_ko", "reason_en")}
    first, last = _date(sent["first"]), _date(sent["last"] or sent["first"])
    if first is None or last is None:
        return render(request, hours, problem=_("Choose the day from the calendar."), closing=sent)
    if problem := _problem(hours, first, last, sent):
        return render(request, hours, problem=problem, closing=sent)
    with transaction.atomic():
        for ahead in range((last - first).days + 1):
            hours.close_on(
                first + timedelta(days=ahead),
                reason_ko=sent["reason_ko"],
                reason_en=sent["reason_en"],
                by=me(request),
            )
    say_kept(request)
    return redirect("console:hours-of", id)


@require_POST
def reopen(request: HttpRequest, id: int) -> HttpResponse:
    """POST day: open as in any week."""
    hours = get(id)
    if day := _date(_line(request, "day")):
        hours.open_on(day, by=me(request))
        say_kept(request)
    return redirect("console:hours-of", id)


def _problem(hours: BusinessHours, first: date, last: date, sent: dict[str, str]) -> str:
    today = clock.now().astimezone(ZoneInfo(hours.zone)).date()
    if first < today:
        return _("That day is over. Choose today or a later one.")
    if last < first:
        return _("The last day is before the first.")
    if (last - first).days >= DAYS_MOST or last.year > today.year + YEARS_AHEAD:
        return _("Close at most 31 days at once, within the next three years.")
    if not all(0 < len(sent[key]) <= REASON_CHARS for key in ("reason_ko", "reason_en")):
        return _("Write the reason in Korean and in English, at most 120 letters each. Customers read it.")
    return ""


def _line(request: HttpRequest, key: str) -> str:
    return " ".join(request.POST.get(key, "").replace("\0", "").split())


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
