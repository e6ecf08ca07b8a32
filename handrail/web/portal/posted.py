"""What is pressed is posted; the address it leaves in the address bar leads, when gone to, to the page the press was made on."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

View = Callable[..., HttpResponse]


def posted_from(page: str, *keys: str) -> Callable[[View], View]:
    """For acts that render a page as their answer: POST acts, GET and HEAD lead (302) to the page, all else is 405.

    page  name of the page's address, which has the act's language
    keys  those of the act's arguments which the page's address has too, in their order there

    Looking at nothing, it tells nobody whether there is such a page.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def acted(request: HttpRequest, locale: str, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, locale, **kwargs)
            if request.method in {"GET", "HEAD"}:
                return redirect(page, locale, *(kwargs[key] for key in keys))
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])

        return never_cache(acted)

    return wrap
