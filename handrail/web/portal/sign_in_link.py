"""The link in the mail: asked for by anybody, answered to everybody alike, opened by a press and only once."""

from __future__ import annotations

import time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from handrail.accounts.models import SignInLink
from handrail.channels.own_addresses import refusal
from handrail.channels.sign_in_mail import send_sign_in_link
from handrail.contacts.accounts import find, welcome
from handrail.conversations.conversation import Conversation
from handrail.conversations.guests import send_request_link
from handrail.core.actors import SYSTEM
from handrail.web.limits import address_of, take
from handrail.web.portal import addresses
from handrail.web.portal.locale import in_locale
from handrail.web.portal.page import Frame, show
from handrail.web.portal.posted import posted_from
from handrail.web.portal.sign_in import next_path, shown
from handrail.web.viewer import RESET_KEY, let_guest_in, let_in
from handrail.workspace.locales import LOCALES

ASKED_AN_HOUR = 20
NUMBER_DIGITS_MAX = 19


@posted_from("portal:sign-in")
@never_cache
@in_locale
def ask(request: HttpRequest, locale: str) -> HttpResponse:
    """POST …/sign-in/link {email, next, conversation}: one answer for every address; the job decides whether a mail goes out.

    With `conversation` the link opens that request alone, for who takes part in it or is answered at the address; anybody
    else is mailed what the page without it mails.
    """
    email = request.POST.get("email", "").strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        problem = _("Please check this address; there may be a letter missing.")
        return shown(request, locale, email=email[:254], problem=problem, status=400)
    if why := refusal(email):
        return shown(request, locale, email=email[:254], problem=why, status=400)
    if not take(f"{ASKED_AN_HOUR}/hour", "sign-in-link", address_of(request)).is_allowed:
        problem = _("Many links were asked for from here. Please try again in an hour.")
        return shown(request, locale, email=email, problem=problem, status=429)
    wanted = request.POST.get("conversation", "")
    number = int(wanted) if wanted.isdecimal() and len(wanted) < NUMBER_DIGITS_MAX else None
    # While one is on its way, asking again adds none.
    key = f"sign-in:{email}:{number or ''}"
    asked = {"locale": locale, "path": path_of(locale), "brand": request.brand.pk}  # type: ignore[attr-defined]
    after = next_path(request)
    if number is None:
        send_sign_in_link.using(dedupe_key=key).enqueue(email, next_path=after, **asked)
    else:
        after = after or addresses.request(number, locale)
        send_request_link.using(dedupe_key=key).enqueue(email, number=number, next_path=after, **asked)
    return shown(request, locale, email=email, sent=True)


@never_cache
@in_locale
def open(request: HttpRequest, locale: str, secret: str) -> HttpResponse:
    """GET: the button. POST: redeem. Mail scanners open every link, so looking uses nothing up."""
    link = SignInLink.live(secret)
    if link is None or (request.method == "POST" and not link.redeem(by=SYSTEM)):
        return shown(request, locale, is_old=True, status=410)
    if request.method == "POST":
        return redeemed(request, locale, link)
    path = reverse("portal:sign-in-link", args=[locale, secret])
    other = {code: reverse("portal:sign-in-link", args=[code, secret]) for code in ("ko", "en")}
    frame = Frame(path=addresses.sign_in(locale), switch=other, robots="noindex", here="do")
    # The address of this page is the secret; the site's own referrer policy keeps it from other sites.
    context: dict[str, Any] = {"link": link, "action": path, "is_claim": claimed_by(link) is not None}
    return show(request, "portal/sign_in_link.html", frame, locale=locale, **context)


def redeemed(request: HttpRequest, locale: str, link: SignInLink) -> HttpResponse:
    person = welcome(link.email, assurance=2, locale=link.locale)
    if link.purpose == SignInLink.Purpose.ONE_CONVERSATION and link.conversation_id:
        if claim := claimed_by(link):
            claim.confirm(by=person)
        let_guest_in(request, person, number=link.conversation_id, address=link.email)
        return redirect(addresses.request(link.conversation_id, locale))
    let_in(request, person, assurance=2)
    if link.next_path in {addresses.profile(each) for each in LOCALES}:
        # Asked for to choose a password, by who may have forgotten the present one.
        request.session[RESET_KEY] = time.time()
    return redirect(link.next_path or addresses.requests(locale))


def claimed_by(link: SignInLink) -> Conversation | None:
    """The request a link opens, if it was only claimed in the name of whoever reads the link's mailbox."""
    person = find(link.email)
    if person is None or not link.conversation_id:
        return None
    theirs = Conversation.objects.filter(requester=person, is_claimed=True, deleted_at=None, side_of=None)
    return theirs.filter(pk=link.conversation_id).first()


def path_of(locale: str) -> str:
    """Where links are opened, up to the secret."""
    return reverse("portal:sign-in-link", args=[locale, "x"])[:-1]
