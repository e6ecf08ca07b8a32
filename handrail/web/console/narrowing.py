"""Which questions a page is about, as its address says: from and to, or days, channel, locale and brand."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from handrail.insights.searching import CHANNELS, DAYS_MAX, PERIODS, Narrowing, lately, today
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand

USUAL_DAYS = 28


def narrowing_of(asked: QueryDict) -> Narrowing:
    """What the address narrows to; nonsense narrows nothing."""
    channel = asked.get("channel", "")
    locale = asked.get("locale", "")
    channel = channel if channel in CHANNELS else ""
    locale = locale if locale in LOCALES else ""
    brand = int(number) if (number := asked.get("brand", "")) in {str(pk) for pk, _name in brands()} else None
    first, last = _day(asked.get("from", "")), _day(asked.get("to", ""))
    if first and last and first <= last <= today() and (last - first).days < DAYS_MAX:
        return Narrowing(first, last, channel, locale, brand)
    days = asked.get("days", "")
    usual = int(days) if days in {str(each) for each in PERIODS} else USUAL_DAYS
    return lately(usual, channel=channel, locale=locale, brand=brand)


def fields_of(narrowing: Narrowing) -> dict[str, str]:
    """The same as the address carries it on."""
    fields = {"channel": narrowing.channel, "locale": narrowing.locale}
    fields |= {"brand": str(narrowing.brand)} if narrowing.brand else {}
    if narrowing.last == today() and narrowing.days in PERIODS:
        fields["days"] = str(narrowing.days)
    else:
        fields |= {"from": narrowing.first.isoformat(), "to": narrowing.last.isoformat()}
    return {name: value for name, value in fields.items() if value}


def periods() -> list[tuple[int, str]]:
    names = {7: _("Last 7 days"), 28: _("Last 28 days"), 90: _("Last 90 days"), 365: _("Last 365 days")}
    return [(days, names[days]) for days in PERIODS]


def brands() -> list[tuple[int, str]]:
    """The help centres to choose from by their names; none where there is only one."""
    locale = (get_language() or LOCALES[0]).split("-")[0]
    found = [(brand.pk, brand.name(locale)) for brand in Brand.objects.order_by("pk")]
    return found if len(found) > 1 else []


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
