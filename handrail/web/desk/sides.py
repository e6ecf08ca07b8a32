"""Asking somebody outside about a ticket, or forwarding a message of it: beginning, going on, and marking as done."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.conversations.conversation import Conversation
from handrail.conversations.drafts import Kind, discard, own_draft
from handrail.conversations.forwarding import forwarded
from handrail.conversations.messages import Attachment, Message
from handrail.conversations.outgoing import Outgoing, send
from handrail.conversations.sides import ASKED_MOST, SIDES_MOST, CannotAsk, settle
from handrail.conversations.sides import begin as begin_side
from handrail.core.files.keeping import FileRefused
from handrail.core.files.models import StoredFile
from handrail.core.ids import random_id
from handrail.web.desk.changes import Refused
from handrail.web.desk.composing import WORDS_MAX, sent_files
from handrail.web.desk.conversations import fetch
from handrail.web.desk.frame import show
from handrail.web.desk.outgoing import kept_files
from handrail.web.desk.placing import standing
from handrail.web.desk.side_draft import FILES_SHOWN, BesideWords, beginning, gone_on, typed_in
from handrail.web.desk.side_page import render
from handrail.web.desk.thread import last_redaction
from handrail.workspace.korean import filled

BETWEEN = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class Typed(BesideWords):
    """A question as its form holds it."""

    text: str = ""
    quoted: str = ""
    client_id: str = ""


def new(request: HttpRequest, number: int) -> HttpResponse:
    """GET /desk/conversations/<number>/sides/new?forward=<message>"""
    conversation = fetch(request, number)
    begun = own_draft(conversation, Kind.SIDE, user=request.user)  # type: ignore[arg-type]
    wanted = request.GET.get("forward", "")
    message = _message(conversation, wanted) if wanted else None
    beside = gone_on(beginning(conversation, message), begun)
    typed = Typed(**vars(beside), text=begun.text, client_id=random_id())
    if message:
        zone = request.viewer.zone  # type: ignore[attr-defined]
        typed = replace(typed, quoted=forwarded(message, locale=conversation.locale, zone=zone))
    return _form(request, conversation, typed)


@require_POST
def begin(request: HttpRequest, number: int) -> HttpResponse:
    """POST to (addresses, by commas or lines), subject, text, quoted, forward, attachment (ids), files, client_id."""
    conversation = fetch(request, number)
    typed = _typed(request, conversation)
    user: User = request.user  # type: ignore[assignment]
    if already := _begun(conversation, typed.client_id):
        return redirect("desk:side", number, already.pk)
    try:
        addresses = _addresses(typed.to)
        if not typed.text and not typed.quoted:
            raise Refused(_("Write something first."))
        files = [*_taken_along(conversation, typed.picked), *sent_files(request)]
        files += standing(conversation, Kind.SIDE, typed.text, user=user)
        with transaction.atomic():
            side = begin_side(conversation, to=addresses, subject=typed.subject, by=user)
            data: dict[str, Any] = {"forwarded": typed.forward} if typed.forward else {}
            if typed.quoted:
                data["quoted"] = typed.quoted
            send(side, typed.text, by=user, files=files, client_id=typed.client_id, data=data)
            discard(conversation, Kind.SIDE, user=user)
    except CannotAsk as reason:
        return _form(request, conversation, typed, trouble=told(reason))
    except (Refused, FileRefused) as refused:
        return _form(request, conversation, typed, trouble=str(refused))
    return redirect("desk:side", number, side.pk)


def page(request: HttpRequest, number: int, side: int) -> HttpResponse:
    """GET /desk/conversations/<number>/sides/<side>: looking at it makes its news read."""
    return render(request, _side(request, number, side))


@require_POST
def write(request: HttpRequest, number: int, side: int) -> HttpResponse:
    """POST text, quoted, files, kept (files of a word taken back), client_id."""
    found = _side(request, number, side)
    user: User = request.user  # type: ignore[assignment]
    text, quoted = (request.POST.get(name, "").strip()[:WORDS_MAX] for name in ("text", "quoted"))
    draft = {"text": text, "quoted": quoted, "files": kept_files(request, found)}
    try:
        if not text and not quoted:
            raise Refused(_("Write something first."))
        files = [*kept_files(request, found), *sent_files(request)]
        files += standing(found, Kind.REPLY, text, user=user)
        client_id = request.POST.get("client_id", "")[:64]
        data = {"quoted": quoted} if quoted else {}
        with transaction.atomic():
            send(found, text, by=user, files=files, client_id=client_id, data=data)
            discard(found, Kind.REPLY, user=user)
    except CannotAsk as reason:
        return _back(request, found, draft, told(reason))
    except (Refused, FileRefused) as refused:
        return _back(request, found, draft, str(refused))
    return redirect("desk:side", number, side)


@require_POST
def state(request: HttpRequest, number: int, side: int) -> HttpResponse:
    """POST done=1 or 0."""
    found = _side(request, number, side)
    settle(found, is_done=request.POST.get("done") == "1", by=request.user)  # type: ignore[arg-type]
    return (
        redirect("desk:conversation", number)
        if request.POST.get("done") == "1"
        else redirect("desk:side", number, side)
    )


def _back(request: HttpRequest, side: Conversation, draft: dict[str, Any], trouble: str) -> HttpResponse:
    return render(request, side, status=422, draft=draft, is_returned=True, trouble=trouble)


def told(reason: CannotAsk) -> str:
    sentences = {
        "nobody": _("Write at least one mail address."),
        "many": _("Ask at most %(most)d addresses at once.") % {"most": ASKED_MOST},
        "sides": _("%(most)d side conversations hang here already. Go on in one of them.")
        % {"most": SIDES_MOST},
        "own": filled(
            _("“%(address)s” is one of our own addresses. Write a private note instead."),
            {"address": reason.address},
        ),
        "takes_part": filled(
            _(
                "“%(address)s” takes part in this conversation and would learn of it. Reply to the customer instead."
            ),
            {"address": reason.address},
        ),
        "no_mailbox": _("No mailbox sends mail for this brand. Set one up in the console first."),
    }
    return sentences[reason.code]


def _form(
    request: HttpRequest, conversation: Conversation, typed: Typed, *, trouble: str = ""
) -> HttpResponse:
    files = Attachment.objects.of(conversation.pk).filter(message__conversation__side_of=None)
    begun = own_draft(conversation, Kind.SIDE, user=request.user)  # type: ignore[arg-type]
    return show(
        request,
        "desk/side_new.html",
        status=422 if trouble else 200,
        conversation=conversation,
        typed=typed,
        begun=begun,
        redacted=last_redaction(conversation),
        is_returned=bool(trouble),
        files=list(files.select_related("file").order_by("-pk")[:FILES_SHOWN]),
        trouble=trouble,
    )


def _typed(request: HttpRequest, conversation: Conversation) -> Typed:
    post = request.POST
    beside = typed_in(request)
    if post.get("forward", "") not in ("", "0"):
        beside = replace(beside, forward=_message(conversation, post["forward"]).pk)
    return Typed(
        **vars(beside),
        text=post.get("text", "").strip()[:WORDS_MAX],
        quoted=post.get("quoted", "").replace("\r\n", "\n").strip()[:WORDS_MAX],
        client_id=post.get("client_id", "")[:64],
    )


def _addresses(typed: str) -> list[str]:
    found = [address for address in BETWEEN.split(typed) if address]
    for address in found:
        try:
            validate_email(address)
        except ValidationError:
            raise Refused(filled(_("“%(address)s” is not a mail address."), {"address": address})) from None
    return found


def _taken_along(conversation: Conversation, picked: set[int]) -> list[StoredFile]:
    here = Attachment.objects.of(conversation.pk).filter(pk__in=picked).select_related("file")
    return [each.file for each in here.order_by("pk")]


def _begun(conversation: Conversation, client_id: str) -> Conversation | None:
    """The side conversation an earlier press of the same button began."""
    if not client_id:
        return None
    said = Message.objects.filter(conversation__side_of=conversation, client_id=client_id).first()
    waits = Outgoing.objects.filter(conversation__side_of=conversation, client_id=client_id).first()
    first = said or waits
    return first.conversation if first else None


def _message(conversation: Conversation, number: str) -> Message:
    pk = int(number) if number.isdigit() and len(number) < 16 else 0
    messages = conversation.messages.select_related("conversation__requester", "endpoint__inbox")
    return get_object_or_404(messages, pk=pk)


def _side(request: HttpRequest, number: int, side: int) -> Conversation:
    ticket = fetch(request, number)
    found = ticket.sides.select_related("side_of", "brand", "requester").filter(pk=side).first()
    if found is None:
        raise Http404
    found.side_of = ticket
    return found
