"""The languages people may read us in, and which text to show when one is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from django.db import models

LOCALES = ("ko", "en")


class HasLocale(Protocol):
    @property
    def locale(self) -> str: ...


Row = TypeVar("Row", bound=HasLocale)


class LocaleField(models.CharField):
    """A language code of LOCALES."""

    def __init__(self, **options: object) -> None:
        options.setdefault("max_length", 5)
        options.setdefault("choices", [(code, code) for code in LOCALES])
        super().__init__(**options)  # type: ignore[arg-type]


def fallbacks(locale: str) -> tuple[str, ...]:
    """The order in which to look for a text: the wanted language, then the others."""
    wanted = locale.split("-")[0].lower()
    return tuple(sorted(LOCALES, key=lambda code: (code != wanted, LOCALES.index(code))))


def best(rows: Iterable[Row], locale: str) -> Row | None:
    """The row in the wanted language, else the first of the fallbacks, else None."""
    by_locale = {row.locale: row for row in rows}
    return next((by_locale[code] for code in fallbacks(locale) if code in by_locale), None)
