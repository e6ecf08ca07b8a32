"""The environment of every page: what a template may call without being handed it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from handrail.core import clock
from handrail.web.ui.assets import icon, static
from handrail.web.ui.filters import FILTERS


def environment(**options: Any) -> Environment:
    """Escapes by itself, translates whole sentences, and refuses a name nobody passed.

    url("desk:queue", 3)       the path of a view
    query(path, product=3)     a path with its query; None and "" are left out
    static("portal.css")       the built file's address
    icon("search")             a lucide icon, drawn in place
    body_size_max()            bytes that one request may carry
    this_moment()              now, in ISO 8601: a form hands it back as when its page was made
    """
    options["undefined"] = StrictUndefined
    # Django hands autoescape=True in the options.
    env = Environment(  # noqa: S701
        extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols"],
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext
    )
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": False}
    env.globals.update(_=said, gettext=said, url=url, query=query, static=static, icon=icon)
    env.globals["body_size_max"] = lambda: settings.BODY_SIZE_MAX
    env.globals["this_moment"] = lambda: clock.now().isoformat()
    env.filters.update(FILTERS)
    return env


def said(text: str, /, **values: Any) -> Markup:
    """What the extension's own `_` gives, in a third of its time: most sentences have no values, and a page has fifty."""
    translated = Markup(gettext(text))  # noqa: S704  (our own words; values are escaped as they are set in)
    return translated % values if values or "%" in translated else translated


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The path of a view by its name; raises NoReverseMatch for a name nobody gave."""
    return _path(name, args, tuple(kwargs.items()))


@lru_cache(maxsize=8_192)
def _path(name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]) -> str:
    # Addresses never change while a process runs, and a page holds dozens.
    return reverse(name, args=args, kwargs=dict(kwargs))


def query(path: str, **fields: Any) -> str:
    """The path with its query string; empty fields are left out."""
    given = {name: value for name, value in fields.items() if value not in (None, "", [])}
    return f"{path}?{urlencode(given, doseq=True)}" if given else path
