"""Notes that mention me, what I follow, and the menu of colleagues while a note is written."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.conversations.assignment import may_have
from handrail.conversations.conversation import Conversation
from handrail.conversations.following import Mention, follow, read_mentions, unfollow
from handrail.conversations.queries import light, listed
from handrail.conversations.sides import answered_aside
from handrail.core.keyset import older, sliced, written
from handrail.web.desk.conversations import fetch
from handrail.web.desk.frame import list_token, show
from handrail.web.desk.rows import rows_shown

SHOWN = 50
OFFERED_MOST = 8


def mine(request: HttpRequest) -> HttpResponse:
    """GET /desk/mentions?after=: the notes that mention me, newest first, a page at a time."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    after = request.GET.get("after", "")
    seen = Mention.objects.visible_to(viewer)
    found = sliced(seen.select_related("note", "by", "conversation"), after=after, most=SHOWN)
    # Asides answered stand above the newest alone.
    aside = [] if after else list(answered_aside(viewer).order_by("-side_news_at")[:SHOWN])
    return show(
        request,
        "desk/mentions.html",
        mentions=found.rows,
        older=found.after,
        is_first=not after,
        has_unread=seen.unread().exists(),
        answered=aside,
        here="mentions",
        stream=list_token(viewer),
    )


def followed(request: HttpRequest) -> HttpResponse:
    """GET /desk/following?after=: the conversations I follow, what moved last first, a page at a time."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    seen = Conversation.objects.visible_to(viewer).filter(followers__user=viewer.user_id)
    after = request.GET.get("after", "")
    rows = light(older(seen, after, at="listed_at")[: SHOWN + 1])
    last = rows[SHOWN - 1] if len(rows) > SHOWN else None
    return show(
        request,
        "desk/following.html",
        **rows_shown(viewer, listed(rows[:SHOWN], viewer=viewer)),
        older=written(last.listed_at, last.number) if last else "",
        is_first=not after,
        here="mentions",
        stream=list_token(viewer),
    )


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """POST /desk/mentions/read: all of them."""
    read_mentions(request.viewer)  # type: ignore[attr-defined]
    return redirect("desk:mentions")


@require_POST
def following(request: HttpRequest, number: int) -> HttpResponse:
    """POST follow=1 or 0: I follow this conversation, or no longer."""
    conversation = fetch(request, number)
    user: User = request.user  # type: ignore[assignment]
    act = follow if request.POST.get("follow") == "1" else unfollow
    act(conversation, user=user, by=user)
    return redirect("desk:conversation", number)


def colleagues(request: HttpRequest, number: int) -> JsonResponse:
    """GET /desk/conversations/<number>/colleagues?query= -> {"rows": [{"name", "place"}]}: those a note here can mention."""
    conversation = fetch(request, number)
    words = request.GET.get("query", "")[:40].strip()
    user: User = request.user  # type: ignore[assignment]
    found = User.objects.who_may("conversations.read").exclude(pk=user.pk)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(email__istartswith=words))
    rows = [
        {"name": each.name, "place": each.email}
        for each in found[: OFFERED_MOST * 3]
        if may_have(each, conversation.team)
    ]
    return JsonResponse({"rows": rows[:OFFERED_MOST]})
