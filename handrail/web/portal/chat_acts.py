"""What can be pressed in a chat: a choice, none of them, this solved it, a person, an address to answer to."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from handrail.channels.own_addresses import refusal
from handrail.intake import chat
from handrail.knowledge.models import Article
from handrail.web.limits import address_of, take
from handrail.web.portal.carried import carried
from handrail.web.portal.chat import (
    answered,
    begin,
    bring_along,
    first_words,
    opened,
    present,
    refused,
    shown,
)
from handrail.web.portal.locale import in_locale
from handrail.web.portal.posted import posted_from
from handrail.web.portal.request_forms import filled, in_words, picked
from handrail.web.portal.saying import (
    Most,
    Unsaid,
    client_id_of,
    not_too_often,
    read_said,
    too_often,
    unsaid_where_nothing_is_kept,
    written,
)
from handrail.web.portal.thread import left_address, speaker, speaks
from handrail.web.viewer import visitor_of

ACTS = Most(30, 60, 300)
ADDRESSES_AN_HOUR = 5
View = Callable[..., HttpResponse]


def act(view: View) -> View:
    """A press: by POST, in the page's language, not too often; what goes wrong is said where it was pressed."""

    @posted_from("portal:chat")
    @never_cache
    @in_locale
    def pressed(request: HttpRequest, locale: str) -> HttpResponse:
        try:
            not_too_often(request, "pressed", ACTS)
            with unsaid_where_nothing_is_kept(request):
                return view(request, locale)
        except Unsaid as problem:
            return refused(request, locale, problem)

    return pressed


@act
def person(request: HttpRequest, locale: str) -> HttpResponse:
    """POST …/chat/person {c, text}: people have it from now on. What stood in the field goes along, and where there was no
    field, the question asked before: a person should find it said by its asker, who sees it too."""
    conversation = present(request, locale)
    if conversation is None:
        conversation = begin(request, locale)
    else:
        bring_along(conversation, request, locale)
    viewer = visitor_of(request)
    asker = speaks(conversation, viewer)
    if request.POST.get("text", "").strip():
        said = read_said(request)
        # The words themselves ask for a person, so that the bot does not answer them first.
        chat.say(conversation, said.text, by=asker, client_id=said.client_id, wants_person=True)
    elif "text" not in request.POST and (question := first_words(carried(request), conversation)):
        chat.say(conversation, question, by=asker, client_id=client_id_of(request), wants_person=True)
    chat.ask_for_person(conversation, by=asker)
    return answered(request, locale, conversation)


@posted_from("portal:chat")
@never_cache
@in_locale
def draft(request: HttpRequest, locale: str) -> HttpResponse:
    """POST …/chat/draft {subject, text, field_<key>}: the chat, with what was written for the contact form in its field.
    Nothing is sent."""
    subject, text = written(request, "subject"), written(request)
    words = text if subject in text else f"{subject}\n{text}".strip()
    asked = filled(request, picked(request, carried(request))).values
    words = f"{words}\n{in_words(asked, locale)}".strip()
    note = (
        Unsaid(_("Please add your files here once more."), text=words, status=200) if request.FILES else None
    )
    return shown(request, locale, present(request, locale), problem=note, draft=words)


@act
def choice(request: HttpRequest, locale: str) -> HttpResponse:
    """POST …/chat/choice {c, article}: that one's words; {c, none}: none of them."""
    conversation, viewer = opened(request, locale)
    asker, client_id = speaks(conversation, viewer), client_id_of(request)
    if "none" in request.POST:
        # Who is waiting for a person says nothing to them by it.
        if conversation.held_by == "bot":
            chat.choose_none(conversation, by=asker, client_id=client_id)
        return answered(request, locale, conversation)
    number = request.POST.get("article", "")
    visible = Article.objects.visible_to(viewer).with_published()
    article = get_object_or_404(visible, pk=int(number) if number.isdecimal() and len(number) < 19 else 0)
    chat.choose(conversation, article, by=asker, client_id=client_id)
    return answered(request, locale, conversation)


@act
def solved(request: HttpRequest, locale: str) -> HttpResponse:
    """POST …/chat/solved {c}: this solved it."""
    conversation, viewer = opened(request, locale)
    if not conversation.is_closed:
        chat.solved(conversation, by=speaker(conversation, viewer))
    return answered(request, locale, conversation)


@act
def address(request: HttpRequest, locale: str) -> HttpResponse:
    """POST …/chat/address {c, email, instead, beside}: the answer comes there too.

    instead  the id of an address that was left here before, which is wrong
    beside   it was asked for in a window that is free for something else
    """
    conversation, viewer = opened(request, locale)
    email = request.POST.get("email", "").strip()
    try:
        validate_email(email)
    except ValidationError as error:
        raise Unsaid(_("This does not look like a mail address. Please check it.")) from error
    if why := refusal(email):
        raise Unsaid(why)
    allowance = take(f"{ADDRESSES_AN_HOUR}/hour", "chat-address", address_of(request))
    if not allowance.is_allowed:
        raise too_often(allowance)
    mail = conversation.mailbox
    if mail is None:
        raise Unsaid(_("We cannot answer by mail here. The answer appears in this conversation."))
    wrong, by = left_address(conversation, viewer), speaker(conversation, viewer)
    try:
        if wrong and str(wrong.pk) == request.POST.get("instead", ""):
            chat.correct_address(conversation, wrong, email, mail=mail, by=by)
        else:
            chat.leave_address(conversation, email, mail=mail, by=by)
    except chat.AddressDenied as denied:
        why = _("Answers to this chat are no longer mailed to that address. Please use another one.")
        raise Unsaid(why) from denied
    return answered(request, locale, conversation)
