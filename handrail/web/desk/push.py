"""A browser says that it may show pushes, or no longer."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.channels.push.subscriptions import NoSubscription, forget_browser, subscribe_browser


@require_POST
def browser(request: HttpRequest) -> JsonResponse:
    """POST endpoint, p256dh, auth as the browser's own; or endpoint and ended=1. Answers {"pushes": bool}."""
    user: User = request.user  # type: ignore[assignment]
    said = {name: request.POST.get(name, "") for name in ("endpoint", "p256dh", "auth")}
    if request.POST.get("ended"):
        forget_browser(user, endpoint=said["endpoint"], by=user)
        return JsonResponse({"pushes": False})
    try:
        subscribe_browser(user, **said, session=request.session.session_key or "", by=user)
    except NoSubscription:
        problem = _("This browser gave no address that can be pushed to. Try again, or use another browser.")
        return JsonResponse({"pushes": False, "problem": problem}, status=422)
    return JsonResponse({"pushes": True})
