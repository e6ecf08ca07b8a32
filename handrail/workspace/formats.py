"""How dates, times, money, phones and names are written for a reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from urllib.parse import unquote_to_bytes
from zoneinfo import ZoneInfo

import phonenumbers
from babel.dates import format_date as babel_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

_counts_to_24: ContextVar[bool] = ContextVar("counts_to_24", default=False)
CLOCKS_APART = timedelta(minutes=1)
WEEKDAYS = "월화수목금토일"
ENCODED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")  # letters beyond ASCII


def local(moment: datetime, zone: str) -> datetime:
    return moment.astimezone(ZoneInfo(zone))


def day(moment: datetime, *, locale: str, zone: str = "Asia/Seoul") -> str:
    """2026. 11. 22.(일) in Korean, Sun 22 Nov 2026 in English; in the reader's zone."""
    here = local(moment, zone)
    if locale == "ko":
        return f"{here.year}. {here.month}. {here.day}.({WEEKDAYS[here.weekday()]})"
    return babel_date(here.date(), "EEE d MMM y", locale="en")


@contextmanager
def hours_to_24(wanted: bool) -> Iterator[None]:
    """Within the block times are written 15:05 for a reader who chose so."""
    token = _counts_to_24.set(wanted)
    try:
        yield
    finally:
        _counts_to_24.reset(token)


def counts_to_24() -> bool:
    return _counts_to_24.get()


def time_of_day(moment: datetime, *, locale: str, zone: str = "Asia/Seoul") -> str:
    """오후 3:05 in Korean, 3:05 pm in English; 15:05 in both within `hours_to_24`."""
    here = local(moment, zone)
    if counts_to_24():
        return f"{here.hour}:{here.minute:02}"
    hour = here.hour % 12 or 12
    if locale == "ko":
        return f"{'오전' if here.hour < 12 else '오후'} {hour}:{here.minute:02}"
    return f"{hour}:{here.minute:02} {'am' if here.hour < 12 else 'pm'}"


def day_and_time(moment: datetime, *, locale: str, zone: str = "Asia/Seoul") -> str:
    return f"{day(moment, locale=locale, zone=zone)} {time_of_day(moment, locale=locale, zone=zone)}"


def ago(moment: datetime, *, now: datetime, locale: str, zone: str = "Asia/Seoul") -> str:
    """Relative under a day ("3 minutes ago"), else the date with its weekday; what is still to come with its hour."""
    passed = now - moment
    if passed < -CLOCKS_APART:
        return day_and_time(moment, locale=locale, zone=zone)
    if passed < timedelta(minutes=1):
        return _("just now")
    if passed < timedelta(hours=1):
        minutes = int(passed.total_seconds() // 60)
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    if passed < timedelta(days=1):
        hours = int(passed.total_seconds() // 3600)
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    return day(moment, locale=locale, zone=zone)


def lasting(passed: timedelta) -> str:
    """How long something has lasted, rounded down: "less than a minute", "12 minutes", "3 hours", "4 days"."""
    minutes = int(passed.total_seconds() // 60)
    if minutes < 1:
        return _("less than a minute")
    if minutes < 120:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d day", "%(n)d days", hours // 24) % {"n": hours // 24}


def in_time(seconds: int) -> str:
    """How long to wait, never too short: "in 40 seconds", "in 12 minutes", "in 2 hours"."""
    if seconds <= 60:
        return ngettext("in %(n)d second", "in %(n)d seconds", seconds) % {"n": seconds}
    minutes = -(-seconds // 60)
    if minutes <= 90:
        return ngettext("in %(n)d minute", "in %(n)d minutes", minutes) % {"n": minutes}
    hours = -(-minutes // 60)
    return ngettext("in %(n)d hour", "in %(n)d hours", hours) % {"n": hours}


def money(amount: int, *, currency: str = "KRW") -> str:
    """₩12,000; won have no smaller unit."""
    return f"₩{amount:,}" if currency == "KRW" else f"{amount:,} {currency}"


def file_size(size: int) -> str:
    """How large a file is: "25 bytes" (25바이트), "1.5 KB", "12 MB"; a kilobyte is 1,000 bytes."""
    if size < 1000:
        return ngettext("%(n)d byte", "%(n)d bytes", size) % {"n": size}
    amount, units = size / 1000, ["KB", "MB", "GB"]
    while amount >= 999.5 and len(units) > 1:
        amount, units = amount / 1000, units[1:]
    return f"{amount:,.1f}".removesuffix(".0") + f" {units[0]}"


def phone(number: str, *, region: str = "KR") -> str:
    """010-0000-0000 for what parses as a number of the region, else the text as it came."""
    try:
        parsed = phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return number
    inside = parsed.country_code == phonenumbers.country_code_for_region(region)
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL if inside else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, style)


def postcode(code: str | int) -> str:
    """06236: the five digits of a Korean postcode, zeros kept; what is none stays as it came."""
    digits = "".join(re.findall(r"\d", str(code)))
    is_one = isinstance(code, int) or re.fullmatch(r"\D*\d{5}\D*", code)
    return digits.zfill(5) if is_one and len(digits) <= 5 else str(code)


def readable(text: str) -> str:
    """Percent-encoded letters within addresses as letters: …/12-%ED%99%98 becomes …/12-환. Anything else stays as it is.

    Only letters and digits are written out: an encoded space, bracket or mark of direction could end or disguise an
    address.
    """
    return ENCODED.sub(_letters, text)


def _letters(run: re.Match[str]) -> str:
    try:
        letters = unquote_to_bytes(run[0]).decode()
    except UnicodeDecodeError:
        return run[0]
    return letters if letters.isalnum() else run[0]


def polite_name(name: str, *, locale: str) -> str:
    """홍길동 님 in Korean, the name alone in English."""
    return f"{name} 님" if locale == "ko" else name
