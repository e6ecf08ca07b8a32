"""My requests: every need of this reader, newest first, with where it stands in plain words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.intake.joining import of_this_browser
from handrail.web.portal import addresses
from handrail.web.portal.joining import asked_about
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.standing import Standing, state
from handrail.web.viewer import visitor_of

PAGE = 30
TITLE_CHARS = 140


@dataclass(frozen=True)
class Row:
    conversation: Conversation
    title: str
    standing: Standing


@never_cache
@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET /hc/<locale>/requests?before=<number>: of the person signed in, and of this browser."""
    viewer = visitor_of(request)
    asked = asked_about(request, viewer)
    left = of_this_browser(viewer).exclude(pk__in=[each.pk for each in asked])
    mine = (
        Conversation.objects.visible_to(viewer)
        .filter(merged_into=None)
        .exclude(last_seq=0)
        .exclude(pk__in=of_this_browser(viewer).values("pk"))
        .order_by("-number")
    )
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        mine = mine.filter(number__lt=int(before))
    found = list(mine[: PAGE + 1])
    joined = request.GET.get("joined", "")
    path = addresses.requests(locale)
    return show(
        request,
        "portal/requests.html",
        Frame(path=path, switch=in_every_locale(path, locale), robots="noindex", here="do"),
        locale=locale,
        rows=_rows(found[:PAGE]),
        asked=_rows(asked) if not before else [],
        left=_rows(left.order_by("-number")[:PAGE]) if not before else [],
        joined=int(joined) if joined.isdecimal() and len(joined) < 4 else 0,
        earlier=found[PAGE - 1].pk if len(found) > PAGE else None,
        is_first=not before,
        viewer=viewer,
        from_desk="desk" in request.GET.getlist("from"),
    )


def _rows(conversations: Iterable[Conversation]) -> list[Row]:
    """What has no subject is called by its first words: the newest may be a stranger's."""
    found = list(conversations)
    nameless = [each.pk for each in found if not each.subject]
    begun = Message.objects.filter(conversation__in=nameless, seq=1) if nameless else Message.objects.none()
    first = dict(begun.values_list("conversation_id", "text"))
    return [
        Row(each, each.subject or " ".join(first.get(each.pk, "").split())[:TITLE_CHARS], state(each))
        for each in found
    ]
