"""Taking something out for good, and deleting a conversation with a way back for some days."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.answers.forgetting import forget_words
from handrail.automation.putting_away import away, bring_back
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Attachment
from handrail.conversations.queries import light
from handrail.conversations.redaction import TooShort, pattern_of, redact, redact_file
from handrail.core import keyset
from handrail.web.desk.changes import Refused, changing
from handrail.web.desk.conversations import fetch
from handrail.web.desk.frame import show

SHOWN = 50


@changing
def redaction(conversation: Conversation, request: HttpRequest, user: User) -> None:
    """POST text: taken out everywhere; or file: an attachment's id."""
    if (file := request.POST.get("file", "")).isdigit() and len(file) < 16:
        here = Attachment.objects.of(conversation.pk).select_related("file")
        redact_file(conversation, get_object_or_404(here, pk=file), by=user)
        return
    text = request.POST.get("text", "").strip()[:2000]
    try:
        with transaction.atomic():
            asked = forget_words(_asked_in(conversation), pattern_of(text), by=user)
            found = redact(conversation, text, by=user) + asked
    except TooShort:
        raise Refused(_("Write at least four letters of what should be gone.")) from None
    if not found:
        raise Refused(
            _("That does not stand anywhere in this conversation. Copy it from the message.")
        ) from None


def _asked_in(conversation: Conversation) -> list[str]:
    """Keys of the questions that the assistant was asked in it."""
    told = conversation.messages.filter(data__has_key="ask").values_list("data__ask", flat=True)
    return [key for key in told if isinstance(key, str)]


@require_POST
def deletion(request: HttpRequest, number: int) -> HttpResponse:
    """POST: nobody sees it any more; for the set days it can be restored."""
    conversation = fetch(request, number)
    conversation.delete_for_now(by=request.user)  # type: ignore[arg-type]
    return redirect("desk:deleted")


def deleted(request: HttpRequest) -> HttpResponse:
    """GET /desk/deleted?after=: what can be restored, a page at a time, what was deleted last first."""
    restorable = Conversation.objects.deleted(request.viewer)  # type: ignore[attr-defined]
    after = request.GET.get("after", "")
    gone = keyset.older(restorable, after, at="deleted_at")
    places = list(gone.values_list("deleted_at", "pk")[: SHOWN + 1])
    numbers = [pk for _at, pk in places[:SHOWN]]
    found = {row.number: row for row in light(restorable.filter(pk__in=numbers))}
    return show(
        request,
        "desk/deleted.html",
        rows=[found[number] for number in numbers],
        why=away(numbers),
        older=keyset.written(*places[SHOWN - 1]) if len(places) > SHOWN else "",
        is_first=not after,
        days=settings.DELETED_DAYS,
        here="deleted",
    )


@require_POST
def restoring(request: HttpRequest, number: int) -> HttpResponse:
    """POST: it stands where it stood, and a sender who was blocked with it as spam writes in again."""
    gone = Conversation.objects.deleted(request.viewer)  # type: ignore[attr-defined]
    conversation = get_object_or_404(gone, pk=number)
    bring_back(conversation, "", request.user)  # type: ignore[arg-type]
    return redirect("desk:conversation", number)
