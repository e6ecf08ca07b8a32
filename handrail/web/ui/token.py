"""The CSRF token, fetched by a page's first POST, so that pages themselves can be the same for everybody."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.cache import never_cache


@never_cache
def show(request: HttpRequest) -> JsonResponse:
    """GET /token -> {"token": "..."} and the cookie that goes with it."""
    return JsonResponse({"token": get_token(request)})
