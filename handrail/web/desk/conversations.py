"""One conversation: its page, its history, and what the page asks for while it is open."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect

from handrail.accounts.models import User
from handrail.accounts.policy import can
from handrail.accounts.viewer import Viewer
from handrail.channels.mail.undelivered import why
from handrail.conversations.activity import history as told_history
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import called
from handrail.conversations.drafts import drafts_of
from handrail.conversations.following import pieces, read_mentions
from handrail.conversations.labels import Priority, Tag, Type
from handrail.conversations.letters import signature_of
from handrail.conversations.links import ORDER as LINK_ROLES
from handrail.conversations.live import announce_typing, desk_channel
from handrail.conversations.notices.notice import read_notices
from handrail.conversations.presence import leave, look, others_looking
from handrail.conversations.read_marks import note_read
from handrail.conversations.sides import sides_of
from handrail.conversations.status import UNSOLVED
from handrail.core.ids import random_id
from handrail.web.desk.came_back import came_back
from handrail.web.desk.contact import contact
from handrail.web.desk.frame import channels_of_all_pages, show, teams
from handrail.web.desk.going_on import just_left, solved_from, trail_of
from handrail.web.desk.hours import mornings, snoozes
from handrail.web.desk.languages import offered
from handrail.web.desk.panel import panel
from handrail.web.desk.runs import strip_of
from handrail.web.desk.statuses import own, to_choose
from handrail.web.desk.steps import shown as steps_shown
from handrail.web.desk.thread import redaction_of, thread
from handrail.web.desk.tried import tried
from handrail.web.desk.upset import upset
from handrail.web.edge import tokens

TAGS_OFFERED = 200
FILES_MAX = 10  # of one message
JOINED = (
    "requester__organisation",
    "requester__merged_into__organisation",
    "assignee",
    "team",
    "brand",
    "follows",
    "custom_status",
)


def fetch(request: HttpRequest, number: int) -> Conversation:
    """The conversation with this number for whoever is looking. Raises Http404 for one they may not see."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    seen = Conversation.objects.visible_to(viewer)
    joined = seen.select_related(*JOINED)
    found = joined.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def fetch_with_sides(request: HttpRequest, number: int) -> Conversation:
    """As `fetch`, also one that hangs beside a conversation they may see."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return get_object_or_404(Conversation.objects.open_to(viewer), pk=number)


def page(request: HttpRequest, number: int) -> HttpResponse:
    """GET /desk/conversations/<number>: a merged one leads to the one that went on."""
    conversation = fetch(request, number)
    if conversation.merged_into_id and "stay" not in request.GET:
        return redirect("desk:conversation", conversation.survivor.pk)
    return render(request, conversation)


def render(
    request: HttpRequest, conversation: Conversation, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of one conversation. `more`: what a refused form brings back (draft, trouble, newer, closed, unexpected, unfilled with agreed and pressed, proposal, returned)."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    sides = list(sides_of(conversation))
    drafts, begun = drafts_of(conversation, user=request.user)  # type: ignore[arg-type]
    told = thread(conversation, viewer=viewer, whole="all" in request.GET, sides=sides)
    beside = panel(conversation, viewer=viewer, returned=more.get("returned"))
    context = {
        "conversation": conversation,
        "thread": told,
        "contact": contact(conversation, told.entries, beside.fields),
        "upset": upset(told.entries, locale=conversation.locale),
        "panel": beside,
        "checklist": steps_shown(conversation, locale=viewer.locale),
        "sides": sides,
        "tried": tried(conversation, viewer=viewer),
        "tags": list(conversation.tags.values_list("name", flat=True)),
        "deleted_days": settings.DELETED_DAYS,
        "writing": _writing(conversation, request.user),  # type: ignore[arg-type]
        "others": others_looking(conversation.pk, but=viewer.user_id or 0),
        "stream": live_token(viewer, conversation),
        "client_id": random_id(),
        "files_max": FILES_MAX,
        "languages": offered(conversation),
        "trail": trail_of(request),
        "drafts": {"reply": None, "note": None, **drafts},
        "begun": begun,
        "redacted": redaction_of(conversation, told),
        "pieces": pieces,
        "why": why,
        "came_back": came_back(told.entries),
        "solved_from": solved_from(conversation, viewer=viewer),
    }
    context |= _to_choose(conversation, viewer) | _nothing_returned()
    # What was done with those below it, where that is what led here; what a list is to show stays for the list.
    run = strip_of(request) if "run" in request.GET else {"run": None}
    shown: dict[str, Any] = context | just_left(request) | run | more
    return show(request, "desk/conversation.html", status=status, **shown)


def _to_choose(conversation: Conversation, viewer: Viewer) -> dict[str, Any]:
    """What the page's menus offer."""
    return {
        "known_tags": list(Tag.objects.values_list("name", flat=True)[:TAGS_OFFERED]),
        "staff": list(User.objects.who_may("conversations.read").values_list("pk", "name")),
        "teams": [
            (pk, name) for pk, name, hidden in teams(viewer.locale) if not hidden or pk in viewer.team_ids
        ],
        "status_choices": to_choose(conversation, locale=viewer.locale),
        "own_statuses": own(viewer.locale),
        "status_words": called,
        "unsolved": UNSOLVED,
        "priorities": Priority,
        "types": Type,
        "link_roles": LINK_ROLES,
        "hours": mornings(conversation.requester.zone, locale=viewer.locale),
        "snoozes": snoozes(viewer.zone, locale=viewer.locale),
    }


