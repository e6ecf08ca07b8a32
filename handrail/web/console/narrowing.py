"""Which questions a page is about, as its address says: from and to, or days, and channel and locale."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from handrail.insights.searching import CHANNELS, DAYS_MAX, PERIODS, Narrowing, lately, today
from handrail.workspace.locales import LOCALES

USUAL_DAYS = 28


def narrowing_of(asked: QueryDict) -> Narrowing:
    """What the address narrows to; nonsense narrows nothing."""
    channel = asked.get("channel", "")
    locale = asked.get("locale", "")
    channel = channel if channel in CHANNELS else ""
    locale = locale if locale in LOCALES else ""
    first, last = _day(asked.get("from", "")), _day(asked.get("to", ""))
    if first and last and first <= last <= today() and (last - first).days < DAYS_MAX:
        return Narrowing(first, last, channel, locale)
    days = asked.get("days", "")
    number = int(days) if days in {str(each) for each in PERIODS} else USUAL_DAYS
    return lately(number, channel=channel, locale=locale)


def fields_of(narrowing: Narrowing) -> dict[str, str]:
    """The same as the address carries it on."""
    fields = {"channel": narrowing.channel, "locale": narrowing.locale}
    if narrowing.last == today() and narrowing.days in PERIODS:
        fields["days"] = str(narrowing.days)
    else:
        fields |= {"from": narrowing.first.isoformat(), "to": narrowing.last.isoformat()}
    return {name: value for name, value in fields.items() if value}


def periods() -> list[tuple[int, str]]:
    names = {7: _("Last 7 days"), 28: _("Last 28 days"), 90: _("Last 90 days"), 365: _("Last 365 days")}
    return [(days, names[days]) for days in PERIODS]


def channels() -> list[tuple[str, str]]:
    names = {
        "portal": _("Search in the help centre"),
        "chat": _("Chat"),
        "form": _("Contact form"),
        "mail": _("Mail"),
        "api": _("API"),
    }
    return [(code, names[code]) for code in CHANNELS]


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    # So that the days before it can be counted too.
    return found if found > date.min + timedelta(days=2 * DAYS_MAX) else None
