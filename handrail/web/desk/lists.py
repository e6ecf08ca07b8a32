"""Lists of conversations: the views, what narrows them, and search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.conversations import search as finding
from handrail.conversations.orders import SORTS
from handrail.conversations.passages import passages
from handrail.conversations.queries import CHAT_TABS, Page, listed, page
from handrail.conversations.viewing import urgent_first
from handrail.web.desk import queue
from handrail.web.desk.boards import can_be_board
from handrail.web.desk.frame import list_token, show, shown_now
from handrail.web.desk.going_on import just_left, trail_query
from handrail.web.desk.rows import rows_shown
from handrail.web.desk.runs import strip_of
from handrail.web.desk.saved import saved
from handrail.web.desk.seeking import placed, seek
from handrail.web.desk.sources import ORDERED, ORDERS, SORT_OF, Source, source

ORDER_WORDS = {order: SORTS[sort] for order, sort in SORT_OF.items()}


def home(request: HttpRequest) -> HttpResponse:
    """GET /desk/: my conversations; whoever may not read any is shown what they may do instead."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if "conversations.read" not in viewer.rights:
        return show(request, "desk/no_conversations.html")
    return _list(request, "mine")


def view(request: HttpRequest, name: str) -> HttpResponse:
    """GET /desk/views/<name>?status=&team=&tag=&channel=&priority=&mailbox=&after=; a saved view goes by "v" and its number."""
    return _list(request, name)


@require_POST
def ordering(request: HttpRequest) -> HttpResponse:
    """POST order=newest|oldest|urgent, where=<filters>: what stands first among the unassigned, kept for whoever asks."""
    user: User = request.user  # type: ignore[assignment]
    order = request.POST.get("order", "")
    user.set_up(unassigned_order=order if order in ORDERS else ORDERS[0], by=user)
    asked = QueryDict(request.POST.get("where", "")[:400], mutable=True)
    asked.pop("order", None)
    return redirect(source(ORDERED, asked, viewer=request.viewer).path)  # type: ignore[attr-defined]


def counted(request: HttpRequest) -> JsonResponse:
    """GET /desk/counts?afresh= -> counts {"mine": "3", "unassigned": "1000+", …}, unread {"mentions", "notices"}, red, alarms
    (frame.Shown), and a fresh token for the list's stream.

    afresh  the page was told that a mailbox is another than it was
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return JsonResponse(shown_now(request)._asdict() | {"token": list_token(viewer)})


def search(request: HttpRequest) -> HttpResponse:
    """GET /desk/search?query=&before=: a number goes straight there; anything else lists the conversations found, a page at a
    time, and beneath the first page a few articles.

    before  the number the page before ended with
    """
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    text = request.GET.get("query", "")
    if straight := finding.by_number(text, viewer=viewer):
        return redirect("desk:conversation", straight.number)
    before = request.GET.get("before", "")
    later = int(before) if before.isdigit() and len(before) < 16 else None
    sought = seek(text, viewer=viewer, before=later)
    came = sought.conversations
    return show(
        request,
        "desk/search.html",
        **rows_shown(viewer, listed(came.rows, viewer=viewer), passages(came.rows, came.sought)),
        asked=sought.read_as or text,
        typed=text if sought.read_as else "",
        articles=sought.articles,
        placed=placed,
        before=came.before,
        is_first=later is None,
        problems=came.problems,
        hints=came.hints,
        **{"back": request.get_full_path(), **strip_of(request)},
    )


def _as_chosen(request: HttpRequest, name: str) -> QueryDict:
    """What the address asks for; the order that its reader chose, where it names none."""
    user: User = request.user  # type: ignore[assignment]
    if name != ORDERED or "order" in request.GET or user.unassigned_order == ORDERS[0]:
        return request.GET
    asked = request.GET.copy()
    asked["order"] = user.unassigned_order
    return asked


def _page(where: Source, *, viewer: Viewer, after: str) -> Page:
    if where.order == "urgent":
        return urgent_first(where.name, viewer=viewer, filters=where.filters, after=after)
    is_oldest = where.order == "oldest"
    return page(where.name, viewer=viewer, filters=where.filters, after=after, oldest_first=is_oldest)


def _list(request: HttpRequest, name: str) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    where = source(name, _as_chosen(request, name), viewer=viewer)
    if where.saved:
        return saved(request, where, where.saved)
    if name == queue.QUEUE:
        return queue.shown(request, where)
    filters = where.filters
    after = request.GET.get("after", "")
    found = _page(where, viewer=viewer, after=after)
    return show(
        request,
        "desk/list.html",
        **rows_shown(viewer, found),
        here="chat" if name in CHAT_TABS else name,
        tabs=CHAT_TABS if name in CHAT_TABS else {},
        tab=name,
        filters=filters,
        is_first=not after,
        where=where.where,
        order=where.order,
        orders=ORDER_WORDS if name == ORDERED else {},
        can_be_board=can_be_board(where),
        **{"back": where.path, **strip_of(request), **just_left(request)},
        trail=trail_query(where),
        stream=list_token(viewer),
    )
