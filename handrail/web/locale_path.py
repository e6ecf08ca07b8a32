"""`<locale:locale>` in a path: a language people may read us in."""

from __future__ import annotations

from django.urls import register_converter

from handrail.workspace.locales import LOCALES


class LocaleConverter:
    """`<locale:locale>` in a path."""

    regex = "|".join(LOCALES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(LocaleConverter, "locale")
