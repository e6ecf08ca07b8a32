"""Lists of conversations: the views, what narrows them, and search."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect

from handrail.accounts.viewer import Viewer
from handrail.conversations import search as finding
from handrail.conversations.labels import Priority
from handrail.conversations.queries import (
    CHAT_TABS,
    VIEWS,
    Filters,
    Page,
    addresses_of,
    page,
    tags_of,
)
from handrail.conversations.status import Status
from handrail.web.desk.frame import list_token, show, shown_counts, visible_teams
from handrail.web.desk.lines import lines
from handrail.web.desk.runs import strip_of

NARROWING = ("status", "team", "tag", "channel", "priority")
CHANNELS = ("mail", "chat", "form", "phone")


def home(request: HttpRequest) -> HttpResponse:
    """GET /desk/: my conversations; whoever may not read any is shown what they may do instead."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if "conversations.read" not in viewer.rights:
        return show(request, "desk/no_conversations.html")
    return _list(request, "mine")


def view(request: HttpRequest, name: str) -> HttpResponse:
    """GET /desk/views/<name>?status=&team=&tag=&channel=&priority=&after="""
    if not is_view(name):
        raise Http404
    return _list(request, name)


def counted(request: HttpRequest) -> JsonResponse:
    """GET /desk/counts -> {"mine": "3", "unassigned": "1000+", …} and a fresh token for the list's stream."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return JsonResponse({"counts": shown_counts(viewer), "token": list_token(viewer)})


def search(request: HttpRequest) -> HttpResponse:
    """GET /desk/search?query=: a number goes straight there; anything else lists what was found."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    text = request.GET.get("query", "")
    if straight := finding.by_number(text, viewer=viewer):
        return redirect("desk:conversation", straight.number)
    came = finding.find(text, viewer=viewer)
    rows = came.rows
    found = Page(
        rows,
        tags=tags_of([row.number for row in rows]),
        addresses=addresses_of([row.requester_id for row in rows if not row.requester_name]),
    )
    is_cut = len(rows) >= finding.FOUND_MOST
    return show(
        request, "desk/search.html", **_rows(viewer, found), asked=text, is_cut=is_cut, problems=came.problems
    )


def is_view(name: str) -> bool:
    """Whether a list goes by this name."""
    return name in VIEWS or name in CHAT_TABS


def filters_of(asked: QueryDict) -> Filters:
    """What the address narrows the list to; a value nobody knows narrows nothing."""
    team = asked.get("team", "")
    return Filters(
        status=_one_of(asked.get("status"), Status.values),
        team=int(team) if team.isdigit() and len(team) < 10 else None,
        tag=asked.get("tag", "")[:40],
        channel=_one_of(asked.get("channel"), CHANNELS),
        priority=_one_of(asked.get("priority"), Priority.values),
    )


def _list(request: HttpRequest, name: str) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    filters = filters_of(request.GET)
    after = request.GET.get("after", "")
    found = page(name, viewer=viewer, filters=filters, after=after)
    return show(
        request,
        "desk/list.html",
        **_rows(viewer, found),
        here="chat" if name in CHAT_TABS else name,
        tabs=CHAT_TABS if name in CHAT_TABS else {},
        tab=name,
        filters=filters,
        is_first=not after,
        where=_where(request.GET),
        **strip_of(request),
        stream=list_token(viewer),
    )


def _where(asked: QueryDict) -> str:
    """What narrows the list, as a form carries it along."""
    return urlencode([(name, asked.get(name, "")) for name in NARROWING if asked.get(name)])


def _rows(viewer: Viewer, found: Page) -> dict[str, Any]:
    known = visible_teams(viewer)
    return {
        "found": found,
        "lines": lines(found, viewer=viewer, teams=known),
        "team_names": known,
        "statuses": Status,
        "priorities": Priority,
    }


def _one_of(value: str | None, known: Any) -> str:
    return value if value and value in known else ""
