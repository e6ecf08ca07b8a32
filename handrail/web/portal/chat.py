"""Chat: one page that works as a form, and live where scripts run. Answers come at once; a person is one press away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache

from handrail.accounts.viewer import Viewer
from handrail.channels.models import Inbox
from handrail.conversations.conversation import Conversation, ConversationQuerySet
from handrail.conversations.endpoints import Endpoint
from handrail.conversations.read_marks import Got
from handrail.core.ids import random_id
from handrail.intake import chat
from handrail.intake.asked_last import asked_last
from handrail.intake.watching import open_if_possible
from handrail.web.portal import addresses
from handrail.web.portal.asked_before import asked_before, is_said
from handrail.web.portal.boxes import boxes_of
from handrail.web.portal.carried import Carried, carried, question_in_one_line
from handrail.web.portal.design import design_of
from handrail.web.portal.live import mail_of, snapshot, wants_json
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.saying import (
    TEXT_CHARS_MAX,
    Said,
    Unsaid,
    read_said,
    refusal_json,
    unsaid_where_nothing_is_kept,
)
from handrail.web.portal.standing import standing
from handrail.web.portal.thread import Line, left_address, lines, pressable, render, speaks
from handrail.web.portal.uploads import take_files
from handrail.web.portal.zones import reader_zone, zone_of
from handrail.web.viewer import begin_browser, visitor_of

OVER = ("solved", "closed")


class WentOn(NamedTuple):
    """The newest chat of this browser that goes on as a request, while its window is free for something else.

    mail, left  where its answers go (live.mail_of, thread.left_address)
    """

    conversation: Conversation
    mail: str
    left: Endpoint | None


@never_cache
@in_locale
def page(request: HttpRequest, locale: str) -> HttpResponse:
    """GET and POST /hc/<locale>/chat: {text, files, client_id, c} and what was carried along."""
    if request.method != "POST":
        conversation = present(request, locale)
        if conversation is None and not design_of(request).has("contact"):
            raise Http404
        if conversation:
            open_if_possible(conversation)
        return shown(request, locale, conversation)
    try:
        said = read_said(request)
        with unsaid_where_nothing_is_kept(request):
            conversation = say(request, locale, said)
        return answered(request, locale, conversation)
    except Unsaid as problem:
        return refused(request, locale, problem)


def present(request: HttpRequest, locale: str) -> Conversation | None:
    """The chat named by `c`, else the newest one that is not over; None for a new one."""
    fields = request.POST if request.method == "POST" else request.GET
    mine = Conversation.objects.their_own(visitor_of(request)).select_related(
        "requester", "team__hours", "merged_into"
    )
    if named := fields.get("c", ""):
        return get_object_or_404(mine, public_id=named)
    return None if "new" in fields else _going_on(mine)


def _going_on(mine: ConversationQuerySet) -> Conversation | None:
    """The newest chat in its window that is not over."""
    live = mine.filter(channel="chat", ticket_since=None, merged_into=None)
    return live.exclude(status__in=OVER).newest_first().first()


def say(request: HttpRequest, locale: str, said: Said) -> Conversation:
    """Put the words into the chat, which begins with the first of them. Said twice with one client_id, it stands once, also
    where the first time began a chat of which this browser never heard."""
    if heard := _heard_already(request, said.client_id):
        return heard
    conversation = present(request, locale)
    if conversation is None or not conversation.takes_replies:
        conversation = begin(request, locale)
    else:
        bring_along(conversation, request, locale)
    viewer = visitor_of(request)
    person = speaks(conversation, viewer)
    known = conversation.messages.filter(client_id=said.client_id).exists()
    files = [] if known else take_files(request, by=person)
    chat.say(conversation, said.text, by=person, client_id=said.client_id, files=files, place=viewer.place)
    return conversation


def _heard_already(request: HttpRequest, client_id: str) -> Conversation | None:
    mine = Conversation.objects.their_own(visitor_of(request)).filter(channel="chat")
    return mine.filter(messages__client_id=client_id).select_related("requester", "team__hours").first()


def bring_along(conversation: Conversation, request: HttpRequest, locale: str) -> None:
    """What the visitor brings into a chat that had begun already, once."""
    known = conversation.tried
    if new := [entry for entry in carried(request).tried(locale) if entry not in known]:
        conversation.add_tried(*new)


def begin(request: HttpRequest, locale: str) -> Conversation:
    """A new chat of this browser, with what the visitor brought along. Raises Http404 where nobody can be asked here."""
    if not design_of(request).has("contact"):
        raise Http404
    viewer = begin_browser(request)
    viewer = replace(
        viewer, locale=locale, zone=viewer.zone if viewer.person_id else zone_of(request) or viewer.zone
    )
    brought = carried(request)
    inbox = get_object_or_404(Inbox, kind=Inbox.Kind.CHAT, is_active=True, brand=request.brand)
    return chat.begin(viewer, inbox=inbox, about=brought.about, tried=brought.tried(locale))


def shown(
    request: HttpRequest,
    locale: str,
    conversation: Conversation | None,
    *,
    problem: Unsaid | None = None,
    draft: str = "",
) -> HttpResponse:
    """The page. What could not be sent stands in the field again, as does what was written elsewhere."""
    viewer = visitor_of(request)
    brought = carried(request)
    path = addresses.chat(locale)
    said = lines(conversation, viewer) if conversation else []
    words = draft or (problem.text if problem else first_words(brought, conversation))
    return show(
        request,
        "portal/chat.html",
        Frame(
            path=path,
            switch=in_every_locale(path, locale),
            scope=brought.product,
            carry=taken_along(brought, conversation),
            robots="noindex",
            here="person",
        ),
        locale=locale,
        conversation=conversation,
        boxes=boxes_of(viewer),
        last=said[-1].seq if said else 0,
        **_talk(request, conversation, said, locale=locale),
        hidden={
            "c": conversation.public_id if conversation else "",
            **({"new": "1"} if not conversation and "new" in request.GET else {}),
            **brought.fields,
        },
        is_waiting=bool(said) and said[-1].side == "me" and conversation.held_by == "bot",  # type: ignore[union-attr]
        brought=brought,
        asked=[
            question
            for question in asked_before(conversation, viewer, brought=brought)
            if question not in words
        ],
        draft=words,
        problem=str(problem) if problem else "",
        text_most=TEXT_CHARS_MAX,
        client_id=random_id(),
        status=problem.status if problem else 200,
    )


def _talk(
    request: HttpRequest, conversation: Conversation | None, said: list[Line], *, locale: str
) -> dict[str, Any]:
    """What stands in a chat that has begun, and in one that has not."""
    if conversation is None:
        return {
            "lines": "",
            "got": Got(),
            "standing": None,
            "mail": "",
            "left": None,
            "went_on": _went_on(request),
            "before": _going_on(Conversation.objects.their_own(visitor_of(request)))
            if "new" in request.GET
            else None,
        }
    zone = reader_zone(request, visitor_of(request), kept=conversation.requester.zone)
    return {
        "lines": render(said, conversation, last=pressable(conversation)),
        "got": conversation.read_marks.ours().furthest(),
        "standing": standing(conversation, locale=locale, zone=zone),
        "mail": mail_of(conversation),
        "left": left_address(conversation, visitor_of(request)) if conversation.ticket_since else None,
        "went_on": None,
        "before": None,
    }


def _went_on(request: HttpRequest) -> WentOn | None:
    viewer = visitor_of(request)
    mine = Conversation.objects.their_own(viewer).filter(channel="chat", ticket_since__isnull=False)
    found = mine.filter(merged_into=None).exclude(status__in=OVER).newest_first().first()
    if found is None:
        return None
    return WentOn(found, mail_of(found), left_address(found, viewer))


def taken_along(brought: Carried, conversation: Conversation | None) -> dict[str, str]:
    """What goes on from here to another way to us: what was asked in the chat, which is newer than what came along."""
    asked = question_in_one_line(asked_last(conversation)) if conversation else ""
    if not asked or asked == brought.question:
        return brought.fields
    return {name: text for name, text in brought.fields.items() if name != "ask"} | {"question": asked}


def first_words(brought: Carried, conversation: Conversation | None) -> str:
    """What the field holds at first: the question asked elsewhere, ready to be sent or changed, until it was said here."""
    return "" if is_said(conversation, brought.question) else brought.question


def answered(request: HttpRequest, locale: str, conversation: Conversation) -> HttpResponse:
    """What a press answers: the new state for a script, the page again for a form."""
    if wants_json(request):
        return snapshot(request, locale, conversation)
    if "beside" in request.POST:  # pressed in a window that is free for something else
        return redirect(f"{addresses.chat(locale)}#went-on")
    return redirect(f"{addresses.chat(locale)}?c={conversation.public_id}#last")


def refused(request: HttpRequest, locale: str, problem: Unsaid) -> HttpResponse:
    if wants_json(request):
        return refusal_json(problem)
    return shown(request, locale, present(request, locale), problem=problem)


def opened(request: HttpRequest, locale: str) -> tuple[Conversation, Viewer]:
    """The chat an action is about. Raises Http404 for another's."""
    viewer = visitor_of(request)
    mine = Conversation.objects.their_own(viewer).select_related("requester", "team__hours")
    return get_object_or_404(mine, public_id=request.POST.get("c", "")), viewer
