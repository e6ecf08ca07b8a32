"""대기열: the queue as a list, in the order in which turns come, and taking the next by one press."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.conversations.queries import page
from handrail.conversations.queue import longest_wait, take_next, waits_of
from handrail.core import clock
from handrail.web.desk.frame import list_token, show
from handrail.web.desk.going_on import just_left, trail_query
from handrail.web.desk.lines import Line
from handrail.web.desk.rows import rows_shown
from handrail.web.desk.runs import strip_of
from handrail.web.desk.sources import Source, source
from handrail.workspace.formats import lasting

QUEUE = "queue"


class Turn(NamedTuple):
    """A line of the queue. `place` as its customer is told it, counted from one; `waited` in words."""

    line: Line
    place: int
    since: str
    waited: str


def shown(request: HttpRequest, where: Source) -> HttpResponse:
    """GET /desk/views/queue/?team=&tag=&channel=&priority=&after="""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    after = request.GET.get("after", "")
    found = page(QUEUE, viewer=viewer, filters=where.filters, after=after)
    rows = rows_shown(viewer, found)
    waits, now = waits_of(found), clock.now()
    longest = longest_wait(viewer, filters=where.filters) if found.rows else None
    turns = [
        Turn(
            line,
            waits[line.number].place,
            waits[line.number].since.isoformat(timespec="seconds"),
            lasting(now - waits[line.number].since),
        )
        for line in rows["lines"]
        if line.number in waits
    ]
    return show(
        request,
        "desk/queue.html",
        **rows,
        **_around(request, where),
        turns=turns,
        longest=lasting(now - longest) if longest else "",
        is_first=not after,
        is_empty="empty" in request.GET and not found.rows,
        trail=trail_query(where),
        stream=list_token(viewer),
    )


@require_POST
def take(request: HttpRequest) -> HttpResponseRedirect:
    """POST where=<filters>: the first of the queue is the colleague's, and its page opens; an empty queue says so."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    user: User = request.user  # type: ignore[assignment]
    where = source(QUEUE, QueryDict(request.POST.get("where", "")[:400]), viewer=viewer)
    taken = take_next(viewer, by=user, filters=where.filters)
    if taken is None:
        return redirect(f"{where.path}{'&' if where.where else '?'}empty=1")
    response = redirect("desk:conversation", taken.pk)
    response["Location"] += f"?{trail_query(where)}"
    return response


def _around(request: HttpRequest, where: Source) -> dict[str, Any]:
    return {
        "here": QUEUE,
        "tab": QUEUE,
        "tabs": {},
        "filters": where.filters,
        "where": where.where,
        "order": "",
        "orders": {},
        "can_be_board": False,
        "back": where.path,
        **strip_of(request),
        **just_left(request),
    }
