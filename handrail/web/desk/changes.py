"""Changing a conversation: one small form each. All lead back to its page."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from handrail.accounts.models import Team, User
from handrail.contacts.calling import is_number
from handrail.contacts.models import Person
from handrail.conversations.assignment import AssignedMeanwhile, may_have
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import category_of
from handrail.conversations.deliveries import Delivery
from handrail.conversations.ending import NotOver
from handrail.conversations.labels import Priority, Type
from handrail.conversations.links import Link
from handrail.conversations.merging import CannotMerge, IntoClosed, IsTheSame, merge, unmerge
from handrail.conversations.participation import TooManyParticipants
from handrail.conversations.search import by_number
from handrail.conversations.status import ConversationIsClosed, Status, UnknownStatus
from handrail.web.desk.conversations import fetch, render
from handrail.web.desk.fields import missing, must_wait
from handrail.web.desk.frame import visible_teams
from handrail.web.desk.going_on import Onward
from handrail.web.desk.met import NotMet, met

Change = Callable[[Conversation, HttpRequest, User], None]
Settles = Callable[[Conversation, HttpRequest], bool]


class Refused(ValueError):
    """A change that cannot be made; the message says why and what to do, in the reader's language."""


def never(_conversation: Conversation, _request: HttpRequest) -> bool:
    return False


def solves(conversation: Conversation, request: HttpRequest) -> bool:
    """Whether it is solved with that. What lies below it can be ended with it on its own page, so that one is shown first."""
    if category_of(request.POST.get("status", "")) != Status.SOLVED:
        return False
    return not conversation.links_down.exclude(kind=Link.Kind.RELATED).exists()


def changing(change: Change, *, settles: Settles = never) -> Callable[..., HttpResponse]:
    """A view that fetches the conversation, makes one change, and shows its page again; 422 with the reason if refused.

    settles  whether it ends one's turn, so that it leads on to the next of the list one came from
    """

    @require_POST
    @wraps(change)
    def view(request: HttpRequest, number: int) -> HttpResponse:
        conversation = fetch(request, number)
        user: User = request.user  # type: ignore[assignment]
        onward = Onward(request, conversation, settles=settles(conversation, request))
        try:
            change(conversation, request, user)
        except ConversationIsClosed:
            trouble = _("This conversation is closed and stays as it is. Open a follow-up instead.")
            return render(request, fetch(request, number), status=422, trouble=trouble)
        except NotOver as waiting:
            trouble = must_wait(waiting, locale=request.viewer.locale)  # type: ignore[attr-defined]
            return render(request, fetch(request, number), status=422, trouble=trouble, **missing(waiting))
        except Refused as refused:
            return render(request, fetch(request, number), status=422, trouble=str(refused))
        return onward.response()

    return view


@changing
def assignment(conversation: Conversation, request: HttpRequest, user: User) -> None:
    """POST assignee: an id of a colleague, "me", or "" for nobody; seen: the id of who had it on the page, "" for nobody.

    Where another has it by now it stays theirs. The page that says so shows them, so the same press again is on purpose.
    """
    wanted = request.POST.get("assignee", "")
    if wanted == "me":
        _assign(conversation, request, user, to=user)
        return
    colleague = (
        get_object_or_404(User.objects.who_may("conversations.read"), pk=wanted) if wanted.isdigit() else None
    )
    if colleague and not may_have(colleague, conversation.team):
        raise Refused(_("Only members of this private team can take its conversations."))
    _assign(conversation, request, user, to=colleague)


def _assign(conversation: Conversation, request: HttpRequest, user: User, *, to: User | None) -> None:
    seen = request.POST.get("seen_assignee")
    if seen is None:  # a page from before this was asked
        conversation.assign(to=to, by=user)
        return
    try:
        conversation.assign_from(int(seen) if seen.isdecimal() and len(seen) < 16 else None, to=to, by=user)
    except AssignedMeanwhile as meanwhile:
        raise Refused(_taken_meanwhile(meanwhile, is_taking=to == user)) from meanwhile


def _taken_meanwhile(meanwhile: AssignedMeanwhile, *, is_taking: bool) -> str:
    if meanwhile.now is None:
        return _("It was put back meanwhile, and nobody has it now. Nothing was changed; choose once more.")
    named = {"name": meanwhile.now.name}
    if is_taking:
        return _("%(name)s has it by now, so it was not taken. Press Take it again to take it over.") % named
    return _("%(name)s has it by now, so nothing was changed. Choose once more to take it from them.") % named


@changing
def team(conversation: Conversation, request: HttpRequest, user: User) -> None:
    """POST team: an id, or "" for none."""
    wanted = request.POST.get("team", "")
    if not wanted.isdigit():
        conversation.hand_to_team(None, by=user)
    elif int(wanted) in visible_teams(request.viewer):  # type: ignore[attr-defined]
        conversation.hand_to_team(get_object_or_404(Team, pk=wanted), by=user)
    else:
        raise Http404


@partial(changing, settles=solves)
def status(conversation: Conversation, request: HttpRequest, user: User) -> None:
    """POST status: a code as of set_status."""
    try:
        conversation.set_status(request.POST.get("status", ""), by=user)
    except UnknownStatus:
        raise Http404 from None


