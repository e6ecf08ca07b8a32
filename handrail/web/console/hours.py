"""Opening hours: which there are, and each as it is typed, day by day with its breaks, with what it says of now."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from handrail.accounts.models import Team
from handrail.accounts.viewer import Viewer
from handrail.core import clock
from handrail.core.alphabetical import Alphabetical
from handrail.web.console.frame import me, say_kept, show
from handrail.web.console.hours_page import COUNTRIES, Draft, fresh, get, render
from handrail.workspace.hours import Weekly
from handrail.workspace.hours_words import hours_in_full, state_now, weekday
from handrail.workspace.models import BusinessHours
from handrail.workspace.weekly import DAYS, Misread, from_form

NAME_CHARS = 80


@dataclass(frozen=True)
class Row:
    """One of the list: in words, what holds now, and the names of the teams that keep it."""

    hours: BusinessHours
    full: str
    now: str
    teams: list[str]


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/hours"""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    locale, teams = viewer.locale, list(Team.objects.visible_to(viewer).by_name(viewer.locale))
    rows = [
        Row(
            hours,
            hours_in_full(hours, locale=locale),
            state_now(hours.times(), at=clock.now(), locale=locale),
            [team.name(locale) for team in teams if team.hours_id == hours.pk],
        )
        for hours in BusinessHours.objects.prefetch_related("closures").order_by(Alphabetical("name"))
    ]
    return show(request, "console/hours.html", here="hours", rows=rows)


def new(request: HttpRequest) -> HttpResponse:
    """GET and POST /console/hours/new, as `one`."""
    return _taken_in(request, None) if request.method == "POST" else render(request, None, fresh())


def one(request: HttpRequest, id: int) -> HttpResponse:
    """GET its page. POST name, zone, holidays, the week (workspace/weekly.py) and `do`: save, show, break:<day> or
    copy:<day>. Only save keeps anything."""
    found = get(id)
    return _taken_in(request, found) if request.method == "POST" else render(request, found)


def _taken_in(request: HttpRequest, found: BusinessHours | None) -> HttpResponse:
    draft = _typed(request)
    what, _colon, day = request.POST.get("do", "save").partition(":")
    if what == "break" and day in DAYS:
        draft.week.days[day] = draft.week.days[day].with_room()
    elif what == "copy" and day in DAYS:
        draft.week.copy(day)
    if what != "save":
        return render(request, found, draft)
    week = draft.week.read()
    if isinstance(week, Misread):
        return render(request, found, draft, problem=_misread(request, week))
    if problem := _problem(draft):
        return render(request, found, draft, problem=problem)
    return _kept(request, found, draft, week)


def _kept(request: HttpRequest, found: BusinessHours | None, draft: Draft, week: Weekly) -> HttpResponse:
    try:
        with transaction.atomic():
            if found:
                said = {"name": draft.name, "zone": draft.zone, "holidays": draft.holidays}
                found.plan(weekly=week, **said, by=me(request))
            else:
                found = BusinessHours.make(
                    draft.name, weekly=week, zone=draft.zone, holidays=draft.holidays, by=me(request)
                )
    except IntegrityError:
        words = _("Other hours are called “%(name)s”. Choose another name, or change those.")
        return render(request, found and get(found.pk), draft, problem=words % {"name": draft.name})
    say_kept(request)
    return redirect("console:hours-of", found.pk)


def _typed(request: HttpRequest) -> Draft:
    return Draft(
        name=" ".join(request.POST.get("name", "").replace("\0", "").split()),
        zone=request.POST.get("zone", "").strip(),
        holidays=request.POST.get("holidays", ""),
        week=from_form({key: request.POST.getlist(key) for key in request.POST}),
    )


def _problem(draft: Draft) -> str:
    if not draft.name or len(draft.name) > NAME_CHARS:
        return _("Give these hours a name of at most 80 letters.")
    if draft.zone not in available_timezones():
        return _("Choose a zone by its name, such as Asia/Seoul.")
    if draft.holidays and draft.holidays not in COUNTRIES:
        return _("Choose whose public holidays are closed.")
    return ""


def _misread(request: HttpRequest, wrong: Misread) -> str:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    words = {
        "times": _("%(day)s: write from when until when, and of each break both times."),
        "end": _(
            "%(day)s: the end is before the beginning. 00:00 as the end is midnight; what goes on after it is of the next day."
        ),
        "breaks": _("%(day)s: the breaks must lie within the hours, one after the other."),
    }
    return words[wrong.what] % {"day": weekday(int(wrong.day), viewer.locale)}
