"""What is typed into a field, read as a value of its kind; and a value as people read it.

A value is a list of short texts whatever its kind, empty where nothing is said: ["12.5"], ["2026-11-28"], ["yes"], codes
of options. So it goes the same way into tables, facts, macros and templates.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Protocol

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from handrail.workspace.typed_fields import Kind

Value = list[str]
LINE_MOST, TEXT_MOST = 200, 5000
ORDER = re.compile(r"[0-9A-Z가-힣][0-9A-Z가-힣_./-]{1,39}")
NUMBER_BELOW = Decimal(10) ** 12
PLACES_MOST = 6
CHOSEN = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO, Kind.PRIORITY)  # values are codes that have names
WEEKDAYS = "월화수목금토일"


class Typed(Protocol):
    """What a value is read for: typed_fields.TypedField and whatever is like it."""

    kind: str

    @property
    def codes(self) -> list[str]: ...

    def offered(self, locale: str, *, also: Sequence[str] = ()) -> list[tuple[str, str]]: ...


class Unfit(ValueError):
    """What was typed is no value of the field; the message says what would be, in the reader's language."""


def read(field: Typed, typed: Sequence[str], *, also: Sequence[str] = ()) -> Value:
    """The value that was typed; [] for nothing. Codes of choices come as codes.

    also  codes chosen already, which may stay though they are offered no more

    Raises Unfit.
    """
    said = [text for each in typed if (text := each.replace("\0", "").replace("\r\n", "\n").strip())]
    if field.kind == Kind.CHOICES:
        return [code for code in field.codes if code in _chosen(field, said, also)]
    return READERS[Kind(field.kind)](field, said[0], also) if said else []


def meant(field: Typed, text: str) -> Value:
    """A value somebody wrote out, as macros and searches do: options by code or by name, several between commas.

    Raises Unfit.
    """
    if field.kind not in CHOSEN:
        return read(field, [text])
    names = {folded(name): code for locale in ("ko", "en") for code, name in field.offered(locale)}
    names |= {folded(code): code for code in field.codes}
    if field.kind == Kind.YES_NO:
        names |= {"예": "yes", "네": "yes", "아니요": "no", "아니오": "no", "yes": "yes", "no": "no"}
    parts = text.split(",") if field.kind == Kind.CHOICES else [text]
    return read(field, [names.get(folded(part), part) for part in parts])


def shown(field: Typed, value: Sequence[str], locale: str) -> str:
    """The value as people read it; "" for none. `locale` must be the active language."""
    if not value:
        return ""
    if field.kind in CHOSEN:
        names = dict(field.offered(locale, also=field.codes))
        return ", ".join(names.get(code, code) for code in value)
    if field.kind == Kind.NUMBER:
        return str(number_format(Decimal(value[0]), use_l10n=True, force_grouping=True))
    if field.kind == Kind.DAY:
        return _day(date.fromisoformat(value[0]), locale)
    return value[0]


def quoted(names: Iterable[str]) -> str:
    """Names as they stand in a sentence: “Cause”, “Order number”."""
    return ", ".join(_("“%(name)s”") % {"name": name} for name in names)


def folded(text: str) -> str:
    """As searches compare it: without difference of case, width or spacing."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _day(day: date, locale: str) -> str:
    if locale == "ko":
        return f"{day.year}. {day.month}. {day.day}.({WEEKDAYS[day.weekday()]})"
    return f"{day:%a} {day.day} {day:%b %Y}"


def _line(_field: Typed, text: str, _also: Sequence[str]) -> Value:
    text = " ".join(text.split())
    if len(text) > LINE_MOST:
        raise Unfit(_("Please keep it within %(n)d letters.") % {"n": LINE_MOST})
    return [text]


def _text(_field: Typed, text: str, _also: Sequence[str]) -> Value:
    if len(text) > TEXT_MOST:
        raise Unfit(_("Please keep it within %(n)d letters.") % {"n": TEXT_MOST})
    return [text]


def _number(_field: Typed, text: str, _also: Sequence[str]) -> Value:
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    try:
        number = Decimal(plain)
        if not number.is_finite() or abs(number) >= NUMBER_BELOW:
            raise InvalidOperation
        number = round(number, PLACES_MOST).normalize()
    except InvalidOperation:
        words = _("“%(value)s” is not a number. Write figures, such as 3 or 12.5.")
        raise Unfit(words % {"value": text[:40]}) from None
    return [f"{number + 0:f}"]


def _as_day(_field: Typed, text: str, _also: Sequence[str]) -> Value:
    parts = re.findall(r"\d+", unicodedata.normalize("NFKC", text))
    try:
        year, month, day = map(int, parts)
        return [date(year, month, day).isoformat()]
    except (ValueError, OverflowError):
        words = _("“%(value)s” is not a day. Write it as 2026-01-31.")
        raise Unfit(words % {"value": text[:40]}) from None


def _choice(field: Typed, text: str, also: Sequence[str]) -> Value:
    return _chosen(field, [text], also)


def _chosen(field: Typed, said: Sequence[str], also: Sequence[str]) -> Value:
    known = {code for code, _name in field.offered("ko", also=also)}
    if wrong := next((each for each in said if each not in known), ""):
        raise Unfit(_("“%(value)s” is not offered. Choose one of the list.") % {"value": wrong[:40]})
    return list(said)


def _order(_field: Typed, text: str, _also: Sequence[str]) -> Value:
    number = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper().lstrip("#")
    if not ORDER.fullmatch(number):
        words = _("“%(value)s” is no order number. It has letters, figures and hyphens only.")
        raise Unfit(words % {"value": text[:40]})
    return [number]


READERS: dict[Kind, Callable[[Typed, str, Sequence[str]], Value]] = {
    Kind.LINE: _line,
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DAY: _as_day,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _choice,
    Kind.ORDER: _order,
    Kind.PRIORITY: _choice,
}