@changing
def priority(conversation: Conversation, request: HttpRequest, user: User) -> None:
    wanted = request.POST.get("priority", "")
    if wanted not in Priority.values:
        raise Http404
    conversation.set_priority(wanted, by=user)


@changing
def type_of(conversation: Conversation, request: HttpRequest, user: User) -> None:
    """POST type: question, incident, problem or task."""
    wanted = request.POST.get("type", "")
    if wanted not in Type.values:
        raise Http404
    conversation.set_type(wanted, by=user)


@changing
def subject(conversation: Conversation, request: HttpRequest, user: User) -> None:
    conversation.retitle(request.POST.get("subject", ""), by=user)


@changing
def tags(conversation: Conversation, request: HttpRequest, user: User) -> None:
    """POST add: names separated by commas; remove: one name."""
    for name in request.POST.get("add", "")[:400].split(","):
        conversation.tag(name, by=user)
    if gone := request.POST.get("remove", ""):
        conversation.untag(gone, by=user)


@changing
def participants(conversation: Conversation, request: HttpRequest, user: User) -> None:
    """POST add: an address; or remove: a person's id. Somebody added reads everything but notes, and gets replies.

    A phone number adds nobody: there is no way to send them a copy.
    """
    if gone := request.POST.get("remove", ""):
        person = get_object_or_404(
            Person, pk=gone if gone.isdigit() else 0, participations__conversation=conversation
        )
        conversation.remove_participant(person, by=user)
        return
    typed = request.POST.get("add", "")
    if is_number(typed):
        raise Refused(
            _("Nothing can be sent to a phone number, so nobody is in copy by one. Write a mail address.")
        )
    person, address = _met(typed, by=user)
    try:
        conversation.add_participant(person, by=user)
    except TooManyParticipants:
        raise Refused(_("Twenty people read here already. Remove one first.")) from None
    if inbox := conversation.mailbox:
        conversation.attach_endpoint(inbox, address, person=person, by=user)


@changing
def requester(conversation: Conversation, request: HttpRequest, user: User) -> None:
    """POST address (of mail, or a phone number), name: whose it is from now on. The former requester no longer sees it."""
    if conversation.is_closed:
        raise ConversationIsClosed
    person, address = _met(request.POST.get("address", ""), by=user, name=request.POST.get("name", ""))
    conversation.give_to(person, by=user)
    if address and (inbox := conversation.mailbox):
        conversation.attach_endpoint(inbox, address, person=person, by=user)


@changing
def confirmation(conversation: Conversation, _request: HttpRequest, user: User) -> None:
    """POST: the requester did send what came in their name, says the colleague; so it stands in their help centre."""
    conversation.confirm(by=user)


def _met(typed: str, *, by: User, name: str = "") -> tuple[Person, str]:
    try:
        return met(typed, by=by, name=name)
    except NotMet as why:
        raise Refused(str(why)) from None


@require_POST
def merging(request: HttpRequest, number: int) -> HttpResponse:
    """POST into: the number of the conversation that goes on."""
    conversation = fetch(request, number)
    into = by_number(request.POST.get("into", ""), viewer=request.viewer)  # type: ignore[attr-defined]
    user: User = request.user  # type: ignore[assignment]
    if into is None:
        return render(
            request, conversation, status=422, trouble=_("There is no conversation with that number.")
        )
    try:
        merge(conversation, into=into, by=user)
    except IsTheSame:
        trouble = _("That is the number of this conversation. Write the number of the one that goes on.")
        return render(request, fetch(request, number), status=422, trouble=trouble)
    except IntoClosed:
        words = _(
            "#%(number)d is closed and cannot be opened again, so nobody would see what still waits here. Merge #%(number)d into "
            "this one instead, or link the two."
        )
        return render(request, fetch(request, number), status=422, trouble=words % {"number": into.pk})
    except CannotMerge:
        trouble = _("These two cannot be merged: they belong to different people, or one was merged already.")
        return render(request, fetch(request, number), status=422, trouble=trouble)
    return redirect("desk:conversation", into.pk)


@changing
def unmerging(conversation: Conversation, request: HttpRequest, user: User) -> None:
    """POST: the number opens its own conversation again."""
    try:
        unmerge(conversation, by=user)
    except CannotMerge:
        days = conversation.brand.unmerges_days
        words = ngettext(
            "It was merged more than %(days)d day ago, or not at all.",
            "It was merged more than %(days)d days ago, or not at all.",
            days,
        )
        raise Refused(words % {"days": days}) from None


@require_POST
def resending(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: send a failed or bounced message again, as the same mail."""
    seen = Conversation.objects.open_to(request.viewer)  # type: ignore[attr-defined]
    given_up = Delivery.objects.given_up().select_related("message__conversation")
    delivery = get_object_or_404(given_up, seen.contain("message__conversation"), pk=pk)
    delivery.resend(by=request.user)  # type: ignore[arg-type]
    conversation = delivery.message.conversation
    if conversation.side_of_id is not None:
        return redirect("desk:side", conversation.side_of_id, conversation.pk)
    return redirect("desk:conversation", conversation.pk)
