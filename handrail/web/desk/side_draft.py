"""What stands beside the words in the draft of a question to somebody outside: its addresses, its subject, the files it takes along."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from handrail.conversations.conversation import Conversation
from handrail.conversations.drafts import Draft
from handrail.conversations.messages import Message

TO_MOST = 3000  # letters
SUBJECT_MOST = 255
FILES_SHOWN = 60


@dataclass(frozen=True)
class BesideWords:
    """`forward` is the message that is forwarded, 0 for none; `picked` are ids of attachments."""

    to: str = ""
    subject: str = ""
    picked: set[int] = field(default_factory=set)
    forward: int = 0


def beginning(conversation: Conversation, forwarded: Message | None) -> BesideWords:
    """What a form begins with in which nobody has typed yet."""
    if forwarded is None:
        return BesideWords(subject=conversation.subject)
    return BesideWords(
        subject=f"Fwd: {conversation.subject or _('Your message to us')}",
        picked=set(forwarded.attachments.values_list("pk", flat=True)),
        forward=forwarded.pk,
    )


def gone_on(own: BesideWords, draft: Draft) -> BesideWords:
    """What the form that begins with `own` shows of a draft: subject and files of the form they were typed in, addresses of any."""
    said = draft.said or {}
    own = replace(own, to=said.get("to", ""))
    if said.get("forward", 0) != own.forward:
        return own
    return replace(own, subject=said.get("subject", own.subject), picked=set(said.get("files", own.picked)))


def typed_in(request: HttpRequest) -> BesideWords:
    """POST to (addresses, by commas or lines), subject, attachment (ids), forward (of a message, that is not looked for here)."""
    post = request.POST
    return BesideWords(
        to=_kept(post.get("to", ""))[:TO_MOST],
        subject=" ".join(_kept(post.get("subject", "")).split())[:SUBJECT_MOST],
        picked={number for each in post.getlist("attachment") if (number := _number(each))},
        forward=_number(post.get("forward", "")),
    )


def said_in(request: HttpRequest, conversation: Conversation) -> dict[str, Any] | None:
    """What a form that is being written says otherwise than it began, as Draft.said; None of a window that tells its words alone."""
    if "to" not in request.POST:
        return None
    typed, own = typed_in(request), beginning(conversation, _forwarded(request, conversation))
    said: dict[str, Any] = {"to": typed.to} if typed.to.strip() else {}
    of_form: dict[str, Any] = {}
    if typed.subject != " ".join(own.subject.split())[:SUBJECT_MOST]:
        of_form["subject"] = typed.subject
    if typed.picked != own.picked:
        of_form["files"] = sorted(typed.picked)[:FILES_SHOWN]
    if own.forward and (said or of_form or request.POST.get("text", "").strip()):
        of_form["forward"] = own.forward
    return said | of_form


def fields_of(request: HttpRequest, conversation: Conversation, draft: Draft) -> dict[str, list[str]]:
    """What stands in a draft, by the names of the fields of the form that asks."""
    now = gone_on(beginning(conversation, _forwarded(request, conversation)), draft)
    return {
        "to": [now.to],
        "subject": [now.subject],
        "attachment": [str(each) for each in sorted(now.picked)],
    }


def form_of(draft: Draft) -> str:
    """The address where one goes on with it; that of the message it forwards, while it is still in this conversation."""
    address = reverse("desk:side-new", args=[draft.conversation_id])
    forward = (draft.said or {}).get("forward", 0)
    if forward and Message.objects.filter(conversation=draft.conversation_id, pk=forward).exists():
        return f"{address}?forward={forward}"
    return address


def _forwarded(request: HttpRequest, conversation: Conversation) -> Message | None:
    return conversation.messages.filter(pk=_number(request.POST.get("forward", ""))).first()


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and text.isascii() and len(text) < 16 else 0


def _kept(text: str) -> str:
    return text.replace("\0", "")  # PostgreSQL keeps none in JSON
