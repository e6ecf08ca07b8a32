"""What somebody has begun and not sent: their drafts in one list, and those of conversations that are not opened yet."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.drafts import Draft, Kind
from handrail.conversations.first_drafts import FirstDraft, FirstDraftMoved, discard
from handrail.conversations.first_drafts import keep as keep_first
from handrail.core.ids import random_id
from handrail.core.keyset import Slice, sliced
from handrail.web.desk.frame import show
from handrail.web.desk.side_draft import form_of

KEY = re.compile(r"[0-9A-Za-z]{1,64}")
NOT_SAID = {"csrfmiddlewaretoken", "client_id", "draft", "revision", "anyway", "choose", "closed", "as_is"}
FIELDS_MOST = 200
SHOWN = 100


def every(request: HttpRequest) -> HttpResponse:
    """GET /desk/drafts?after=&opening=: what I have begun, newest first: replies, notes and words to somebody outside, and
    conversations to open. Each list is turned by its own place: the further pages of one show it alone.
    """
    after, opening = request.GET.get("after", ""), request.GET.get("opening", "")
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    drafts = (
        Draft.objects.filter(Conversation.objects.open_to(viewer).contain("conversation"))
        .begun()
        .filter(user=viewer.user_id)
        .select_related("conversation__requester")
    )
    found: Slice[Draft] = Slice([], "") if opening else sliced(drafts, after=after, most=SHOWN, at="kept_at")
    mine = FirstDraft.objects.visible_to(viewer).begun()
    begun: Slice[FirstDraft] = (
        Slice([], "") if after else sliced(mine, after=opening, most=SHOWN, at="kept_at")
    )
    return show(
        request,
        "desk/drafts.html",
        drafts=[
            (each, form_of(each) if each.kind == Kind.SIDE else "") for each in found.rows if each.is_begun
        ],
        begun=begun.rows,
        older=found.after,
        older_begun=begun.after,
        is_first=not (after or opening),
        here="drafts",
    )


def begun_by(viewer: Viewer) -> list[FirstDraft]:
    """The conversations the viewer has begun to open, newest first."""
    return list(FirstDraft.objects.visible_to(viewer).begun()[:SHOWN])


@require_POST
def keep(request: HttpRequest) -> JsonResponse:
    """POST draft (its key), revision (the one the window began with), anyway=1, and the form's fields -> {"revision"}.

    409 with {"revision", "over", "words"} where another window changed it, or opened the conversation, since.
    """
    key, revision = key_of(request.POST.get("draft", "")), request.POST.get("revision", "")
    if not key:
        raise Http404
    names = [name for name in request.POST if name not in NOT_SAID][:FIELDS_MOST]
    user: User = request.user  # type: ignore[assignment]
    try:
        draft = keep_first(
            key,
            {name: request.POST.getlist(name) for name in names},
            user=user,
            revision=int(revision) if revision.isdigit() and len(revision) < 10 else 0,
            anyway="anyway" in request.POST,
        )
    except FirstDraftMoved as moved:
        now = moved.draft
        over = now.over_at is not None
        words = (
            _("This was opened or thrown away in another window.")
            if over
            else _("Another window has changed this draft.")
        )
        return JsonResponse({"revision": now.revision, "over": over, "words": words}, status=409)
    except ValueError:
        return JsonResponse({"words": _("This is too long to be kept.")}, status=422)
    return JsonResponse({"revision": draft.revision})


@require_POST
def throw_away(request: HttpRequest) -> HttpResponse:
    """POST draft (its key): it is not wanted any more."""
    key = key_of(request.POST.get("draft", ""))
    if not key:
        raise Http404
    discard(key, user=request.user)  # type: ignore[arg-type]
    return redirect("desk:drafts")


def key_of(text: str) -> str:
    """The key of a draft as a form sends it; "" for what is none."""
    return text if KEY.fullmatch(text) else ""


def draft_named(text: str, *, viewer: Viewer) -> FirstDraft | None:
    """The viewer's own draft with this key, while it says something."""
    key = key_of(text)
    return FirstDraft.objects.visible_to(viewer).begun().filter(key=key).first() if key else None


def left_in(draft: FirstDraft) -> QueryDict:
    """What stands in a draft, as a form would send it."""
    said = QueryDict(mutable=True)
    for name, values in draft.said.items():
        said.setlist(name, values)
    return said


def draft_shown(request: HttpRequest, left: FirstDraft | None) -> dict[str, Any]:
    """What the form needs to go on with a draft: its key and revision, as it was sent, was left, or new."""
    if left:
        return {"draft_key": left.key, "draft_revision": left.revision}
    key, revision = key_of(request.POST.get("draft", "")), request.POST.get("revision", "")
    is_known = key and revision.isdigit() and len(revision) < 10
    return {"draft_key": key or random_id(), "draft_revision": int(revision) if is_known else 0}
