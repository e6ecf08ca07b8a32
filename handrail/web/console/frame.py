"""The frame of the console: its places by group, with how much waits in each."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.messages import get_messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.channels.models import InboundRaw
from handrail.conversations.deliveries import Delivery
from handrail.core.jobs.models import Job
from handrail.insights.todo import todo_count
from handrail.web.console.places import places
from handrail.web.mailbox_alarms import alarms
from handrail.web.policy import may
from handrail.workspace.formats import hours_to_24
from handrail.workspace.models import Brand

View = Callable[..., HttpResponse]
PAGE_ROWS = 50
COUNTED_MOST = 1000
# What is said on the next page by its level: what did not happen never looks like what did.
MEANINGS = {messages.WARNING: "waiting", messages.ERROR: "wrong"}


def at_console(right: str) -> Callable[[View], View]:
    """A view of the console, in its reader's language and zone; never kept by a browser."""

    def decorate(view: View) -> View:
        @wraps(view)
        def spoken(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            viewer: Viewer = request.viewer  # type: ignore[attr-defined]
            with (
                translation.override(viewer.locale),
                timezone.override(viewer.zone),
                hours_to_24(request.user.day_hours == "24"),  # type: ignore[union-attr]
            ):
                response = view(request, *args, **kwargs)
            if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
                response = redirect("console:home")  # the address of a form, opened as a page
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        return may(right)(spoken)

    return decorate


def me(request: HttpRequest) -> User:
    """The colleague at the console; its addresses let nobody else in."""
    return request.user  # type: ignore[return-value]


def home(request: HttpRequest) -> HttpResponse:
    """GET /console/: the first place the reader may see."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    found = places(viewer)
    if not found:
        raise Http404
    return redirect(found[0][1][0].url)


def signed_in(request: HttpRequest) -> HttpResponse:
    """GET: that the colleague is still known, with a token for the forms that stand open -> {"token": "…"}."""
    return JsonResponse({"token": get_token(request)})


def say_kept(request: HttpRequest) -> None:
    """Say on the next page that what was pressed is done."""
    messages.success(request, _("Kept."))


def show(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Render `template` inside the frame. `here` in the context marks the present place."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    brand = Brand.objects.order_by("pk").first()
    framed = {
        "locale": viewer.locale,
        "surface": "console",
        "hue": brand.hue if brand else 195,
        "viewer": viewer,
        "me": request.user,
        "density": me(request).density,
        "theme": me(request).theme,
        "places": places(viewer),
        "waiting": _waiting(viewer),
        "alarms": alarms(viewer) if "conversations.read" in viewer.rights else [],
        "said": [(str(message), MEANINGS.get(message.level, "good")) for message in get_messages(request)],
    }
    return HttpResponse(render_to_string(template, framed | context, request=request), status=status)


def _waiting(viewer: Viewer) -> dict[str, str]:
    """What waits in each place the viewer may go to."""
    mine = {"tasks": todo_count(viewer)} if "knowledge.write" in viewer.rights else {}
    counts = mine | (_of_the_site(viewer) if "console.jobs" in viewer.rights else {})
    return {place: f"{COUNTED_MOST}+" if n > COUNTED_MOST else str(n) for place, n in counts.items()}


def _of_the_site(viewer: Viewer) -> dict[str, int]:
    return {
        "jobs": Job.objects.dead()[: COUNTED_MOST + 1].count(),
        "inbound": InboundRaw.objects.quarantined()[: COUNTED_MOST + 1].count(),
        "mailboxes": len(alarms(viewer)),
        "deliveries": Delivery.objects.waiting_long()[: COUNTED_MOST + 1].count(),
    }


def _lower_ids(rows: QuerySet[Any], pk: int) -> QuerySet[Any]:
    return rows.filter(pk__lt=pk)


def page_of(
    rows: QuerySet[Any],
    request: HttpRequest,
    below: Callable[[Any, int], QuerySet[Any]] = _lower_ids,
) -> tuple[list[Any], int | None]:
    """One page, newest first, and the id the next one goes on below; None at the end.

    below  the rows that stand below the one with this id; those of lower ids unless told otherwise
    """
    before = request.GET.get("before", "")
    if before.isdigit() and len(before) < 18:
        rows = below(rows, int(before))
    found: list[Model] = list(rows[: PAGE_ROWS + 1])
    return found[:PAGE_ROWS], found[PAGE_ROWS - 1].pk if len(found) > PAGE_ROWS else None
