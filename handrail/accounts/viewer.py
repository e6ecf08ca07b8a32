"""Who is looking. Every list and every page is asked for through one of these."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from handrail.accounts.policy import rights_of
from handrail.core.actors import Actor
from handrail.core.ids import fingerprint
from handrail.core.prepared import rows_of, sql_of


@dataclass(frozen=True)
class Viewer:
    """A reader: a stranger, a customer, an employee, or staff.

    user_id      the staff account; None for everybody else
    person_id    the customer or employee contacts knows; None for strangers
    assurance    0 claimed, 1 asserted by a channel, 2 possession proved, 3 signed in
    only         the one conversation a guest link opens; None otherwise
    beside       the one conversation a guest link opened for somebody signed in, besides their own; None otherwise
    chat_key     the random key of an anonymous visitor's own chat
    reads_organisations   those whose members' requests they read along, by the mode each has now
    place        a fingerprint of the network a visitor comes from; "" where nobody needs it
    """

    user_id: int | None = None
    person_id: int | None = None
    role: str = ""
    is_employee: bool = False
    assurance: int = 0
    locale: str = "ko"
    zone: str = "Asia/Seoul"
    only: int | None = None
    beside: int | None = None
    chat_key: str = ""
    place: str = ""
    team_ids: frozenset[int] = field(default_factory=frozenset)
    scopes: frozenset[str] | None = None
    reads_organisations: frozenset[int] = frozenset()
    # Private teams this colleague is not in; None where nobody looked, and then each row's team is asked.
    hidden_team_ids: frozenset[int] | None = None
    # The segments they belong to, where several questions must be asked by the same (knowledge.audiences.settled).
    segments: tuple[int, ...] | None = None

    def settled(self, segments: tuple[int, ...]) -> Viewer:
        """The same viewer, of whom it is known that they belong to these segments and to no others."""
        return replace(self, segments=segments)

    @property
    def key(self) -> str:
        """Names who is looking, the same at each request; for links and streams bound to them."""
        if self.user_id:
            return f"staff:{self.user_id}"
        if self.only is not None:
            return f"guest:{self.only}"
        return f"person:{self.person_id}" if self.person_id else f"browser:{self.chat_key}"

    @property
    def voice(self) -> str:
        """A fingerprint of who is looking, as far as they can be told from others; "" for a nameless stranger."""
        has_name = self.user_id or self.person_id or self.only is not None or self.chat_key
        return fingerprint(self.key) if has_name else ""

    @property
    def is_staff(self) -> bool:
        return bool(self.role)

    @property
    def is_signed_in(self) -> bool:
        return self.is_staff or (self.person_id is not None and self.assurance >= 2)

    @property
    def begins_as(self) -> str:
        """The browser key that what they begin is bound to: none for somebody signed in, whose account holds it."""
        return "" if self.person_id and self.is_signed_in and self.only is None else self.chat_key

    @property
    def audiences(self) -> tuple[str, ...]:
        """The audiences of knowledge this viewer belongs to."""
        if self.is_staff:
            return ("public", "signed_in", "employees", "agents")
        if self.is_employee and self.is_signed_in:
            return ("public", "signed_in", "employees")
        return ("public", "signed_in") if self.is_signed_in and self.only is None else ("public",)

    @property
    def rights(self) -> frozenset[str]:
        return rights_of(self.role) if self.scopes is None else rights_of(self.role) & self.scopes

    def as_actor(self) -> Actor:
        if self.is_staff:
            return Actor("staff", self.user_id)
        return Actor("person", self.person_id)


STRANGER = Viewer()


def staff_viewer(user: object) -> Viewer:
    """The viewer a staff account is. `user` is an accounts.User with a role."""
    pk: int = user.pk  # type: ignore[attr-defined]
    teams = rows_of(*sql_of(("teams seen by", pk), lambda: _teams_seen_by(pk)))
    return Viewer(
        user_id=pk,
        role=user.role,  # type: ignore[attr-defined]
        assurance=3,
        locale=user.locale,  # type: ignore[attr-defined]
        zone=user.zone,  # type: ignore[attr-defined]
        team_ids=frozenset(team for team, _is_private, is_mine in teams if is_mine),
        hidden_team_ids=frozenset(team for team, is_private, is_mine in teams if is_private and not is_mine),
    )


def _teams_seen_by(user_id: int) -> QuerySet[Any, Any]:
    from handrail.accounts.models import Membership, Team

    mine = Exists(Membership.objects.filter(team=OuterRef("pk"), user=user_id))
    return Team.objects.annotate(is_mine=mine).values_list("pk", "is_private", "is_mine")
