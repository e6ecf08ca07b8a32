"""The teams a customer of a brand reaches, and when people are there."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from handrail.accounts.models import Team
from handrail.channels.models import Inbox
from handrail.core import clock
from handrail.workspace.hours_words import hours_in_full
from handrail.workspace.models import Brand
from handrail.workspace.zone_names import city, tell_alike


@dataclass(frozen=True)
class TeamHours:
    """name: the team's, "" where all keep the same hours; text: in full, with lunch break and holidays, in this zone.

    city  what that zone is called
    """

    name: str
    text: str
    zone: str
    city: str

    def told_to(self, zone: str, *, is_named: bool = False) -> str:
        """The hours for a reader in `zone` ("" for one nobody knows), named after their city where it may not be theirs."""
        if zone and not is_named and tell_alike(zone, self.zone, at=clock.now()):
            return self.text
        return _("%(hours)s (%(city)s time)") % {"hours": self.text, "city": self.city}


def team_of(brand: Brand | int) -> Team | None:
    """Whoever the brand's chat reaches, with their hours; None before there is such a team."""
    chats = Inbox.objects.filter(kind=Inbox.Kind.CHAT, brand=brand, is_active=True)
    inbox = chats.select_related("team__hours").order_by("pk").first()
    return inbox.team if inbox else None


def teams_of(brand: Brand | int) -> list[Team]:
    """The teams a customer can reach, the chat's first, each with its hours. One query."""
    inboxes = Inbox.objects.filter(brand=brand, is_active=True, team__is_private=False)
    reached = sorted(
        inboxes.select_related("team__hours"), key=lambda inbox: (inbox.kind != Inbox.Kind.CHAT, inbox.pk)
    )
    return list({inbox.team_id: inbox.team for inbox in reached if inbox.team}.values())


def hours_of(teams: list[Team], *, locale: str) -> list[TeamHours]:
    """Each team's hours; one line without a name where they are the same for all."""
    said = {
        team.name(locale): (hours_in_full(team.hours, locale=locale), team.hours.zone)
        for team in teams
        if team.hours
    }
    if len(set(said.values())) == 1:
        said = {"": next(iter(said.values()))}
    return [
        TeamHours(name, text, zone, city(zone, locale=locale)) for name, (text, zone) in said.items() if text
    ]
