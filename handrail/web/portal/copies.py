"""A colleague who reads along: added and taken away by the one whose request it is."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from handrail.channels.own_addresses import refusal
from handrail.contacts.identify import identify, normal
from handrail.conversations.conversation import Conversation
from handrail.web.limits import take
from handrail.web.portal.request_acts import on_request
from handrail.web.portal.request_page import back, copied, may_copy
from handrail.web.portal.saying import Unsaid
from handrail.web.portal.thread import speaker
from handrail.web.viewer import visitor_of

COPIES_MAX = 8
ADDED_A_DAY = 20


@on_request
def add(request: HttpRequest, locale: str, conversation: Conversation) -> HttpResponse:
    """POST …/copies {email}: they read everything said here, get it by mail, and may answer."""
    viewer = visitor_of(request)
    if not may_copy(conversation, viewer):
        raise Http404
    email = request.POST.get("email", "").strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Unsaid(_("This does not look like a mail address. Please check it.")) from error
    if why := refusal(email):
        raise Unsaid(why)
    if len(copied(conversation)) >= COPIES_MAX:
        raise Unsaid(_("At most %(n)d people can read along. Remove one first.") % {"n": COPIES_MAX})
    if not take(f"{ADDED_A_DAY}/day", "copies", viewer.key).is_allowed:
        raise Unsaid(_("Those were many people for one day. Please add the others tomorrow."), status=429)
    by = speaker(conversation, viewer)
    person = identify("email", email, by=by, locale=locale)
    conversation.add_participant(person, by=by)
    if inbox := conversation.mailbox:
        # As it was written: another address of theirs is theirs to tell.
        conversation.attach_endpoint(inbox, normal("email", email), person=person, by=by)
    return back(locale, conversation)


@on_request
def remove(request: HttpRequest, locale: str, conversation: Conversation, person: int) -> HttpResponse:
    """POST …/copies/<person>: they no longer read here."""
    if not may_copy(conversation, visitor_of(request)):
        raise Http404
    row = next((row for row in copied(conversation) if row.person.pk == person), None)
    if row is None:
        raise Http404
    conversation.remove_participant(row.person, by=speaker(conversation, visitor_of(request)))
    return back(locale, conversation)
