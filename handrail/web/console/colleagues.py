"""Colleagues: who works here, with which role and in which teams; added, gone and back again."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.colleagues import (
    IsColleague,
    LastAdministrator,
    Oneself,
    choose_teams,
    give_role,
    let_go,
    take_back,
    welcome,
)
from handrail.accounts.models import Role, Team, User
from handrail.accounts.teams import NobodyLeft
from handrail.accounts.viewer import Viewer
from handrail.channels.models import Inbox
from handrail.channels.own_addresses import refusal
from handrail.channels.password_mail import send_new_password_link
from handrail.channels.welcome_mail import send_first_password_link
from handrail.conversations.conversation import Conversation
from handrail.core.alphabetical import Alphabetical
from handrail.web.console.frame import me, show
from handrail.workspace.korean import filled
from handrail.workspace.locales import LOCALES

NAME_CHARS = 80
ADDRESS_CHARS = 254
LARGEST = 1 << 62
LANGUAGES = (("ko", "한국어"), ("en", "English"))
ROLES = [(role.value, role.label) for role in Role if role]


@dataclass(frozen=True)
class Typed:
    """What stands in the form of a new colleague."""

    name: str = ""
    email: str = ""
    role: str = Role.AGENT
    locale: str = "ko"
    teams: frozenset[int] = frozenset()


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/colleagues. POST name, email, role, teams (ids), locale: adds one and mails them a link."""
    if request.method != "POST":
        return _list(request, Typed(locale=me(request).locale))
    typed = _typed(request)
    if problem := _problem(typed):
        return _list(request, typed, problem=problem)
    seen = list(_teams(request))
    try:
        with transaction.atomic():
            user = welcome(typed.email, name=typed.name, role=typed.role, locale=typed.locale, by=me(request))
            choose_teams(user, [t for t in seen if t.pk in typed.teams], among=seen, by=me(request))
            _send_link(user)
    except IsColleague as known:
        return _list(request, typed, problem=_known(known.user))
    _say_sent(request, user)
    return redirect("console:colleagues")


def one(request: HttpRequest, id: int) -> HttpResponse:
    """GET their page. POST role, teams (ids)."""
    user = _get(id)
    if request.method != "POST":
        return _page(request, user)
    role = request.POST.get("role", user.role)
    if role not in dict(ROLES):
        return _page(request, user, problem=_("Choose a role."))
    seen, chosen = list(_teams(request)), _chosen(request)
    try:
        with transaction.atomic():
            give_role(user, role, by=me(request))
            choose_teams(user, [t for t in seen if t.pk in chosen], among=seen, by=me(request))
    except (Oneself, LastAdministrator, NobodyLeft) as refused:
        return _page(request, _get(id), problem=_why(refused))
    messages.success(request, _("Kept."))
    return redirect("console:colleague", id)


@require_POST
def leave(request: HttpRequest, id: int) -> HttpResponse:
    """POST: shuts their account."""
    user = _get(id)
    try:
        let_go(user, by=me(request))
    except (Oneself, LastAdministrator, NobodyLeft) as refused:
        return _page(request, _get(id), problem=_why(refused))
    words = _("%(name)s can no longer sign in. What they had stays theirs until somebody takes it.")
    messages.success(request, words % {"name": user.name})
    return redirect("console:colleague", id)


@require_POST
def come_back(request: HttpRequest, id: int) -> HttpResponse:
    """POST: opens their account again and mails them a link."""
    user = _get(id)
    with transaction.atomic():
        take_back(user, by=me(request))
        _send_link(user)
    _say_sent(request, user)
    return redirect("console:colleague", id)


@require_POST
def link(request: HttpRequest, id: int) -> HttpResponse:
    """POST: mails the link to choose a password once more."""
    user = _get(id)
    if not user.is_active:
        return _page(request, user, problem=_("Let them back in first; the link goes to them then."))
    _send_link(user)
    _say_sent(request, user)
    return redirect("console:colleague", id)


