"""Pictures that stand in the words of a reply or a note: kept with its draft while it is written, files of the conversation then."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.policy import can
from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.drafts import Kind, held, hold
from handrail.conversations.wording import placed
from handrail.core.files.keeping import FileRefused, keep
from handrail.core.files.links import link
from handrail.core.files.models import StoredFile
from handrail.core.files.pictures import IMAGES
from handrail.web.desk.conversations import fetch

LONGEST = 2000  # pixels of the longer side: what a screen shows of a screenshot, and a mailbox takes


@require_POST
def add(request: HttpRequest, number: int) -> JsonResponse:
    """POST kind (reply or note), file: a picture that may stand in what I write -> {"name", "url"}. It is painted anew,
    without what its camera wrote beside it; 422 {"words"} for what is no picture or not taken."""
    conversation = fetch(request, number)
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    user: User = request.user  # type: ignore[assignment]
    kind, sent = request.POST.get("kind", ""), request.FILES.get("file")
    if kind not in Kind.values or not can(viewer, f"conversations.{kind}") or sent is None:
        raise Http404
    try:
        kept = keep(sent, name=sent.name or "", by=user, types=IMAGES.values(), longest=LONGEST)
    except FileRefused as refused:
        return JsonResponse({"words": str(refused)}, status=422)
    hold(conversation, kind, [kept], user=user)
    return JsonResponse({"name": kept.name, "url": url_of(conversation.pk, kept)})


def picture(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """GET: a picture of a draft or of a reply that has not left, for whoever may see the conversation."""
    conversation = fetch(request, number)
    here = Q(drafts__conversation=conversation) | Q(outgoing__conversation=conversation)
    found = get_object_or_404(StoredFile.objects.filter(here, is_inline=True).distinct(), name=name)
    return redirect(link(found, viewer=request.viewer.key))  # type: ignore[attr-defined]


def url_of(number: int, file: StoredFile) -> str:
    return reverse("desk:picture", args=[number, file.name])


def standing(conversation: Conversation, kind: str, text: str, *, user: User) -> list[StoredFile]:
    """The pictures that stand in what `user` sends; what was taken out of the words does not go along."""
    return placed(text, held(conversation, kind, user=user)) if "picture:" in text else []


def back_in_draft(
    conversation: Conversation, text: str, files: Sequence[StoredFile], *, user: User
) -> list[StoredFile]:
    """A reply was taken back: what stood in its words may stand there again. Returns what only hung on it."""
    stood = placed(text, files)
    if stood:
        hold(conversation, "reply", stood, user=user)
    return [each for each in files if each not in stood]
