"""How templates write dates, times, numbers and money: in the page's language and the reader's zone."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from markupsafe import Markup, escape

from handrail.core import clock
from handrail.web.ui.formatted import formatted
from handrail.workspace import formats, korean, zone_names


def locale() -> str:
    """The page's language, `ko` or `en`."""
    return (get_language() or "ko").split("-")[0]


def zone() -> str:
    """The reader's zone by name."""
    return timezone.get_current_timezone_name()


def day(moment: datetime) -> Markup:
    """2026. 11. 22.(일) in a <time>."""
    return _time(moment, formats.day(moment, locale=locale(), zone=zone()))


def plain_day(value: date) -> Markup:
    """A day that has no hour, written as `day` writes it."""
    noon = datetime.combine(value, time(12), ZoneInfo(zone()))
    written = formats.day(noon, locale=locale(), zone=zone())
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), written)


def time_of_day(moment: datetime) -> Markup:
    """오후 3:05 in a <time>."""
    return _time(moment, formats.time_of_day(moment, locale=locale(), zone=zone()))


def day_and_time(moment: datetime) -> Markup:
    return _time(moment, formats.day_and_time(moment, locale=locale(), zone=zone()))


def ago(moment: datetime) -> Markup:
    """Relative under a day, else the date; what is to come with its hour. Not for cached pages, where it would grow old."""
    text = formats.ago(moment, now=clock.now(), locale=locale(), zone=zone())
    whole = formats.day_and_time(moment, locale=locale(), zone=zone())
    return Markup('<time datetime="{}" title="{}">{}</time>').format(moment.isoformat(), whole, text)


def number(amount: float) -> str:
    """12,000"""
    return f"{amount:,}"


def zone_name(named: str) -> str:
    """Seoul (UTC+9): {{ person.zone|zone_name }}."""
    return zone_names.zone_name(named, locale=locale())


def with_particle(word: str, pair: str) -> str:
    """The word and its particle: {{ name|particle("을") }}."""
    return korean.with_particle(word, pair)


def only_in(code: str) -> str:
    """Beside the title of a text in the language `code`, where that is not the page's; else "": {{ text.locale|only_in }}."""
    if code == locale():
        return ""
    return _("Only in Korean") if code == "ko" else _("Only in English")


def _time(moment: datetime, text: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), escape(text))


FILTERS = {
    "day": day,
    "plain_day": plain_day,
    "time_of_day": time_of_day,
    "day_and_time": day_and_time,
    "ago": ago,
    "number": number,
    "formatted": formatted,
    "size": formats.file_size,
    "money": formats.money,
    "phone": formats.phone,
    "postcode": formats.postcode,
    "readable": formats.readable,
    "polite": lambda name: formats.polite_name(name, locale=locale()),
    "zone_name": zone_name,
    "particle": with_particle,
    "only_in": only_in,
}
