"""One mail looked at closely: why it stands here, and the lines it came in. For whoever may see its conversation."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from handrail.channels.mail.source import SHOWN_BYTES, source, without_secrets
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.conversations.originals import is_mail, original
from handrail.intake.why import why
from handrail.web.desk.frame import show


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /desk/messages/<id>/mail"""
    message = _fetch(request, pk)
    kept = original(message)
    return show(
        request,
        "desk/mail.html",
        message=message,
        conversation=message.conversation,
        why=why(message),
        source=source(kept) if kept else None,
        shown_most=SHOWN_BYTES,
    )


def download(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /desk/messages/<id>/mail.eml: the whole mail, only ever downloaded."""
    kept = original(_fetch(request, pk))
    if not kept:
        raise Http404
    response = HttpResponse(without_secrets(kept), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="mail-{pk}.eml"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _fetch(request: HttpRequest, pk: int) -> Message:
    seen = Conversation.objects.open_to(request.viewer)  # type: ignore[attr-defined]
    messages = Message.objects.select_related("conversation__brand", "conversation__requester")
    message = get_object_or_404(messages, seen.contain("conversation"), pk=pk)
    if not is_mail(message):
        raise Http404
    return message
