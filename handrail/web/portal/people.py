"""The true state of people, for the end of the rail: open now, or from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.accounts.models import Team
from handrail.channels.models import Inbox
from handrail.core import clock
from handrail.intake.expect import Expectation, expect
from handrail.workspace.hours_words import hours_in_full, hours_short
from handrail.workspace.models import Brand, BusinessHours


@dataclass(frozen=True)
class People:
    """state: "open" or "closed"; text: a few words for the rail; sentence: the same in full, and what happens meanwhile;
    opens_at: None when open or unknown."""

    state: str
    text: str
    sentence: str
    opens_at: datetime | None = None


def team_of(brand: Brand) -> Team | None:
    """Whoever the brand's chat reaches, with their hours; None before there is such a team."""
    chats = Inbox.objects.filter(kind=Inbox.Kind.CHAT, brand=brand, is_active=True)
    inbox = chats.select_related("team__hours").order_by("pk").first()
    return inbox.team if inbox else None


def people_now(team: Team | None, *, locale: str, zone: str = "") -> People:
    """Whether somebody of the team is there now and the usual wait, else from when again.

    zone  the reader's; the team's own where nobody knows it
    """
    if team is None:
        return _no_hours()
    zone = zone or (team.hours.zone if team.hours else settings.TIME_ZONE)
    return told(expect(team, channel="chat"), at=clock.now(), locale=locale, zone=zone)


def told(expected: Expectation, *, at: datetime, locale: str, zone: str) -> People:
    """What is expected, short enough for the rail."""
    sentence = expected.sentence(locale=locale, zone=zone)
    if expected.is_open:
        return People("open", _now_text(expected.wait), sentence)
    if expected.opens_at is None:
        return _no_hours()
    when = expected.opening(at=at, locale=locale, zone=zone)
    meanwhile = _("Until then the chat answers from our articles, and whatever you write is kept for them.")
    return People("closed", _("back %(when)s") % {"when": when}, f"{sentence} {meanwhile}", expected.opens_at)


def _no_hours() -> People:
    return People("closed", _("Leave a message; we answer by mail"), _("Leave a message; we answer by mail."))


def hours_text(hours: BusinessHours | None, *, locale: str) -> str:
    """When people are there, true whenever it is read: "Weekdays 9 am–6 pm"."""
    return (hours_short(hours, locale=locale) if hours else "") or _("Leave a message; we answer by mail")


@dataclass(frozen=True)
class TeamHours:
    """name: the team's, "" where all keep the same hours; text: in full, with lunch break and holidays."""

    name: str
    text: str


def teams_of(brand: Brand) -> list[Team]:
    """The teams a customer can reach, the chat's first, each with its hours. One query."""
    inboxes = Inbox.objects.filter(brand=brand, is_active=True, team__is_private=False)
    reached = sorted(
        inboxes.select_related("team__hours"), key=lambda inbox: (inbox.kind != Inbox.Kind.CHAT, inbox.pk)
    )
    return list({inbox.team_id: inbox.team for inbox in reached if inbox.team}.values())


def hours_of(teams: list[Team], *, locale: str) -> list[TeamHours]:
    """Each team's hours; one line without a name where they are the same for all."""
    said = {team.name(locale): hours_in_full(team.hours, locale=locale) for team in teams if team.hours}
    if len(set(said.values())) == 1:
        return [TeamHours("", next(iter(said.values())))]
    return [TeamHours(name, text) for name, text in said.items() if text]


def _now_text(wait: timedelta | None) -> str:
    minutes = max(1, round(wait.total_seconds() / 60)) if wait is not None else 0
    # An hour and more comes of nights and weekends; it says nothing of the next few minutes.
    if not 0 < minutes < 60:
        return _("A person is here now")
    return ngettext("A person now · about %(n)d min", "A person now · about %(n)d min", minutes) % {
        "n": minutes
    }
