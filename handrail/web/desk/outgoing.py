"""A reply that has not left yet: taking it back, and letting it go at once."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.automation.changes import words
from handrail.automation.macros import Macro
from handrail.conversations.conversation import Conversation
from handrail.conversations.drafts import Draft
from handrail.conversations.outgoing import Outgoing
from handrail.conversations.recipients import leave_out
from handrail.core.files.models import StoredFile
from handrail.web.desk.conversations import fetch, render
from handrail.web.desk.placing import back_in_draft
from handrail.web.desk.proposing import taken_back
from handrail.web.desk.side_page import taken_back as side_taken_back
from handrail.web.desk.stopping import named


def kept_files(request: HttpRequest, conversation: Conversation) -> list[StoredFile]:
    """Files that need no upload: of a reply that was taken back, and of the macros one may use."""
    wanted = [int(pk) for pk in request.POST.getlist("kept") if pk.isdigit() and len(pk) < 16]
    if not wanted:
        return []
    taken_back = conversation.outgoing.filter(state=Outgoing.State.TAKEN_BACK)
    macros = Macro.objects.visible_to(request.viewer)  # type: ignore[attr-defined]
    there = Q(outgoing__in=taken_back) | Q(macros__in=macros)
    return list(StoredFile.objects.filter(there, pk__in=wanted).distinct().order_by("pk"))


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: nothing leaves; the page comes back with the words in the composer, and with the translation beside them."""
    outgoing, conversation = _fetch(request, pk)
    user: User = request.user  # type: ignore[assignment]
    if conversation.side_of_id is not None:
        return side_taken_back(request, conversation, outgoing)
    if not outgoing.take_back(by=user):
        if outgoing.state != Outgoing.State.TAKEN_BACK:
            outgoing.refresh_from_db(fields=["state"])
        if outgoing.state == Outgoing.State.LEFT:
            trouble = _("It has left already and can't be taken back. Write again to put it right.")
            return render(request, conversation, status=409, trouble=trouble)
        return redirect("desk:conversation", conversation.pk)
    begun = Draft.objects.filter(conversation=conversation, user=user, kind="reply").first()
    read = taken_back(outgoing)
    written = read.original if read else outgoing.text
    text = "\n\n".join(each for each in (written, begun.text if begun else "") if each)
    files = back_in_draft(conversation, outgoing.text, list(outgoing.files.order_by("pk")), user=user)
    draft = {"kind": "reply", "text": text, "files": files, "macro": _macro(request, outgoing)}
    return render(request, conversation, draft=draft, proposal=read)


def _macro(request: HttpRequest, outgoing: Outgoing) -> dict[str, Any] | None:
    """The macro that would have changed something with it, to be ticked again, as {"pk": 3, "changes": ["Status: Pending"]}."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    macro = Macro.objects.visible_to(viewer).filter(pk=outgoing.along.get("macro", 0)).first()
    if macro is None or not macro.steps:
        return None
    return {"pk": macro.pk, "changes": [words(each, locale=viewer.locale) for each in macro.steps]}


@require_POST
def leave_now(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: no need to wait any longer. agreed_to or leave_out (to=3,4) answer for those who came in since it was written."""
    outgoing, conversation = _fetch(request, pk)
    user: User = request.user  # type: ignore[assignment]
    with transaction.atomic():
        without = leave_out(conversation, named(request, "leave_out"), by=user)
        outgoing.leave(also=named(request, "agreed_to"), without=without)
    if conversation.side_of_id is not None:
        return redirect("desk:side", conversation.side_of_id, conversation.pk)
    return redirect("desk:conversation", conversation.pk)


def _fetch(request: HttpRequest, pk: int) -> tuple[Outgoing, Conversation]:
    seen = Outgoing.objects.visible_to(request.viewer)  # type: ignore[attr-defined]
    outgoing = get_object_or_404(seen.select_related("author", "conversation__side_of"), pk=pk)
    if outgoing.conversation.side_of_id is not None:
        return outgoing, outgoing.conversation
    return outgoing, fetch(request, outgoing.conversation_id)