def _nothing_returned() -> dict[str, Any]:
    """The composer as long as no form came back to it."""
    return {
        "draft": {"kind": "", "text": "", "files": []},
        "trouble": "",
        "newer": [],
        "closed": [],
        "unexpected": [],
        "unfilled": [],
        "agreed": [],
        "pressed": "",
        "proposal": None,
    }


def _writing(conversation: Conversation, user: User) -> dict[str, Any]:
    """What a reply by mail carries besides its words: the signature, and whether it quotes."""
    window = conversation.endpoints.filter(is_active=True, inbox__kind="mail").select_related("inbox").first()
    if window is None:
        return {}
    signature = signature_of(user.pk, conversation, window.inbox)
    return {"signature": signature, "quotes": window.inbox.quotes_history}


def history(request: HttpRequest, number: int) -> HttpResponse:
    """GET /desk/conversations/<number>/history: every change with who, when, old and new."""
    conversation = fetch(request, number)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    told = told_history(conversation, locale=viewer.locale)
    return show(request, "desk/history.html", conversation=conversation, told=told)


def presence(request: HttpRequest, number: int) -> JsonResponse:
    """GET: who else is here, and a fresh stream token. POST also says that I am (typing=1|0) or was (leaving=1).

    tell=customer with typing=1 shows the customer that a reply is being written; read=<number of the newest word in the
    thread> that it was read. Of somebody who may not answer, the customer hears neither.
    """
    conversation = fetch(request, number)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    user: User = request.user  # type: ignore[assignment]
    if request.POST.get("leaving"):
        leave(conversation.pk, user=user)
    elif request.method == "POST":
        is_typing = request.POST.get("typing") == "1"
        look(conversation.pk, user=user, is_typing=is_typing)
        read_mentions(viewer, conversation=conversation)
        read_notices(viewer, conversation=conversation)
        if can(viewer, "conversations.reply"):
            _tell_customer(conversation, request, is_typing=is_typing)
    others = [
        {"name": name, "typing": is_typing}
        for name, is_typing in others_looking(conversation.pk, but=user.pk)
    ]
    return JsonResponse({"others": others, "token": live_token(viewer, conversation)})


def _tell_customer(conversation: Conversation, request: HttpRequest, *, is_typing: bool) -> None:
    if is_typing and request.POST.get("tell") == "customer":
        announce_typing(conversation, by_staff=True)
    newest = request.POST.get("read", "")
    if newest.isdecimal() and len(newest) < 10:
        note_read(conversation, person=None, delivered=int(newest), read=int(newest))


def live_token(viewer: Viewer, conversation: Conversation) -> str:
    """A stream token for one conversation's page, minted for who was just allowed to see it."""
    channels = [desk_channel(conversation.pk), *channels_of_all_pages(viewer)]
    return tokens.mint(viewer=viewer.key, channels=channels)
