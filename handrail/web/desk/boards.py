"""A view as a board: a column for each status, and cards that move between them."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.automation.changes import Change
from handrail.automation.runs import Run, Step, start, told
from handrail.conversations.boards import columns, of_saved, of_view
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import called, is_settable
from handrail.conversations.queries import WHOLE
from handrail.conversations.status import Status
from handrail.web.desk.frame import capped, list_token, show, visible_teams
from handrail.web.desk.going_on import trail_query
from handrail.web.desk.lines import Line, lines
from handrail.web.desk.rows import rows_shown
from handrail.web.desk.runs import strip_of, to_list
from handrail.web.desk.sources import Source, source
from handrail.web.desk.statuses import settable


class Shown(NamedTuple):
    """A column as its template unpacks it. `rest`: where the list with all of it is; "" where all of it is shown."""

    status: Status
    cards: list[Line]
    counted: str
    rest: str


def board(request: HttpRequest, name: str) -> HttpResponse:
    """GET /desk/views/<name>/board?team=&tag=&channel=&priority=: the view in columns."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    where = source(name, request.GET, viewer=viewer)
    if not can_be_board(where):
        raise Http404
    fitting = (
        of_saved(where.saved.query, viewer=viewer)
        if where.saved
        else of_view(name, viewer=viewer, filters=where.filters)
    )
    found = columns(fitting, viewer=viewer)
    teams, strip = visible_teams(viewer), strip_of(request)
    return show(
        request,
        "desk/board.html",
        **rows_shown(viewer, found[0].page),
        columns=[
            Shown(
                each.status,
                lines(each.page, viewer=viewer, teams=teams),
                capped(each.count),
                _rest(where, each.status) if each.count > len(each.page.rows) else "",
            )
            for each in found
        ],
        moves=settable(viewer.locale),
        title=where.saved.title if where.saved else "",
        is_saved=where.saved is not None,
        here=name,
        tab=name,
        filters=where.filters,
        where=where.where,
        **{**strip, "back": _path(where)},
        **_moved(strip["run"], viewer.locale),
        trail=trail_query(where),
        stream=list_token(viewer),
    )


@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """POST number, status, back: one card goes to another column; its board shows what came of it and the way back."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    user: User = request.user  # type: ignore[assignment]
    number, status = request.POST.get("number", ""), request.POST.get("status", "")
    if not is_settable(status) or not number.isdigit() or len(number) > 15:
        raise Http404
    conversation = get_object_or_404(Conversation.objects.visible_to(viewer), pk=number)
    run = start([conversation.pk], by=user, changes=[Change("status", status)])
    return to_list(request, run)


def can_be_board(where: Source) -> bool:
    """Whether a list can stand in columns by status: one that is of a single status cannot."""
    return where.saved is not None or where.name in WHOLE


def _moved(run: Run | None, locale: str) -> dict[str, Any]:
    """What the line above the board says of the card that was moved last; `locale` is the active one. What did something
    else to it is told as every run is."""
    is_move = run is not None and [each.get("kind") for each in run.changes] == ["status"]
    step = run.steps.select_related("conversation").first() if run and is_move else None
    if step is None:
        return {"moved": None}
    is_refused = step.state == Step.State.REFUSED
    if is_refused:
        said = told(step, locale=locale)["reason"]
    else:
        there = step.conversation
        where = called(there.status, there.custom_status_id, locale)
        said = _("#%(number)s is now in “%(column)s”.") % {"number": step.conversation_id, "column": where}
    return {"moved": step.conversation_id, "moved_said": said, "is_refused": is_refused}


def _path(where: Source) -> str:
    path = reverse("desk:board", args=[where.name])
    return f"{path}?{where.where}" if where.where else path


def _rest(where: Source, status: Status) -> str:
    if where.saved:
        asked = {"query": f"{where.saved.query} status:{status.value}".strip()}
        return f"{reverse('desk:search')}?{urlencode(asked)}"
    if status == Status.SOLVED:
        return f"{reverse('desk:view', args=['solved'])}?{where.where}"
    more = f"&{where.where}" if where.where else ""
    return f"{reverse('desk:view', args=[where.name])}?status={status.value}{more}"
