"""The page of one side conversation: who was asked, what was said, and the next word."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.channels.mail.undelivered import why
from handrail.conversations.conversation import Conversation
from handrail.conversations.drafts import Kind, own_draft
from handrail.conversations.outgoing import Outgoing
from handrail.conversations.sides import is_done, look_at
from handrail.core.ids import random_id
from handrail.core.inserting import where_possible
from handrail.web.desk.frame import show
from handrail.web.desk.placing import back_in_draft
from handrail.web.desk.thread import redaction_of, thread


def render(request: HttpRequest, side: Conversation, *, status: int = 200, **more: Any) -> HttpResponse:
    """`more`: what a refused or taken back word brings along (draft, trouble)."""
    viewer = request.viewer  # type: ignore[attr-defined]
    with where_possible(f"that side conversation {side.pk} was read"):
        look_at(side)
    told = thread(side, viewer=viewer, whole=True)
    begun = own_draft(side, Kind.REPLY, user=request.user)  # type: ignore[arg-type]
    shown: dict[str, Any] = {
        # Addresses of its parts are the ticket's.
        "conversation": side.side_of,
        "side": side,
        "is_side": True,
        "is_done": is_done(side),
        "windows": list(side.endpoints.select_related("person").order_by("pk")),
        "thread": told,
        "why": why,
        "client_id": random_id(),
        "draft": {"text": begun.text, "files": []},
        "draft_revision": begun.revision,
        "redacted": redaction_of(side, told),
        "is_returned": False,
        "trouble": "",
    }
    return show(request, "desk/side.html", status=status, **shown | more)


def taken_back(request: HttpRequest, side: Conversation, outgoing: Outgoing) -> HttpResponse:
    """Nothing leaves; the words come back into the field, or it is said that they have left."""
    user: User = request.user  # type: ignore[assignment]
    if outgoing.take_back(by=user) or outgoing.state == Outgoing.State.TAKEN_BACK:
        begun = own_draft(side, Kind.REPLY, user=user)
        draft = {
            "text": "\n\n".join(each for each in (outgoing.text, begun.text) if each),
            "quoted": outgoing.data.get("quoted", ""),
            "files": back_in_draft(side, outgoing.text, list(outgoing.files.order_by("pk")), user=user),
        }
        return render(request, side, draft=draft, is_returned=True)
    trouble = _("It has left already and can't be taken back. Write again to put it right.")
    return render(request, side, status=409, trouble=trouble)