def _list(request: HttpRequest, typed: Typed, *, problem: str = "") -> HttpResponse:
    teams = _teams(request)
    found = _staff().prefetch_related(Prefetch("teams", teams, to_attr="seen_teams"))
    return show(
        request,
        "console/colleagues.html",
        status=422 if problem else 200,
        here="colleagues",
        colleagues=found.order_by("-is_active", Alphabetical("name"), "pk"),
        teams=teams,
        roles=ROLES,
        languages=LANGUAGES,
        problem=problem,
        typed=typed,
    )


def _page(request: HttpRequest, user: User, *, problem: str = "") -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    theirs = Conversation.objects.visible_to(viewer).filter(assignee=user)
    search = reverse("desk:search")
    return show(
        request,
        "console/colleague.html",
        status=422 if problem else 200,
        here="colleagues",
        colleague=user,
        teams=_teams(request),
        theirs=set(user.teams.values_list("pk", flat=True)),
        roles=ROLES,
        is_me=user.pk == viewer.user_id,
        held=theirs.aggregate(held=Count("pk"))["held"],
        held_url=f"{search}?{urlencode({'query': f'assignee:{user.email}'})}",
        problem=problem,
    )


def _staff() -> QuerySet[User]:
    return User.objects.exclude(role=Role.CUSTOMER)


def _teams(request: HttpRequest) -> QuerySet[Team]:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return Team.objects.visible_to(viewer).by_name(viewer.locale)


def _get(id: int) -> User:
    return get_object_or_404(_staff(), pk=id if id < LARGEST else 0)


def _typed(request: HttpRequest) -> Typed:
    said = {key: " ".join(request.POST.get(key, "").replace("\0", "").split()) for key in ("name", "email")}
    return Typed(
        name=said["name"],
        email=said["email"],
        role=request.POST.get("role", ""),
        locale=request.POST.get("locale", ""),
        teams=_chosen(request),
    )


def _chosen(request: HttpRequest) -> frozenset[int]:
    return frozenset(int(pk) for pk in request.POST.getlist("teams") if pk.isdecimal() and len(pk) < 16)


def _problem(typed: Typed) -> str:
    """What is wrong with a new colleague, in a sentence; "" for nothing."""
    if not typed.name or len(typed.name) > NAME_CHARS:
        return _("Write their name, at most 80 letters. Customers see it on their replies.")
    try:
        validate_email(typed.email)
    except ValidationError:
        words = _("“%(address)s” is no mail address. Write it like name@example.com.")
        return filled(words, {"address": typed.email[:ADDRESS_CHARS]})
    if typed.role not in dict(ROLES):
        return _("Choose a role.")
    if typed.locale not in LOCALES:
        return _("Choose a language.")
    if not Inbox.objects.mail().exists():
        return _("No mailbox is in use, so no link can be sent. Open one under Mailboxes first.")
    return refusal(typed.email, by_staff=True)


def _known(user: User) -> str:
    named = {"name": user.name, "address": user.email}
    if user.is_active:
        return _("%(name)s works here already with the address %(address)s.") % named
    return (
        _("%(name)s worked here with the address %(address)s. Open their page and let them back in.") % named
    )


def _why(refused: Exception) -> str:
    if isinstance(refused, Oneself):
        return _("You cannot take away your own role or account. Another administrator can.")
    if isinstance(refused, LastAdministrator):
        return _("This is the last administrator. Make somebody else one first.")
    return _(
        "They are the last in a private team; nobody could see it any more. Add somebody else to it first."
    )


def _send_link(user: User) -> None:
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    if user.has_usable_password():
        job = send_new_password_link.using(dedupe_key=f"new-password:{user.pk}")
        job.enqueue(user.pk, locale=user.locale, path=path)
    else:
        send_first_password_link.using(dedupe_key=f"first-password:{user.pk}").enqueue(user.pk, path=path)


def _say_sent(request: HttpRequest, user: User) -> None:
    words = _("A link to choose a password is on its way to %(address)s.")
    messages.success(request, words % {"address": user.email})
