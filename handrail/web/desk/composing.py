"""Saying something: a reply to the customer, or a private note. Two addresses, so that one never becomes the other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.automation.article_links import beside, closed_to
from handrail.automation.changes import Change
from handrail.automation.macros import Macro, own
from handrail.automation.refusals import Refused, told, waited_for
from handrail.automation.runs import start
from handrail.automation.with_replies import of_macro
from handrail.conversations.assignment import NotTheAssignee
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import is_settable
from handrail.conversations.drafts import discard
from handrail.conversations.ending import NotOver
from handrail.conversations.fields import Field
from handrail.conversations.outgoing import CannotGoAlong, send
from handrail.conversations.placeholders import unfilled
from handrail.conversations.recipients import leave_out
from handrail.conversations.status import SETTABLE, ConversationIsClosed
from handrail.core.files.keeping import FileRefused, keep
from handrail.core.files.models import StoredFile
from handrail.web.desk.conversations import FILES_MAX, fetch, render
from handrail.web.desk.fields import Returned, missing, must_wait
from handrail.web.desk.going_on import Onward, settles
from handrail.web.desk.hours import hour_of
from handrail.web.desk.languages import Untranslated
from handrail.web.desk.outgoing import kept_files
from handrail.web.desk.placing import standing
from handrail.web.desk.proposing import Proposal, asked_for, confirmed, proposed
from handrail.web.desk.stale import arrived
from handrail.web.desk.stopping import agreed, named, pressed, resumed, surprising

WORDS_MAX = 60_000


@require_POST
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """POST text, files, client_id, seen, seen_change and read (what the sender saw: stale.py), status to set, anyway=1, closed=1,
    as_is=1 (placeholders nobody filled), agreed_to or leave_out (to=3,4: windows nobody expected), windows, macro (what changes with it, or alone where nothing is said), quote with quoting=1 (repeat what is answered),
    at or own_hour with later=1 (a local hour where the customer is), kept (files of a reply taken back, or of a macro), translate=1 (show
    the text in the customer's language, send nothing), translated=1 with translation (send that; text is what it was made of),
    check=1 (show what the customer needs said back, send nothing), checked=1 with restated (send that, to be confirmed).

    Somebody else having written or changed something unseen is a conflict (409): it is shown, and sending again sends. So is
    a link to an article the customer may not read, until `closed` says that it is meant, and somebody it would reach
    unexpectedly (stopping.py), until they are agreed to or left out.
    """
    conversation = fetch(request, number)
    kind, read = asked_for(request), confirmed(request)
    if not (kind or read) and _changes_alone(request):
        return _change(request, conversation)
    text = (read.text if read and not kind else request.POST.get("text", "").strip())[:WORDS_MAX]
    if trouble := _unsayable(request, conversation, text, kind):
        return _back(request, conversation, trouble)
    if kind:
        return _shown_first(request, conversation, kind)
    if seen_first := _in_the_way(request, conversation, text):
        shown = {
            "draft": _draft(request, conversation),
            "agreed": agreed(request),
            "pressed": pressed(request),
        }
        return render(request, conversation, status=409, proposal=read, **shown, **seen_first)
    try:
        files = [*kept_files(request, conversation), *sent_files(request)]
    except FileRefused as refused:
        return _back(request, conversation, str(refused))
    files += standing(conversation, "reply", text, user=request.user)  # type: ignore[arg-type]
    return _send(request, conversation, text, files, read)


def _unsayable(request: HttpRequest, conversation: Conversation, text: str, kind: str) -> str:
    """Why nothing can be said at all, as a sentence; "" where it can. A check can be proposed without a word."""
    if _says_nothing(request, text) and (conversation.is_closed or kind != "check"):
        return _("Write something first.")
    return _closed() if conversation.is_closed else ""


def _says_nothing(request: HttpRequest, text: str) -> bool:
    return not text and not request.FILES and "kept" not in request.POST


def _changes_alone(request: HttpRequest) -> bool:
    """Whether a macro is to change what it changes, and nothing is to be said."""
    return bool(request.POST.get("macro")) and _says_nothing(request, request.POST.get("text", "").strip())


def _change(request: HttpRequest, conversation: Conversation) -> HttpResponse:
    """What the macro changes, and the status of the button pressed; what stands in the way comes back."""
    status = request.POST.get("status", "")
    onward = Onward(request, conversation, settles=settles(conversation, status))
    try:
        with transaction.atomic():
            _run_macro(request, conversation, also=[Change("status", status)] if is_settable(status) else [])
    except Refused as refused:
        reason = told(refused.code, conversation, locale=request.viewer.locale)  # type: ignore[attr-defined]
        return _back(request, conversation, reason, **_missing_of(refused))
    return onward.response()


def _shown_first(request: HttpRequest, conversation: Conversation, kind: str) -> HttpResponse:
    """A proposal to be read, mended and sent, or a sentence on why there is none."""
    draft = _draft(request, conversation)
    try:
        made = proposed(kind, draft["text"], conversation)
    except Untranslated as problem:
        return _back(request, conversation, str(problem))
    return render(request, conversation, status=409, proposal=made, draft=draft)


def _in_the_way(request: HttpRequest, conversation: Conversation, text: str) -> dict[str, Any]:
    """What has to be seen before this is sent, as the page shows it: a conflict, a recipient nobody expects, an article
    closed to the customer, a placeholder nobody filled. Empty where nothing is."""
    if _said_already(conversation, request):
        return {}
    newer = [] if "anyway" in request.POST else arrived(request, conversation)
    if newer:
        return {"newer": newer}
    if surprised := surprising(request, conversation):
        return {"unexpected": surprised}
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    closed = [] if "closed" in request.POST else closed_to(conversation, text, viewer=viewer)
    if closed:
        return {"closed": closed}
    empty = [] if "as_is" in request.POST else unfilled(text)
    return {"unfilled": empty} if empty else {}


def _send(
    request: HttpRequest,
    conversation: Conversation,
    text: str,
    files: list[StoredFile],
    read: Proposal | None,
) -> HttpResponse:
    """The reply, with what the macro changes when it leaves; what stands in the way comes back with the words."""
    user: User = request.user  # type: ignore[assignment]
    fields = resumed(request.POST)
    status = fields.get("status", "")
    onward = Onward(request, conversation, settles=settles(conversation, status))
    try:
        with transaction.atomic():
            left_out = leave_out(conversation, named(request, "leave_out"), by=user)
            send(
                conversation,
                text,
                by=user,
                at=hour_of(fields, conversation.requester.zone),
                files=_own(request, conversation, files),
                client_id=request.POST.get("client_id", "")[:64],
                data=beside(conversation, text)
                | _quoting(request)
                | (read.data if read else {})
                | ({"without": left_out} if left_out else {}),
                status=status if is_settable(status) else "",
                along=_along(request),
            )
    except CannotGoAlong as refused:
        locale = request.viewer.locale  # type: ignore[attr-defined]
        reason = told(refused.code, conversation, locale=locale)
        return _back(request, conversation, reason, **_missing_of(refused))
    except ConversationIsClosed:
        return _back(request, conversation, _closed())
    except NotTheAssignee:
        return _back(request, conversation, _left_to_assignee(conversation))
    except NotOver as waiting:
        trouble = must_wait(waiting, locale=request.viewer.locale)  # type: ignore[attr-defined]
        return _back(request, conversation, trouble, **missing(waiting))
    except ValueError:
        return _back(request, conversation, _("Choose an hour within the next 90 days."))
    discard(conversation, "reply", user=user)
    _remember(conversation, fields, user=user)
    return onward.response()


def _remember(conversation: Conversation, fields: QueryDict, *, user: User) -> None:
    """How this colleague sends is how they send next time. In a chat a status is for the last word alone."""
    if not conversation.is_live and not ("at" in fields or "later" in fields):
        user.set_up(sends_as=fields.get("status", "") if fields.get("status") in SETTABLE else "", by=user)


def _left_to_assignee(conversation: Conversation) -> str:
    words = _(
        "Your reply is not sent: this team leaves replies to the assignee, %(name)s. Take it first, or write a note."
    )
    return words % {"name": conversation.assignee.name if conversation.assignee else ""}


def _closed() -> str:
    return _("This conversation is closed. Open a follow-up to write again.")


@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    """POST text, files, client_id: a word among colleagues, wherever the conversation stands."""
    conversation = fetch(request, number)
    text = request.POST.get("text", "").strip()[:WORDS_MAX]
    if not text and not request.FILES:
        return _back(request, conversation, _("Write something first."), kind="note")
    try:
        files = sent_files(request)
    except FileRefused as refused:
        return _back(request, conversation, str(refused), kind="note")
    user: User = request.user  # type: ignore[assignment]
    files += standing(conversation, "note", text, user=user)
    conversation.note(text, by=user, files=files, client_id=request.POST.get("client_id", "")[:64])
    discard(conversation, "note", user=user)
    return Onward(request, conversation, settles=False).response()


def _run_macro(request: HttpRequest, conversation: Conversation, also: Sequence[Change]) -> None:
    """Change what the macro changes beside its text, and what else is to change. Raises Refused."""
    macro = _macro(request)
    if macro is None or _said_already(conversation, request):
        return
    user: User = request.user  # type: ignore[assignment]
    step = start([conversation.pk], by=user, changes=[*macro.steps, *also]).steps.get()
    if step.reason:
        raise Refused(step.reason)
    conversation.refresh_from_db()


def _along(request: HttpRequest) -> dict[str, Any] | None:
    """What changes when the reply leaves."""
    macro = _macro(request)
    return of_macro(macro) if macro else None


def _macro(request: HttpRequest) -> Macro | None:
    """The macro that the form names; None where it names none."""
    pk = request.POST.get("macro", "")
    if not pk.isdigit() or len(pk) > 15:
        return None
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return get_object_or_404(Macro.objects.visible_to(viewer), pk=pk)


def _quoting(request: HttpRequest) -> dict[str, bool]:
    """Whether this reply repeats what it answers, where its form asked; else the mailbox's setting holds."""
    return {"quote": "quote" in request.POST} if "quoting" in request.POST else {}


def _said_already(conversation: Conversation, request: HttpRequest) -> bool:
    client_id = request.POST.get("client_id", "")
    said = (
        conversation.messages.filter(client_id=client_id),
        conversation.outgoing.filter(client_id=client_id),
    )
    return bool(client_id) and any(each.exists() for each in said)


def _own(request: HttpRequest, conversation: Conversation, files: list[StoredFile]) -> list[StoredFile]:
    """The files as they are sent: copies of a macro's."""
    user: User = request.user  # type: ignore[assignment]
    return [] if _said_already(conversation, request) else [own(each, by=user) for each in files]


def sent_files(request: HttpRequest) -> list[StoredFile]:
    user: User = request.user  # type: ignore[assignment]
    sent = request.FILES.getlist("files")[:FILES_MAX]
    return [keep(each.read(), name=each.name or "", by=user) for each in sent]


def _draft(request: HttpRequest, conversation: Conversation, kind: str = "reply") -> dict[str, Any]:
    return {"kind": kind, "text": request.POST.get("text", ""), "files": kept_files(request, conversation)}


def _missing_of(refused: Refused | CannotGoAlong) -> dict[str, Any]:
    """What the page shows where a macro's change waits for fields."""
    keys = Field.objects.filter(pk__in=waited_for(refused.code)).values_list("key", flat=True)
    return {"returned": Returned(missing=list(keys))} if keys else {}


def _back(
    request: HttpRequest, conversation: Conversation, trouble: str, kind: str = "reply", **more: Any
) -> HttpResponse:
    draft = _draft(request, conversation, kind)
    more = {"proposal": confirmed(request), **more}
    return render(request, conversation, status=422, trouble=trouble, draft=draft, **more)
