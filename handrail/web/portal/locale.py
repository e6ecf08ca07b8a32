"""The language of a page is in its address, and nowhere else: `/hc/ko/…`, `/hc/en/…`."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation

View = Callable[..., HttpResponse]


def in_locale(view: View) -> View:
    """Runs the view, and renders what it answers, in the language its address names."""

    @wraps(view)
    def spoken(request: HttpRequest, locale: str, *args: Any, **kwargs: Any) -> HttpResponse:
        request.LANGUAGE_CODE = locale  # type: ignore[attr-defined]
        with translation.override(locale):
            response = view(request, locale, *args, **kwargs)
        response["Content-Language"] = locale
        return response

    return spoken
