"""The steps of a conversation: ticking, adding and taking away, one form each."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.conversations.checklists import STEPS_MOST, CannotAdd, Checklist, add_checklist, add_step
from handrail.conversations.conversation import Conversation
from handrail.web.desk.changes import Refused, changing

TROUBLES = {
    "many": lambda: (
        _("There is room for %(most)d steps in a conversation. Take some away first.") % {"most": STEPS_MOST}
    ),
    "there": lambda: _("This checklist stands here already."),
    "empty": lambda: _("Write what is to be done."),
}


@changing
def checklist(conversation: Conversation, request: HttpRequest, user: User) -> None:
    """POST tick, untick or drop: a step's id; or add: a template's id; or text, required: a step of one's own."""
    for verb in ("tick", "untick", "drop"):
        if verb in request.POST:
            step = get_object_or_404(conversation.checklist_steps, pk=_number(request.POST[verb]))
            getattr(step, verb)(by=user)
            return
    if conversation.is_closed:
        raise Refused(_("This conversation is closed and stays as it is. Open a follow-up instead."))
    try:
        if "add" in request.POST:
            template = get_object_or_404(Checklist.objects.offered(), pk=_number(request.POST["add"]))
            add_checklist(conversation, template, by=user)
        else:
            text = request.POST.get("text", "")
            add_step(conversation, text, by=user, is_required="required" in request.POST)
    except CannotAdd as reason:
        raise Refused(TROUBLES[reason.code]()) from None


def _number(text: str) -> int:
    if not text.isdigit() or len(text) > 15:
        raise Http404
    return int(text)
