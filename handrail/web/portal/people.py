"""The true state of people, for the end of the rail: open now, or from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.accounts.models import Team
from handrail.channels.models import Inbox
from handrail.core import clock
from handrail.intake.expect import Expectation, expect
from handrail.workspace.hours_words import day_ahead, hours_in_full, hours_short, short_time
from handrail.workspace.models import Brand, BusinessHours


@dataclass(frozen=True)
class People:
    """state: "open" or "closed"; text: one line in the reader's language; opens_at: None when open or unknown."""

    state: str
    text: str
    opens_at: datetime | None = None


def team_of(brand: Brand) -> Team | None:
    """Whoever the brand's chat reaches, with their hours; None before there is such a team."""
    chats = Inbox.objects.filter(kind=Inbox.Kind.CHAT, brand=brand, is_active=True)
    inbox = chats.select_related("team__hours").order_by("pk").first()
    return inbox.team if inbox else None


def people_now(team: Team | None, *, locale: str) -> People:
    """Whether somebody of the team is there now and the usual wait, else from when again."""
    if team is None:
        return People("closed", _("Leave a message; we answer by mail"))
    zone = team.hours.zone if team.hours else settings.TIME_ZONE
    return told(expect(team, channel="chat"), at=clock.now(), locale=locale, zone=zone)


def told(expected: Expectation, *, at: datetime, locale: str, zone: str) -> People:
    """What is expected, short enough for the rail."""
    if expected.is_open:
        return People("open", _now_text(expected.wait))
    if expected.opens_at is None:
        return People("closed", _("Leave a message; we answer by mail"))
    return People(
        "closed", opening_text(expected.opens_at, at=at, locale=locale, zone=zone), expected.opens_at
    )


def opening_text(opens: datetime, *, at: datetime, locale: str, zone: str) -> str:
    """from 9 tomorrow: the day as a person would say it, and the time."""
    here, there = at.astimezone(ZoneInfo(zone)), opens.astimezone(ZoneInfo(zone))
    hour = short_time(opens, locale=locale, zone=zone)
    days = (there.date() - here.date()).days
    if days == 0:
        return _("from %(time)s today") % {"time": hour}
    if days == 1:
        return _("from %(time)s tomorrow") % {"time": hour}
    return _("from %(time)s on %(date)s") % {"time": hour, "date": day_ahead(there, days, locale)}


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
