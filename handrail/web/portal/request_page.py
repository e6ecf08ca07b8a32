"""One request: what was said, where it stands, and what its customer can do."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache

from handrail.accounts.viewer import Viewer
from handrail.contacts.models import Person
from handrail.conversations.conversation import Conversation
from handrail.conversations.endpoints import Participant
from handrail.conversations.expect import expect
from handrail.conversations.read_marks import Got
from handrail.conversations.sharing import is_requester, may_write, reads_along, who_spoke
from handrail.conversations.values import told
from handrail.core.ids import random_id
from handrail.web.portal import addresses
from handrail.web.portal.asked_before import asked_before
from handrail.web.portal.boxes import boxes_of
from handrail.web.portal.claims import claim_of
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.requests import called_by
from handrail.web.portal.saying import TEXT_CHARS_MAX, Unsaid
from handrail.web.portal.standing import standing
from handrail.web.portal.thread import lines, render
from handrail.web.portal.zones import reader_zone
from handrail.web.viewer import visitor_of


class Missing(Exception):
    """There is no such request for this viewer."""


@never_cache
@in_locale
def page(request: HttpRequest, locale: str, number: int) -> HttpResponse:
    """GET /hc/<locale>/requests/<number>. The number of a merged one leads to the one it became."""
    try:
        conversation = found(request, number)
    except Missing:
        return not_here(request, locale, number)
    if conversation.pk != number:
        return redirect("portal:request", locale, conversation.pk)
    return shown(request, locale, conversation)


def found(request: HttpRequest, number: int) -> Conversation:
    """The request, or the one it was merged into. Raises Missing for what the viewer may not see."""
    mine = Conversation.objects.visible_to(visitor_of(request)).select_related(
        "requester", "team__hours", "merged_into", "organisation"
    )
    conversation = mine.filter(pk=number).first() if number < 1 << 63 else None
    if conversation and conversation.merged_into:
        conversation = mine.filter(pk=conversation.survivor.pk).first()
    if conversation is None:
        raise Missing
    return conversation


def not_here(request: HttpRequest, locale: str, number: int) -> HttpResponse:
    """The same for a number that is not there and for one that is somebody else's: perhaps you are not signed in.

    One that came in the reader's own name and was not confirmed asks whether they wrote it.
    """
    viewer = visitor_of(request)
    claim = claim_of(viewer, number)
    path = reverse("portal:request", args=[locale, number])
    frame = Frame(path=path, switch=in_every_locale(path, locale), robots="noindex", here="do")
    context = {"viewer": viewer, "number": number, "claim": claim}
    status = 200 if claim else 404
    return show(request, "portal/request_missing.html", frame, locale=locale, status=status, **context)


def shown(
    request: HttpRequest, locale: str, conversation: Conversation, *, problem: Unsaid | None = None
) -> HttpResponse:
    viewer = visitor_of(request)
    said = lines(conversation, viewer)
    is_along = reads_along(conversation, viewer)
    path = reverse("portal:request", args=[locale, conversation.pk])
    zone = reader_zone(request, viewer)
    is_sent = "sent" in request.GET
    expected = expect(conversation.team, channel=conversation.channel) if is_sent else None
    return show(
        request,
        "portal/request.html",
        Frame(path=path, switch=in_every_locale(path, locale), robots="noindex", here="do"),
        locale=locale,
        conversation=conversation,
        boxes=boxes_of(viewer),
        lines=render(said, conversation, last=-1),
        last=said[-1].seq if said else 0,
        got=Got() if is_along else conversation.read_marks.ours().furthest(),
        standing=standing(conversation, locale=locale, zone=zone),
        is_sent=is_sent,
        expected=expected.sentence(locale=locale, zone=zone) if expected else "",
        asked=asked_before(conversation, viewer),
        filled=[] if is_along else told(conversation, locale=locale),
        copied=[] if is_along else copied(conversation),
        is_along=is_along,
        may_write=may_write(conversation, viewer),
        asked_by=called_by(conversation.requester.name) if is_along else "",
        may_copy=may_copy(conversation, viewer),
        viewer=viewer,
        draft=problem.text if problem else "",
        problem=str(problem) if problem else "",
        text_most=TEXT_CHARS_MAX,
        client_id=random_id(),
        status=problem.status if problem else 200,
    )


@dataclass(frozen=True)
class Copied:
    """Somebody who reads along. `called`: their name where they spoke here, else the address that somebody wrote."""

    person: Person
    called: str


def copied(conversation: Conversation) -> list[Copied]:
    """Who reads along, in the order they came."""
    rows = conversation.participants.filter(role=Participant.Role.COPIED, left_at=None)
    people = [
        row.person
        for row in rows.select_related("person").prefetch_related("person__identities").order_by("pk")
    ]
    if not people:
        return []
    spoke = who_spoke(conversation)
    written = dict(
        conversation.endpoints.filter(person__in=people, inbox__kind="mail").values_list("person", "address")
    )
    return [
        Copied(each, each.name if each.name and each.pk in spoke else written.get(each.pk) or each.email)
        for each in people
    ]


def may_copy(conversation: Conversation, viewer: Viewer) -> bool:
    """Only the one whose request it is, once their address is proved: each copy makes us write to somebody."""
    is_theirs = is_requester(conversation, viewer) and viewer.assurance >= 2
    return is_theirs and not conversation.is_closed


def back(locale: str, conversation: Conversation) -> HttpResponse:
    return redirect(addresses.request(conversation.pk, locale) + "#last")
