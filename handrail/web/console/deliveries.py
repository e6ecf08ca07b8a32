"""Messages that wait to leave, and those that were given up: which, to whom, why, and when the next try is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from handrail.channels.mail.undelivered import why
from handrail.conversations.conversation import Conversation
from handrail.conversations.deliveries import Delivery
from handrail.core import clock
from handrail.web.console.frame import page_of, show


def deliveries(request: HttpRequest) -> HttpResponse:
    """GET /console/deliveries?before=<id>; of conversations the reader may see the number, of others only that they wait."""
    waiting = Delivery.objects.waiting() | Delivery.objects.given_up()
    joined = waiting.select_related("message", "endpoint").order_by("-pk")
    rows, before = page_of(joined, request)
    numbers = {row.message.conversation_id for row in rows}
    seen = Conversation.objects.visible_to(request.viewer).filter(pk__in=numbers)  # type: ignore[attr-defined]
    return show(
        request,
        "console/deliveries.html",
        deliveries=rows,
        before=before,
        now=clock.now(),
        why=why,
        visible=set(seen.values_list("pk", flat=True)),
        here="deliveries",
    )
