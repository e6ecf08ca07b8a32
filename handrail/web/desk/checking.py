"""“Check my understanding”: words said back to the customer, read and mended at the desk, then sent with two answers."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from handrail.conversations.understanding import said_back


def is_check(request: HttpRequest) -> bool:
    return "checked" in request.POST


def check_data(request: HttpRequest) -> dict[str, str]:
    return said_back() if is_check(request) else {}


def check_returned(request: HttpRequest) -> dict[str, Any]:
    """A check that could not be sent yet comes back as it was mended."""
    if not is_check(request):
        return {}
    return {"checking": request.POST.get("restated", ""), "sends_check": True}
