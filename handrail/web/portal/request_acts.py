"""What a customer does on a request's page: answer, say that it is solved, open it again."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from handrail.conversations.conversation import Conversation
from handrail.conversations.sharing import may_write, reads_along
from handrail.conversations.status import Status
from handrail.intake.chat import solved
from handrail.intake.reply import reply as take_reply
from handrail.web.portal.live import snapshot, wants_json
from handrail.web.portal.locale import in_locale
from handrail.web.portal.posted import posted_from
from handrail.web.portal.request_page import Missing, back, found, not_here, shown
from handrail.web.portal.saying import Unsaid, read_said, refusal_json, unsaid_where_nothing_is_kept
from handrail.web.portal.thread import speaker, speaks
from handrail.web.portal.uploads import take_files
from handrail.web.viewer import let_guest_in, visitor_of

View = Callable[..., HttpResponse]


def on_request(view: View) -> Callable[..., HttpResponse]:
    """By POST, in the page's language, on a request the viewer may see; what goes wrong is said on its page."""

    @posted_from("portal:request", "number")
    @never_cache
    @in_locale
    def acted(request: HttpRequest, locale: str, number: int, **kwargs: int) -> HttpResponse:
        try:
            conversation = found(request, number)
        except Missing:
            return not_here(request, locale, number)
        viewer = visitor_of(request)
        # Who reads along may answer where their organisation lets them, and does nothing else.
        if reads_along(conversation, viewer) and not (view in SHARED and may_write(conversation, viewer)):
            return not_here(request, locale, number)
        try:
            with unsaid_where_nothing_is_kept(request):
                return view(request, locale, conversation, **kwargs)
        except Unsaid as problem:
            if wants_json(request):
                return refusal_json(problem)
            return shown(request, locale, conversation, problem=problem)

    return acted


def reply_view(request: HttpRequest, locale: str, conversation: Conversation) -> HttpResponse:
    """POST …/replies {text, files, client_id}"""
    said = read_said(request)
    viewer = visitor_of(request)
    person = speaks(conversation, viewer)
    known = conversation.messages.filter(client_id=said.client_id).exists()
    files = [] if known else take_files(request, by=person)
    is_themselves = person.pk == viewer.person_id
    is_verified = (is_themselves and viewer.assurance >= 2) or conversation.channel == "chat"
    message = take_reply(
        conversation,
        said.text,
        by=person,
        client_id=said.client_id,
        files=files,
        is_verified=is_verified,
        chat_key=viewer.begins_as if is_themselves else viewer.chat_key,
    )
    if viewer.only is not None and message.conversation_id != viewer.only:
        # Their link opened one conversation, and this is how that one goes on.
        let_guest_in(request, person, number=message.conversation_id)
    if wants_json(request) and message.conversation_id == conversation.pk:
        return snapshot(request, locale, conversation)
    return back(locale, message.conversation)


SHARED = {reply_view}
reply = on_request(reply_view)


@on_request
def solve(request: HttpRequest, locale: str, conversation: Conversation) -> HttpResponse:
    """POST …/solution: it is solved, says the one whose need it is."""
    if not conversation.is_closed:
        solved(conversation, by=speaker(conversation, visitor_of(request)))
    return snapshot(request, locale, conversation) if wants_json(request) else back(locale, conversation)


@on_request
def reopen(request: HttpRequest, locale: str, conversation: Conversation) -> HttpResponse:
    """POST …/reopening: it is not."""
    if conversation.status == Status.SOLVED:
        conversation.set_status(Status.OPEN, by=speaker(conversation, visitor_of(request)))
    return snapshot(request, locale, conversation) if wants_json(request) else back(locale, conversation)
