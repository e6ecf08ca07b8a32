"""Drafts kept on the server while they are written, those of colleagues to take over, and who is at which row of a list."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.policy import can
from handrail.accounts.viewer import Viewer
from handrail.conversations.beside import beside
from handrail.conversations.conversation import Conversation
from handrail.conversations.drafts import Draft, DraftMoved, Kind, take_over
from handrail.conversations.drafts import keep as keep_draft
from handrail.web.desk.conversations import fetch, fetch_with_sides
from handrail.web.desk.lines import around, wording
from handrail.web.desk.side_draft import fields_of, form_of, said_in

ASKED_MOST = 50


@require_POST
def keep(request: HttpRequest, number: int) -> JsonResponse:
    """POST kind, text, revision (the one the window began with), anyway=1, and what stands beside the words of a side
    (side_draft.py) -> {"revision"}.

    409 with {"revision", "text", "said", "words"} where another window or a colleague changed it since; `said` is what
    then stands in the fields of the form that asked.
    """
    conversation = fetch_with_sides(request, number)
    kind, revision = kind_of(request), request.POST.get("revision", "")
    user: User = request.user  # type: ignore[assignment]
    try:
        draft = keep_draft(
            conversation,
            kind,
            request.POST.get("text", ""),
            user=user,
            revision=int(revision) if revision.isdigit() and len(revision) < 10 else 0,
            said=said_in(request, conversation) if kind == Kind.SIDE else None,
            anyway="anyway" in request.POST,
        )
    except DraftMoved as moved:
        now = moved.draft
        said = fields_of(request, conversation, now) if kind == Kind.SIDE else {}
        answer = {"revision": now.revision, "text": now.text, "said": said, "words": _moved(now)}
        return JsonResponse(answer, status=409)
    return JsonResponse({"revision": draft.revision})


@require_POST
def take(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """POST: go on with what a colleague began."""
    conversation = fetch(request, number)
    draft = get_object_or_404(
        Draft.objects.select_related("user", "conversation"), conversation=conversation, pk=pk
    )
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not can(viewer, Kind(draft.kind).right):
        raise Http404
    taken = take_over(draft, by=request.user)  # type: ignore[arg-type]
    return redirect(
        form_of(taken) if draft.kind == Kind.SIDE else reverse("desk:conversation", args=[conversation.pk])
    )


def looking(request: HttpRequest) -> JsonResponse:
    """GET /desk/looking?number=…&number=… -> {"around": {number: what stands beside that row}}."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    asked = [
        int(each) for each in request.GET.getlist("number")[:ASKED_MOST] if each.isdigit() and len(each) < 16
    ]
    seen = list(Conversation.objects.visible_to(viewer).filter(pk__in=asked).values_list("pk", flat=True))
    found = beside(seen, me=viewer.user_id or 0)
    words = wording(viewer.locale)
    return JsonResponse({"around": {number: around(number, found, words) for number in seen}})


def kind_of(request: HttpRequest) -> Kind:
    """POST kind: of the draft that is written. Raises Http404 for none, and for one they may not write."""
    kind = request.POST.get("kind", "")
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if kind not in Kind.values or not can(viewer, Kind(kind).right):
        raise Http404
    return Kind(kind)


def _moved(draft: Draft) -> str:
    if draft.taken_by:
        return _("%(name)s has taken this draft over.") % {"name": draft.taken_by.name}
    if not draft.is_begun:
        return _("This draft was sent or emptied in another window.")
    return _("Another window has other words for this draft.")
