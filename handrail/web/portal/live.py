"""The living part of a conversation's page: what is new, the way to hear of it, and who is typing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from handrail.conversations.conversation import Conversation
from handrail.conversations.live import announce_typing, customer_channel
from handrail.conversations.read_marks import note_read
from handrail.conversations.sharing import may_write, reads_along
from handrail.intake.asked_last import asked_last
from handrail.intake.watching import open_if_possible
from handrail.web.edge import tokens
from handrail.web.limits import take
from handrail.web.portal.boxes import boxes_of
from handrail.web.portal.locale import in_locale
from handrail.web.portal.standing import standing
from handrail.web.portal.thread import Line, left_address, lines, pressable, render, speaker
from handrail.web.portal.zones import reader_zone
from handrail.web.viewer import visitor_of

TYPING_A_MINUTE = 40
READS_A_MINUTE = 60


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def snapshot(
    request: HttpRequest, locale: str, conversation: Conversation, *, status: int = 200
) -> JsonResponse:
    """What a page that knows everything up to `after` must show now.

    {"c": public id, "boxes": where this browser keeps unsent words (boxes.py), "last": number of the newest line, "lines": [{"seq", "client", "side", "html"}],
     "asked": what was asked here last, "pressable": number of the line whose choices can be pressed, "got": {"delivered", "read"} of our team,
     "standing": {"kind", "html"}, and a path each for "messages", "live", "typing", "read"}
    """
    fields = request.POST if request.method == "POST" else request.GET
    conversation.refresh_from_db()
    viewer = visitor_of(request)
    new = lines(conversation, viewer, after=_number(fields.get("after", "")))
    where = standing(
        conversation, locale=locale, zone=reader_zone(request, viewer, kept=conversation.requester.zone)
    )
    strip = {
        "standing": where,
        "conversation": conversation,
        "mail": mail_of(conversation),
        "left": left_address(conversation, viewer) if conversation.ticket_since else None,
        "is_along": reads_along(conversation, viewer),
        "locale": locale,
    }
    template = (
        "portal/request_standing.html" if fields.get("on") == "request" else "portal/chat_standing.html"
    )
    own = {"c": conversation.public_id}
    open_line = pressable(conversation)
    return JsonResponse(
        {
            **own,
            "boxes": boxes_of(viewer),
            "last": new[-1].seq if new else conversation.last_seq,
            "asked": asked_last(conversation),
            "pressable": open_line,
            "got": asdict(conversation.read_marks.ours().furthest()),
            "lines": [_told(line, conversation, open_line) for line in new],
            "standing": {"kind": where.kind, "html": render_to_string(template, strip)},
            **{
                name: reverse(f"portal:talk-{name}", args=[locale, conversation.public_id])
                for name in ("messages", "live", "typing", "read")
            },
        },
        status=status,
    )


def _told(line: Line, conversation: Conversation, last: int) -> dict[str, Any]:
    html = render([line], conversation, last=last)
    return {"seq": line.seq, "client": line.client_id, "side": line.side, "html": html}


def mail_of(conversation: Conversation) -> str:
    """ "asked" where answers go to a mail address too, "unread" where only those do that nobody reads here, else ""."""
    ways = conversation.endpoints.filter(inbox__kind="mail", is_active=True)
    fallbacks = set(ways.values_list("is_fallback", flat=True))
    return "" if not fallbacks else "unread" if fallbacks == {True} else "asked"


def opened(request: HttpRequest, public_id: str) -> Conversation:
    mine = Conversation.objects.visible_to(visitor_of(request)).select_related("requester", "team__hours")
    return get_object_or_404(mine, public_id=public_id)


@never_cache
@in_locale
def messages(request: HttpRequest, locale: str, public_id: str) -> JsonResponse:
    """GET /hc/<locale>/talk/<public id>/messages?after=<seq>: the snapshot."""
    conversation = opened(request, public_id)
    open_if_possible(conversation)
    return snapshot(request, locale, conversation)


@never_cache
@in_locale
def live(request: HttpRequest, locale: str, public_id: str) -> JsonResponse:
    """GET /hc/<locale>/talk/<public id>/live: {"url"} of the event stream, good for ten minutes."""
    conversation = opened(request, public_id)
    viewer = visitor_of(request)
    token = tokens.mint(viewer=viewer.key, channels=[customer_channel(conversation.public_id)])
    return JsonResponse({"url": f"/live?token={token}"})


@require_POST
@never_cache
@in_locale
def typing(request: HttpRequest, locale: str, public_id: str) -> HttpResponse:
    """POST /hc/<locale>/talk/<public id>/typing -> 204: tell the desk that somebody writes."""
    conversation = opened(request, public_id)
    if not may_write(conversation, visitor_of(request)):
        raise Http404
    if not take(f"{TYPING_A_MINUTE}/minute", "typing", public_id).is_allowed:
        raise Http404
    announce_typing(conversation, by_staff=False)
    return HttpResponse(status=204)


@require_POST
@never_cache
@in_locale
def read(request: HttpRequest, locale: str, public_id: str) -> HttpResponse:
    """POST /hc/<locale>/talk/<public id>/read {delivered, read} -> 204: numbers of the newest line that reached this window
    and of the newest that stood in view. What somebody reads along for their organisation counts for nobody."""
    conversation = opened(request, public_id)
    viewer = visitor_of(request)
    if viewer.is_staff or reads_along(conversation, viewer):
        return HttpResponse(status=204)
    if take(f"{READS_A_MINUTE}/minute", "reads", public_id).is_allowed:
        got = {name: _number(request.POST.get(name, "")) for name in ("delivered", "read")}
        note_read(conversation, person=speaker(conversation, viewer), **got)
    return HttpResponse(status=204)


def _number(said: str) -> int:
    return int(said) if said.isdecimal() and said.isascii() and len(said) < 10 else 0
