"""Who may call a view. Every URL carries one of these; one without fails the tests."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from handrail.accounts.policy import can

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Anybody, signed in or not. What it shows still goes through `visible_to`."""
    view.policy = "public"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """A customer or employee whose address is proved, or a guest link's holder; others are asked to sign in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        viewer = request.viewer  # type: ignore[attr-defined]
        if viewer.is_staff or viewer.is_signed_in or viewer.only is not None:
            return view(request, *args, **kwargs)
        if request.method not in {"GET", "HEAD"}:
            raise Http404
        locale = getattr(request, "LANGUAGE_CODE", "") or kwargs.get("locale") or viewer.locale
        return redirect(
            f"{reverse('portal:sign-in', args=[locale])}?{urlencode({'next': request.get_full_path()})}"
        )

    guarded.policy = "signed_in"  # type: ignore[attr-defined]
    return guarded


def may(right: str) -> Callable[[View], View]:
    """Staff who hold `right`. Strangers are sent to sign in, customers to their requests; others learn nothing."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            viewer = request.viewer  # type: ignore[attr-defined]
            if can(viewer, right):
                return view(request, *args, **kwargs)
            if viewer.is_staff or not _of_a_page(request):
                raise Http404
            if request.user.is_authenticated:
                # Signed in, but not as a colleague: signing in once more would lead back here.
                return redirect(f"{reverse('portal:requests', args=[viewer.locale])}?from=desk")
            return redirect(f"{reverse('account_login')}?{urlencode({'next': _standing_at(request)})}")

        guarded.policy = right  # type: ignore[attr-defined]
        return guarded

    return decorate


READING = {"GET", "HEAD"}


def _of_a_page(request: HttpRequest) -> bool:
    """Somebody at a page: reading it, or sending its form. Scripts and machines are told nothing."""
    return request.method in READING or "text/html" in request.headers.get("Accept", "")


def _standing_at(request: HttpRequest) -> str:
    """Where to come back to after signing in: of a form the page it stood on, its own address often cannot be read."""
    if request.method in READING:
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc != request.get_host():
        return reverse("desk:home")
    return came_from._replace(scheme="", netloc="", fragment="").geturl()
