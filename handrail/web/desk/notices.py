"""What I was told of: the list behind the bell."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from handrail.accounts.viewer import Viewer
from handrail.conversations.notices.notice import Notice, read_notices
from handrail.conversations.notices.places import path_of
from handrail.conversations.notices.words import sentence
from handrail.core.keyset import sliced
from handrail.web.desk.frame import list_token, show

SHOWN = 50


def mine(request: HttpRequest) -> HttpResponse:
    """GET /desk/notices?only=unread&after=: the newest first, a page at a time."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    seen = Notice.objects.visible_to(viewer).shown().select_related("conversation")
    only_unread = request.GET.get("only") == "unread"
    after = request.GET.get("after", "")
    found = sliced(seen.unread() if only_unread else seen, after=after, most=SHOWN)
    return show(
        request,
        "desk/notices.html",
        lines=[_line(notice) for notice in found.rows],
        older=found.after,
        is_first=not after,
        has_unread=seen.unread().exists(),
        only_unread=only_unread,
        here="notices",
        stream=list_token(viewer),
    )


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """POST /desk/notices/read: all of them, or the one that `notice` names."""
    one = request.POST.get("notice", "")
    read_notices(request.viewer, one=int(one) if one.isdecimal() and len(one) < 19 else None)  # type: ignore[attr-defined]
    return redirect("desk:notices")


def _line(notice: Notice) -> dict[str, Any]:
    return {"notice": notice, "text": sentence(notice), "url": _place(notice)}


def _place(notice: Notice) -> str:
    """Where it leads: the very word where there is one."""
    if "article" in notice.data or "block" in notice.data:
        return path_of(notice)
    if notice.conversation_id is None:
        return reverse("console:mailboxes" if "way" in notice.data else "console:inbound")
    if "side" in notice.data:
        return reverse("desk:side", args=[notice.conversation_id, notice.data["side"]])
    page = reverse("desk:conversation", args=[notice.conversation_id])
    if notice.data.get("note"):
        return f"{page}#n{notice.data['note']}"
    return f"{page}#m{notice.data['message']}" if notice.data.get("message") else page
