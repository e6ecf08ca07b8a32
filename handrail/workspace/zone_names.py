"""What people call a time zone: its city and how far it is from UTC, in the reader's language."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from handrail.core import clock

DISTANCES = ("Etc/GMT+", "Etc/GMT-")
UNKNOWN = "ZZ"  # the territory of zones that are nowhere


@lru_cache(maxsize=2000)
def city(zone: str, *, locale: str) -> str:
    """Seoul, 서울; the country's name where a Korean reader's language has none for the city; UTC−5 where nothing but the
    distance is known.

    zone  an IANA name
    """
    if zone.startswith(DISTANCES):
        # Their own names count the other way round: Etc/GMT+5 is five hours behind.
        return offset(zone, at=clock.now())
    name = get_timezone_location(zone, locale=locale, return_city=True).rpartition("/")[2]
    if locale == "en" or not name.isascii():
        return name
    country = get_global("zone_territories").get(get_global("zone_aliases").get(zone, zone), UNKNOWN)
    return name if country == UNKNOWN else str(Locale(locale).territories.get(country, name))


def zone_name(zone: str, *, locale: str) -> str:
    """Seoul (UTC+9): the city, and the offset of today."""
    named, apart = city(zone, locale=locale), offset(zone, at=clock.now())
    return named if named == apart else f"{named} ({apart})"


def offset(zone: str, *, at: datetime) -> str:
    """UTC+9, UTC−3:30, UTC."""
    apart = at.astimezone(ZoneInfo(zone)).utcoffset()
    minutes = round(apart.total_seconds() / 60) if apart else 0
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def tell_alike(one: str, other: str, *, at: datetime) -> bool:
    """Whether clocks in two zones show the same at that moment."""
    return at.astimezone(ZoneInfo(one)).utcoffset() == at.astimezone(ZoneInfo(other)).utcoffset()
