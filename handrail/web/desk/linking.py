"""Conversations that belong together: linking them, splitting one off, and ending what lies below in one press."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.policy import can
from handrail.automation.changes import Change
from handrail.automation.runs import start
from handrail.conversations.conversation import Conversation
from handrail.conversations.links import CannotLink, Link, link, unlink, unsolved_below
from handrail.conversations.messages import Message
from handrail.conversations.search import by_number
from handrail.conversations.splitting import CannotSplit, split
from handrail.conversations.status import Status
from handrail.web.desk.changes import Refused, changing
from handrail.web.desk.composing import WORDS_MAX
from handrail.web.desk.conversations import fetch, render
from handrail.web.desk.runs import to_list

# What the other becomes -> the kind of link, and whether the other stands below.
AS = {
    "child": (Link.Kind.CHILD, True),
    "parent": (Link.Kind.CHILD, False),
    "incident": (Link.Kind.INCIDENT, True),
    "problem": (Link.Kind.INCIDENT, False),
    "related": (Link.Kind.RELATED, True),
}
REASONS = {
    "self": lambda: _("A conversation cannot be linked with itself."),
    "loop": lambda: _("That one stands above this one already."),
    "taken": lambda: _("It has another parent or problem already. Take that link away first."),
    "deep": lambda: _("Five levels are enough: link it further up."),
    "many": lambda: _("200 conversations are linked here already."),
}


@changing
def links(conversation: Conversation, request: HttpRequest, user: User) -> None:
    """POST number, role (what the other is to this one), required; or remove: a link's id."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if gone := request.POST.get("remove", ""):
        here = conversation.links_up.all() | conversation.links_down.all()  # type: ignore[attr-defined]
        unlink(get_object_or_404(here, pk=gone if gone.isdigit() and len(gone) < 16 else 0), by=user)
        return
    if request.POST.get("role") not in AS:
        raise Http404
    other = by_number(request.POST.get("number", ""), viewer=viewer)
    if other is None:
        raise Refused(_("There is no conversation with that number."))
    kind, is_below = AS[request.POST["role"]]
    one, below = (conversation, other) if is_below else (other, conversation)
    try:
        link(one, below, kind, by=user, is_required="required" in request.POST)
    except CannotLink as reason:
        raise Refused(REASONS[reason.code]()) from None


@require_POST
def solve_below(request: HttpRequest, number: int) -> HttpResponse:
    """POST kind=child|incident, text: answer, if there are words, and solve all that lies below and is open."""
    conversation = fetch(request, number)
    user: User = request.user  # type: ignore[assignment]
    viewer = request.viewer  # type: ignore[attr-defined]
    kind = request.POST.get("kind", "")
    if kind not in (Link.Kind.CHILD, Link.Kind.INCIDENT):
        raise Http404
    text = request.POST.get("text", "").strip()[:WORDS_MAX]
    if text and not can(viewer, "conversations.reply"):
        raise Http404
    open_ones = unsolved_below(conversation, kind, viewer=viewer)
    if not open_ones:
        return render(request, conversation, status=422, trouble=_("All of them are solved already."))
    return to_list(request, start(open_ones, by=user, changes=[Change("status", Status.SOLVED)], text=text))


@require_POST
def splitting(request: HttpRequest, pk: int) -> HttpResponse:
    """POST subject: the message becomes a conversation of its own, and that opens."""
    seen = Conversation.objects.visible_to(request.viewer)  # type: ignore[attr-defined]
    messages = Message.objects.select_related("conversation__requester", "endpoint")
    message = get_object_or_404(messages, seen.contain("conversation"), pk=pk)
    try:
        after = split(message, by=request.user, subject=request.POST.get("subject", ""))  # type: ignore[arg-type]
    except CannotSplit:
        raise Http404 from None
    return redirect("desk:conversation", after.pk)
