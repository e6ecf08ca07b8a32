"""The sign-in library's addresses below accounts/: those the product uses are open, every other one is 404.

The library brings pages with rules of its own; on one of them anybody could claim an address without proving it. What an
upgrade adds stays shut until its name stands here. A shut address keeps its name, which the library itself may look up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from allauth.urls import urlpatterns as of_the_library
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

OPEN = frozenset(
    {
        "account_login",
        "account_logout",
        # What is asked once more before the second step of signing in is changed.
        "account_reauthenticate",
        "account_change_password",
        # Where "account_change_password" leads who has none yet.
        "account_set_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "openid_connect_login",
        "openid_connect_callback",
        # Where somebody stands who said no at the company's sign-on, or whom it failed.
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
    }
)


def shut(request: HttpRequest, **named: Any) -> HttpResponse:
    raise Http404


def _kept(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[URLPattern | URLResolver]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield URLResolver(each.pattern, list(_kept(each.url_patterns)), each.default_kwargs)
        else:
            callback = each.callback if each.name in OPEN else shut
            yield URLPattern(each.pattern, callback, each.default_args, each.name)


urlpatterns = list(_kept(of_the_library))
