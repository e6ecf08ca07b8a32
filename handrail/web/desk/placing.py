"""Pictures that stand in the words of what a colleague writes: kept with its draft meanwhile, files of the conversation then."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.conversations import first_drafts
from handrail.conversations.conversation import Conversation
from handrail.conversations.drafts import held, hold
from handrail.conversations.first_drafts import FirstDraft
from handrail.conversations.wording import placed
from handrail.core.files.keeping import FileRefused, keep
from handrail.core.files.links import link
from handrail.core.files.models import StoredFile
from handrail.core.files.pictures import IMAGES
from handrail.web.desk.begun import key_of
from handrail.web.desk.conversations import fetch_with_sides
from handrail.web.desk.drafts import kind_of

LONGEST = 2000  # pixels of the longer side: what a screen shows of a screenshot, and a mailbox takes


@require_POST
def add(request: HttpRequest, number: int) -> JsonResponse:
    """POST kind (of the draft), file: a picture that may stand in what I write there."""
    conversation, kind = fetch_with_sides(request, number), kind_of(request)
    return _add(request, lambda kept, user: hold(conversation, kind, [kept], user=user))


@require_POST
def add_first(request: HttpRequest, key: str) -> JsonResponse:
    """POST file: a picture that may stand in the words of a conversation I begin, whose draft has this key."""
    if not key_of(key):
        raise Http404
    return _add(request, lambda kept, user: first_drafts.hold(key, [kept], user=user))


def _add(request: HttpRequest, hold_it: Callable[[StoredFile, User], None]) -> JsonResponse:
    """-> {"name", "url"}, which is this address and the name. The picture is painted anew, without what its camera wrote
    beside it; 422 {"words"} for what is no picture or not taken."""
    user: User = request.user  # type: ignore[assignment]
    sent = request.FILES.get("file")
    if sent is None:
        raise Http404
    try:
        kept = keep(sent, name=sent.name or "", by=user, types=IMAGES.values(), longest=LONGEST)
    except FileRefused as refused:
        return JsonResponse({"words": str(refused)}, status=422)
    hold_it(kept, user)
    return JsonResponse({"name": kept.name, "url": f"{request.path}/{kept.name}"})


def picture(request: HttpRequest, number: int, name: str) -> HttpResponse:
    """GET: a picture of a draft or of what has not left, for whoever may see the conversation."""
    conversation = fetch_with_sides(request, number)
    return _shown(
        request, Q(drafts__conversation=conversation) | Q(outgoing__conversation=conversation), name
    )


def first_picture(request: HttpRequest, key: str, name: str) -> HttpResponse:
    """GET: a picture of a conversation the viewer has begun to open; whichever, for its words may go on under another key."""
    mine = FirstDraft.objects.visible_to(request.viewer)  # type: ignore[attr-defined]
    return _shown(request, Q(first_drafts__in=mine), name)


def _shown(request: HttpRequest, here: Q, name: str) -> HttpResponse:
    found = get_object_or_404(StoredFile.objects.filter(here, is_inline=True).distinct(), name=name)
    return redirect(link(found, viewer=request.viewer.key))  # type: ignore[attr-defined]


def standing(conversation: Conversation, kind: str, text: str, *, user: User) -> list[StoredFile]:
    """The pictures that stand in what `user` sends; what was taken out of the words does not go along."""
    return placed(text, held(conversation, kind, user=user))


def back_in_draft(
    conversation: Conversation, text: str, files: Sequence[StoredFile], *, user: User
) -> list[StoredFile]:
    """A reply was taken back: what stood in its words may stand there again. Returns what only hung on it."""
    stood = placed(text, files)
    if stood:
        hold(conversation, "reply", stood, user=user)
    return [each for each in files if each not in stood]
