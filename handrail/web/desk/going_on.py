"""From one conversation to the next of the list one came from, past those at which a colleague is already looking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import CustomStatus, category_of, is_settable
from handrail.conversations.outgoing import Outgoing
from handrail.conversations.presence import looked_at
from handrail.conversations.status import OVER, Status
from handrail.core import clock
from handrail.core.events.models import Event
from handrail.web.desk.sources import Source, source

LOOKED_AT_MOST = 200  # rows of a list among which the next one is sought
UNDO_WITHIN = timedelta(minutes=10)  # after that solving is taken back by choosing a status
SETTLES = (Status.PENDING, Status.SOLVED)


@dataclass(frozen=True)
class Trail:
    """The list one came from, and as the end of an address."""

    list: Source
    query: str

    def to(self, number: int | None, *, left: int | None = None) -> str:
        """The address of a conversation on this trail, or of the list where there is none.

        left  the conversation just left, whose reply may still be taken back there
        """
        path = self.list.path if number is None else reverse("desk:conversation", args=[number])
        more = [self.query if number is not None else "", f"left={left}" if left else ""]
        query = "&".join(each for each in more if each)
        return f"{path}{'&' if '?' in path else '?'}{query}" if query else path


def trail_of(request: HttpRequest) -> Trail | None:
    """What `in` and `where` of the request name; None without them, or for a list that is not there any more."""
    asked = request.POST if "in" in request.POST else request.GET
    name, where = asked.get("in", "")[:40], asked.get("where", "")[:400]
    if not name:
        return None
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        found = source(name, QueryDict(where), viewer=viewer)
    except Http404:
        return None
    return Trail(found, trail_query(found))


def trail_query(found: Source) -> str:
    """The end of the address of each conversation of a list: in=mine&where=…"""
    return urlencode({"in": found.name, **({"where": found.where} if found.where else {})})


def after(trail: Trail, number: int | None, *, viewer: Viewer) -> int | None:
    """The next one of the list, round to its beginning; one nobody else looks at first. None when nothing is left."""
    numbers = trail.list.numbers(viewer=viewer, most=LOOKED_AT_MOST)
    at = numbers.index(number) if number in numbers else -1
    coming = [each for each in numbers[at + 1 :] + numbers[: max(at, 0)] if each != number]
    busy = looked_at(coming, but=viewer.user_id or 0)
    return next((each for each in coming if each not in busy), coming[0] if coming else None)


def following(request: HttpRequest) -> HttpResponseRedirect:
    """GET /desk/next?in=&where=&from=<number>: the next one of that list, the first without `from`."""
    trail = trail_of(request)
    if trail is None:
        raise Http404
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    before = request.GET.get("from", "")
    number = int(before) if before.isdigit() and len(before) < 16 else None
    return redirect(trail.to(after(trail, number, viewer=viewer)))


class Onward:
    """Where sending or solving leads. Made before anything changes, because then the place in the list is still known."""

    def __init__(self, request: HttpRequest, conversation: Conversation, *, settles: bool) -> None:
        user: User = request.user  # type: ignore[assignment]
        viewer: Viewer = request.viewer  # type: ignore[attr-defined]
        self._number = conversation.pk
        self._trail = trail_of(request)
        self._goes = self._trail is not None and user.after_sending == "next" and settles
        self._next = after(self._trail, self._number, viewer=viewer) if self._goes and self._trail else None

    def response(self) -> HttpResponse:
        if self._trail is None:
            return redirect("desk:conversation", self._number)
        if self._goes:
            return redirect(self._trail.to(self._next, left=self._number))
        return redirect(self._trail.to(self._number))


def settles(conversation: Conversation, status: str) -> bool:
    """Whether a reply ends one's turn. In a chat the next word comes in a moment, so only one that says so does."""
    return not conversation.is_live or category_of(status) in SETTLES


def just_left(request: HttpRequest) -> dict[str, Any]:
    """What a page shows of the conversation that `left` names: its number, and the reply that can still be taken back."""
    number = request.GET.get("left", "")
    if not number.isdigit() or len(number) > 15:
        return {"left": None}
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    left = Conversation.objects.visible_to(viewer).filter(pk=number).first()
    if left is None:
        return {"left": None}
    waiting = Outgoing.objects.waiting().filter(conversation=left.pk, author=viewer.user_id)
    return {
        "left": (left.pk, left.subject),
        "left_waiting": waiting.order_by("-pk").first(),
        "left_solved_from": solved_from(left, viewer=viewer),
    }


def solved_from(conversation: Conversation, *, viewer: Viewer) -> str:
    """What its status goes back to where the viewer solved it a moment ago; "" where that is not to be taken back here."""
    solved = conversation.solved_at
    if conversation.status != Status.SOLVED or not solved or clock.now() - solved > UNDO_WITHIN:
        return ""
    if "conversations.change" not in viewer.rights:
        return ""
    moves = Event.objects.about(conversation).filter(verb="conversation.status_changed")
    last = moves.last()
    if last is None or (last.actor_kind, last.actor_id) != ("staff", viewer.user_id):
        return ""
    own = CustomStatus.objects.filter(pk=last.data.get("old_custom")).first()
    before = str(last.data.get("old", ""))
    code = own.key if own else before
    is_there = code == Status.NEW or is_settable(code)
    return code if is_there and category_of(code) not in OVER else ""
