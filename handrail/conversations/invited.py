"""The events that a mail brought (channels.mail.invitations), said in words: in the reader's language and by their clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from babel.dates import get_day_names
from django.utils.timezone import get_current_timezone_name
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from handrail.channels.mail.parsed import Invitation, Repeats
from handrail.conversations.messages import Message
from handrail.workspace import zone_names
from handrail.workspace.formats import day, day_and_time, local, time_of_day

ANSWERS = frozenset({"accepted", "declined", "tentative"})
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
NOON = time(12)


@dataclass(frozen=True)
class Invited:
    """One event, ready to be read; each of `when`, `repeats`, `place` and `organiser` is "" where the mail names none.

    kind  invitation, update, cancelled, accepted, declined, tentative or event
    name  the organiser's name alone, for readers who need no address
    """

    kind: str
    title: str
    when: str = ""
    repeats: str = ""
    place: str = ""
    organiser: str = ""
    name: str = ""

    @property
    def is_off(self) -> bool:
        return self.kind in {"cancelled", "declined"}

    @property
    def is_answer(self) -> bool:
        return self.kind in ANSWERS

    @property
    def kind_named(self) -> str:
        return {
            "invitation": pgettext("calendar", "Invitation"),
            "update": pgettext("calendar", "Changed invitation"),
            "cancelled": pgettext("calendar", "Cancelled"),
            "accepted": pgettext("calendar", "Accepts the invitation"),
            "declined": pgettext("calendar", "Declines the invitation"),
            "tentative": pgettext("calendar", "May come"),
        }.get(self.kind, pgettext("calendar", "Event"))

    @property
    def line(self) -> str:
        """All of it on one line, without an address."""
        said = [self.title or _("(no title)"), self.when, self.repeats, self.place, self.name]
        return f"{self.kind_named}: " + " · ".join(filter(None, said))


def invited(message: Message, *, locale: str, zone: str) -> list[Invited]:
    """The events a mail brought, in the current language; `zone` is the reader's. What was taken out of one is left out."""
    found = message.data.get("calendar") or []
    return [_said(Invitation.of(each), locale=locale.partition("-")[0], zone=zone) for each in found]


def invited_lines(message: Message, *, zone: str = "") -> list[str]:
    """The same, a line each; `zone` is the current one where it is not given."""
    clock = zone or get_current_timezone_name()
    return [each.line for each in invited(message, locale=get_language() or "ko", zone=clock)]


def _said(event: Invitation, *, locale: str, zone: str) -> Invited:
    name, address = event.organiser.name, event.organiser.address
    return Invited(
        kind=event.kind,
        title=event.title,
        when=_when(event, locale=locale, zone=zone),
        repeats=_repeats(event.repeats, locale=locale) if event.repeats else "",
        place=event.place,
        organiser=f"{name} ({address})" if name and address and "@" not in name else address or name,
        name="" if "@" in name else name,
    )


def _when(event: Invitation, *, locale: str, zone: str) -> str:
    start, end = _read(event.start), _read(event.end)
    if start is None:
        return ""
    if not isinstance(start, datetime):
        return _days(start, end, locale=locale)
    ends = end if isinstance(end, datetime) else None
    if start.tzinfo is None:
        # Shown as it was written: whose clock it means, nobody can tell.
        there = _span(_in(start, zone), ends and _in(ends, zone), locale=locale, zone=zone)
        return _("%(when)s (the mail names no time zone)") % {"when": there}
    here = _span(start, ends, locale=locale, zone=zone)
    if start.utcoffset() == local(start, zone).utcoffset():
        return here
    if named := _zone(event, start, locale=locale):
        written = _clock_there(start, zone, locale=locale)
        return _("%(when)s (in %(zone)s: %(there)s)") % {"when": here, "zone": named, "there": written}
    return here


def _clock_there(start: datetime, zone: str, *, locale: str) -> str:
    """As it was written: with the day where that is another one."""
    as_written = _in(start.replace(tzinfo=None), "UTC")
    is_same_day = as_written.date() == local(start, zone).date()
    return (time_of_day if is_same_day else day_and_time)(as_written, locale=locale, zone="UTC")


def _zone(event: Invitation, start: datetime, *, locale: str) -> str:
    """The zone its times are written in; "" for UTC, in which programs write for anybody."""
    try:
        apart = zone_names.offset(event.zone, at=start) if event.zone else ""
        return f"{zone_names.city(event.zone, locale=locale)}, {apart}" if apart else _distance(start)
    except (KeyError, ValueError, OSError, LookupError):
        return _distance(start)


def _distance(start: datetime) -> str:
    minutes = round(start.utcoffset().total_seconds() / 60)  # type: ignore[union-attr]
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "") if minutes else ""


def _span(start: datetime, end: datetime | None, *, locale: str, zone: str) -> str:
    begins = day_and_time(start, locale=locale, zone=zone)
    if end is None:
        return begins
    is_same_day = local(start, zone).date() == local(end, zone).date()
    return f"{begins} – {(time_of_day if is_same_day else day_and_time)(end, locale=locale, zone=zone)}"


def _days(first: date, last: date | None, *, locale: str) -> str:
    named = day(datetime.combine(first, NOON, ZoneInfo("UTC")), locale=locale, zone="UTC")
    if last and last > first:
        named += f" – {day(datetime.combine(last, NOON, ZoneInfo('UTC')), locale=locale, zone='UTC')}"
    return _("%(days)s, all day") % {"days": named}


def _repeats(rule: Repeats, *, locale: str) -> str:
    often = _often(rule, locale=locale)
    if not often:
        return _("Repeats; its file says when.")
    if rule.is_by_rule:
        often = _("%(often)s, on the days its file names") % {"often": often}
    if rule.count:
        times = ngettext("%(n)d time", "%(n)d times", rule.count) % {"n": rule.count}
        return _("%(often)s, %(times)s") % {"often": often, "times": times}
    if until := _read(rule.until):
        last = day(datetime.combine(until, NOON, ZoneInfo("UTC")), locale=locale, zone="UTC")
        return _("%(often)s, until %(day)s") % {"often": often, "day": last}
    return often


def _often(rule: Repeats, *, locale: str) -> str:
    every = {
        "daily": (_("Every day"), _("Every %(n)d days")),
        "weekly": (_("Every week"), _("Every %(n)d weeks")),
        "monthly": (_("Every month"), _("Every %(n)d months")),
        "yearly": (_("Every year"), _("Every %(n)d years")),
    }
    if rule.often not in every:
        return ""
    once, more = every[rule.often]
    said = once if rule.every == 1 else more % {"n": rule.every}
    names = [
        get_day_names("wide", locale=locale)[WEEKDAYS.index(code)] for code in rule.days if code in WEEKDAYS
    ]
    return _("%(often)s on %(days)s") % {"often": said, "days": ", ".join(names)} if names else said


def _read(told: str) -> date | None:
    """A day or a moment again; None for nothing, and for what was taken out of it since."""
    try:
        return date.fromisoformat(told) if len(told) == len("2026-12-31") else datetime.fromisoformat(told)
    except ValueError:
        return None


def _in(moment: datetime, zone: str) -> datetime:
    return moment.replace(tzinfo=ZoneInfo(zone))
