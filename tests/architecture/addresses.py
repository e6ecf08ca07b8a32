"""Every address of the site, taken from the URLconf itself, so that a new one is tried without being listed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# What a library brings with its own rules; staff sign-in alone.
LIBRARY = "accounts/"


@dataclass(frozen=True)
class Address:
    """One path. kwargs: name -> converter class name."""

    route: str
    callback: Any
    kwargs: dict[str, str] = field(default_factory=dict)

    def path(self, **values: Any) -> str:
        """The path with its places filled: values by name, else something nobody has."""
        path = "/" + self.route
        for name, converter in self.kwargs.items():
            given = values.get(name, NOWHERE.get(converter, "nowhere"))
            for shape in (f"<{converter}:{name}>", f"<{name}>"):
                path = path.replace(shape, str(given))
        return path

    @property
    def is_ours(self) -> bool:
        return not self.route.startswith(LIBRARY)


NOWHERE = {"locale": "ko", "int": 987654, "str": "nowhere", "slug": "nowhere", "path": "nowhere"}
CONVERTERS = {
    "IntConverter": "int",
    "StringConverter": "str",
    "SlugConverter": "slug",
    "PathConverter": "path",
    "LocaleConverter": "locale",
}


def addresses() -> list[Address]:
    return list(_walk(get_resolver().url_patterns, "", {}))


def _walk(patterns: list[Any], before: str, kwargs: dict[str, str]) -> Iterator[Address]:
    for each in patterns:
        route = before + str(each.pattern)
        own = kwargs | {
            name: CONVERTERS[type(converter).__name__] for name, converter in each.pattern.converters.items()
        }
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, route, own)
        elif isinstance(each, URLPattern):
            yield Address(route, each.callback, own)
