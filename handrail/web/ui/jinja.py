"""The environment of every page."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment


def environment(**options: Any) -> Environment:
    options.setdefault("autoescape", True)
    return Environment(extensions=["jinja2.ext.i18n"], **options)  # noqa: S701
