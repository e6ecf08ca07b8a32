"""A conversation on paper or by mail: what was said between the customer and us, and nothing that is ours alone."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.channels.own_addresses import refusal
from handrail.conversations.conversation import Conversation
from handrail.conversations.invited import invited_lines
from handrail.conversations.messages import Message
from handrail.conversations.transcripts import EnoughOfThem, NoMailbox, said, send_transcript
from handrail.core import clock
from handrail.web.desk.conversations import fetch
from handrail.web.desk.frame import show
from handrail.web.desk.thread import pictures_in
from handrail.workspace.korean import filled


class Refused(ValueError):
    """It was not sent; the message says why, in the reader's language."""


def page(request: HttpRequest, number: int) -> HttpResponse:
    """GET /desk/conversations/<number>/print"""
    conversation = fetch(request, number)
    return _shown(request, conversation, email=conversation.requester.email)


@require_POST
def mail(request: HttpRequest, number: int) -> HttpResponse:
    """POST /desk/conversations/<number>/transcript {email}: what was said goes there, in the conversation's language."""
    conversation = fetch(request, number)
    email = request.POST.get("email", "").strip()[:254]
    try:
        _send(conversation, email, by=request.user)  # type: ignore[arg-type]
    except Refused as refused:
        return _shown(request, conversation, email=email, problem=str(refused), status=422)
    return redirect(f"{reverse('desk:print', args=[number])}?sent=1")


def _send(conversation: Conversation, email: str, *, by: User) -> None:
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(filled(_("“%(address)s” is not a mail address."), {"address": email})) from None
    if why := refusal(email, by_staff=True):
        raise Refused(why)
    zone = conversation.requester.zone
    try:
        send_transcript(conversation, email, by=by, locale=conversation.locale, zone=zone)
    except NoMailbox:
        raise Refused(_("No mailbox of this brand sends mail. Set one up first.")) from None
    except EnoughOfThem:
        raise Refused(_("This transcript was sent five times today. Send it again tomorrow.")) from None


def _shown(
    request: HttpRequest, conversation: Conversation, *, email: str, problem: str = "", status: int = 200
) -> HttpResponse:
    messages = _with_merged(request, conversation)
    return show(
        request,
        "desk/print.html",
        conversation=conversation,
        messages=messages,
        pictures={each.pk: pictures_in(each) for each in messages},
        invited={each.pk: invited_lines(each) for each in messages},
        printed_at=clock.now(),
        may_mail="conversations.reply" in request.viewer.rights and conversation.side_of_id is None,  # type: ignore[attr-defined]
        email=email,
        problem=problem,
        sent="sent" in request.GET,
        status=status,
    )


def _with_merged(request: HttpRequest, conversation: Conversation) -> list[Message]:
    """What was said in it and in all that were merged into it and this colleague may see, in the order it was said."""
    seen = Conversation.objects.visible_to(request.viewer)  # type: ignore[attr-defined]
    every = [conversation, *seen.filter(merged_into=conversation)]
    return sorted((message for each in every for message in said(each)), key=lambda each: each.at)
