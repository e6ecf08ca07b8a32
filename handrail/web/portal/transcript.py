"""What was said, to take along: on a page to read, print or keep as a file, and by mail."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from handrail.channels.own_addresses import refusal
from handrail.contacts.models import PROVED
from handrail.conversations.conversation import Conversation
from handrail.conversations.sharing import reads_along
from handrail.conversations.transcripts import (
    EnoughOfThem,
    Entry,
    NoMailbox,
    Transcript,
    heading,
    in_text,
    send_transcript,
    with_choices,
)
from handrail.core.actors import SYSTEM
from handrail.web.limits import address_of, take
from handrail.web.portal.live import opened
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, in_every_locale, show
from handrail.web.portal.posted import posted_from
from handrail.web.portal.saying import Unsaid, too_often
from handrail.web.portal.thread import PAGE, Line, lines, speaker
from handrail.web.portal.zones import reader_zone
from handrail.web.viewer import visitor_of
from handrail.workspace.locales import LOCALES
from handrail.workspace.zone_names import zone_name

MAILED_AN_HOUR = 5
PRESSED_AN_HOUR = 20


@never_cache
@in_locale
def page(request: HttpRequest, locale: str, public_id: str) -> HttpResponse:
    """GET /hc/<locale>/talk/<public id>/transcript: the page; ?as=text: the same as a file."""
    conversation = opened(request, public_id)
    if request.GET.get("as") == "text":
        return _file(request, locale, conversation)
    return shown(request, locale, conversation)


@posted_from("portal:transcript", "public_id")
@never_cache
@in_locale
def mail(request: HttpRequest, locale: str, public_id: str) -> HttpResponse:
    """POST …/transcript/mail {email}: it is sent there, or a link that asks whoever reads that mailbox first."""
    conversation = opened(request, public_id)
    viewer = visitor_of(request)
    if reads_along(conversation, viewer):
        raise Http404
    try:
        made = _send(request, locale, conversation)
    except Unsaid as problem:
        return shown(request, locale, conversation, problem=problem)
    page = reverse("portal:transcript", args=[locale, public_id])
    return redirect(f"{page}?sent={'words' if made.is_proved else 'link'}")


@never_cache
@in_locale
def by_link(request: HttpRequest, locale: str, token: str) -> HttpResponse:
    """GET /hc/<locale>/transcript/<token>: the button. POST: the words leave for the mailbox the link came to. Mail scanners
    open every link, so looking changes nothing; nothing of the conversation is shown."""
    asked = Transcript.of_token(token)
    problem = None
    if asked and request.method == "POST":
        allowance = take(f"{PRESSED_AN_HOUR}/hour", "transcript-link", address_of(request))
        if allowance.is_allowed:
            asked.confirm(by=SYSTEM)
        else:
            problem = too_often(allowance)
    switch = {code: reverse("portal:transcript-link", args=[code, token]) for code in LOCALES}
    return show(
        request,
        "portal/transcript_link.html",
        Frame(path=f"/hc/{locale}/requests", switch=switch, robots="noindex", here="person"),
        locale=locale,
        asked=asked,
        problem=str(problem) if problem else "",
        status=problem.status if problem else 200 if asked else 410,
    )


def shown(
    request: HttpRequest, locale: str, conversation: Conversation, *, problem: Unsaid | None = None
) -> HttpResponse:
    zone = _zone(request, conversation)
    with timezone.override(zone):
        return _written(request, locale, conversation, zone=zone, problem=problem)


def _written(
    request: HttpRequest, locale: str, conversation: Conversation, *, zone: str, problem: Unsaid | None
) -> HttpResponse:
    viewer = visitor_of(request)
    path = reverse("portal:transcript", args=[locale, conversation.public_id])
    return show(
        request,
        "portal/talk_transcript.html",
        Frame(path=path, switch=in_every_locale(path, locale), robots="noindex", here="person"),
        locale=locale,
        conversation=conversation,
        lines=_all(conversation, request),
        who=who,
        zone_named=zone_name(zone, locale=locale),
        may_mail=not reads_along(conversation, viewer) and conversation.mailbox is not None,
        email=problem.text if problem else _known_address(request, conversation),
        problem=str(problem) if problem else "",
        sent=request.GET.get("sent", ""),
        status=problem.status if problem else 200,
    )


def _send(request: HttpRequest, locale: str, conversation: Conversation) -> Transcript:
    email = request.POST.get("email", "").strip()[:254]
    try:
        validate_email(email)
    except ValidationError as error:
        raise Unsaid(_("This does not look like a mail address. Please check it."), text=email) from error
    if why := refusal(email):
        raise Unsaid(why, text=email)
    allowance = take(f"{MAILED_AN_HOUR}/hour", "transcript", address_of(request))
    if not allowance.is_allowed:
        raise Unsaid(str(too_often(allowance)), text=email, status=429)
    by = speaker(conversation, visitor_of(request))
    try:
        zone = _zone(request, conversation)
        return send_transcript(conversation, email, by=by, locale=locale, zone=zone)
    except NoMailbox as error:
        raise Unsaid(
            _("We cannot send mail here. Print it or keep it as a file instead."), text=email
        ) from error
    except EnoughOfThem as error:
        sentence = _("Enough mails went out for today. Look among your mails, or keep it as a file here.")
        raise Unsaid(sentence, text=email, status=429) from error


def _file(request: HttpRequest, locale: str, conversation: Conversation) -> HttpResponse:
    zone = _zone(request, conversation)
    head = "\n".join(heading(conversation, zone=zone, locale=locale))
    entries = [_entry(line) for line in _all(conversation, request)]
    text = f"{head}\n\n{in_text(entries, zone=zone, locale=locale)}\n"
    # A mark at the beginning, without which some editors read Hangul as something else.
    response = HttpResponse("\ufeff" + text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="chat-{conversation.number}.txt"'
    return response


def _entry(line: Line) -> Entry:
    choices: list[dict[str, Any]] = [{"title": each.title} for each in line.choices]
    text = "\n".join([*line.invited, with_choices(line.text, choices)]).strip()
    return Entry(who(line), line.at, text, [file.title for file in line.files])


def who(line: Line) -> str:
    """Who said it, as its reader sees it."""
    mine = _("In your name, sender not verified") if line.is_claimed else _("You")
    named = {"me": mine, "bot": _("Automatic reply")}
    return (
        named.get(line.side)
        or line.author
        or (_("Our team") if line.side == "person" else _("The one who asked"))
    )


def _all(conversation: Conversation, request: HttpRequest) -> list[Line]:
    """Everything this reader may see, oldest first."""
    viewer = visitor_of(request)
    found: list[Line] = []
    after = -1
    while after < conversation.last_seq:
        found += lines(conversation, viewer, after=max(after, 0))
        # The next two hundred by their own numbers: some of these were not for this reader.
        some = conversation.messages.filter(seq__gt=max(after, 0)).order_by("seq")
        after = some.values_list("seq", flat=True)[PAGE - 1 : PAGE].first() or conversation.last_seq
    return found


def _zone(request: HttpRequest, conversation: Conversation) -> str:
    kept = conversation.requester.zone
    return reader_zone(request, visitor_of(request), kept=kept) or kept


def _known_address(request: HttpRequest, conversation: Conversation) -> str:
    person = speaker(conversation, visitor_of(request))
    proved = person.identities.filter(kind="email", assurance__gte=PROVED).order_by("-assurance", "pk")
    return proved.values_list("value", flat=True).first() or ""
