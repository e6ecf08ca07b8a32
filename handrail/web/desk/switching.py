"""From one of the conversations one has in hand to another by one key, wherever one came from; each keeps its own draft."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect

from handrail.conversations.conversation import Conversation
from handrail.web.desk.conversations import fetch

IN_HAND_MOST = 200


def another(request: HttpRequest, number: int) -> HttpResponseRedirect:
    """GET /desk/conversations/<number>/another?back=1: the next, or the one before, of those one has taken or has begun
    a reply to, round to the beginning; itself where there is no other. In the order of their numbers, which never changes.
    """
    conversation = fetch(request, number)
    numbers = in_hand(request)
    step = -1 if "back" in request.GET else 1
    if conversation.pk in numbers:
        to = numbers[(numbers.index(conversation.pk) + step) % len(numbers)]
    else:
        beyond = [each for each in numbers[::step] if (each - conversation.pk) * step > 0]
        to = (beyond or numbers[::step] or [conversation.pk])[0]
    return redirect("desk:conversation", to)


def in_hand(request: HttpRequest) -> list[int]:
    """Numbers of what one has taken, and of what one has begun to write in, as long as it is not over."""
    user = request.user
    mine = Q(assignee=user.pk) | Q(drafts__user=user.pk, drafts__taken_by=None) & ~Q(drafts__text="")
    seen = Conversation.objects.visible_to(request.viewer).unsolved().filter(mine)  # type: ignore[attr-defined]
    return list(seen.order_by("number").values_list("number", flat=True).distinct()[:IN_HAND_MOST])
