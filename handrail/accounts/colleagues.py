"""Colleagues: added, given a role and teams, gone and back again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from handrail.accounts.models import Role, Team, Token, User
from handrail.core import bus, clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record


class IsColleague(ValueError):
    """The address is a colleague's, perhaps of one who left; `user` is them."""

    def __init__(self, user: User) -> None:
        super().__init__(f"{user.email} is colleague {user.pk}.")
        self.user = user


class LastAdministrator(ValueError):
    """Nobody could administer this site any more."""


class Oneself(ValueError):
    """Nobody takes their own role away, or shuts their own account."""


@transaction.atomic
def welcome(email: str, *, name: str, role: str, locale: str, by: CanAct) -> User:
    """Make somebody a colleague, without a password: they choose it by the link they are sent.

    A customer's account of this address becomes theirs and is shut to the password it had.
    Raises IsColleague where it is a colleague's already.
    """
    email = email.strip().lower()
    user = User.objects.select_for_update().filter(email=email).first() or User(email=email)
    if user.role:
        raise IsColleague(user)
    user.name, user.role, user.locale, user.is_active = name, role, locale, True
    user.set_unusable_password()
    user.save()
    record("colleague.welcomed", user, by=by, role=role)
    return user


@transaction.atomic
def give_role(user: User, role: str, *, by: CanAct) -> None:
    """Give another role; it holds from their next page on. Raises Oneself and LastAdministrator."""
    if user.role == role:
        return
    _may_lose_role(user, by=by)
    old, user.role = user.role, role
    user.save(update_fields=["role"])
    record("colleague.role_given", user, by=by, old=old, new=role)
    _end_streams(user)


@transaction.atomic
def choose_teams(user: User, teams: Iterable[Team], *, among: Iterable[Team], by: CanAct) -> None:
    """Let them belong to `teams`; only those `among` are touched. Raises NobodyLeft (teams.py)."""
    chosen = {team.pk for team in teams}
    for team in among:
        if team.pk in chosen:
            team.add(user, by=by)
        else:
            team.drop(user, by=by)


@transaction.atomic
def let_go(user: User, *, by: CanAct) -> None:
    """Shut the account of somebody who left: sessions, tokens and streams end, what is theirs stays theirs.

    The password goes too, so that no old session opens again should they come back. Raises Oneself, LastAdministrator and
    NobodyLeft (teams.py).
    """
    if not user.is_active:
        return
    _may_lose_role(user, by=by)
    for team in user.teams.order_by("pk"):
        team.may_lose(user)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    Token.objects.filter(user=user, revoked_at=None).update(revoked_at=clock.now())
    record("colleague.left", user, by=by)
    _end_streams(user)


@transaction.atomic
def take_back(user: User, *, by: CanAct) -> None:
    """Open the account of somebody who had left; they choose a new password by the link they are sent."""
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("colleague.returned", user, by=by)


def _may_lose_role(user: User, *, by: CanAct) -> None:
    actor = by.as_actor()
    if (actor.kind, actor.id) == ("staff", user.pk):
        raise Oneself(f"{user.pk} would act on themselves.")
    # Locked in the order of their ids: two administrators who let each other go at once come one after the other.
    administrators = User.objects.filter(role=Role.ADMIN, is_active=True).order_by("pk")
    if list(administrators.select_for_update().values_list("pk", flat=True)) == [user.pk]:
        raise LastAdministrator(f"{user.pk} is the last administrator.")


def _end_streams(user: User) -> None:
    bus.publish("revoke", viewer=f"staff:{user.pk}", channels=[])
