"""Mail that became no message: kept as it came, with the reason, until a person looks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from handrail.channels.mail import headers
from handrail.channels.mail.reasons import sentence
from handrail.channels.models import InboundRaw
from handrail.web.console.frame import page_of, show


def inbound(request: HttpRequest) -> HttpResponse:
    """GET /console/inbound?before=<id>"""
    kept = InboundRaw.objects.quarantined().select_related("inbox").with_head()
    rows, before = page_of(kept, request)
    return show(
        request,
        "console/inbound.html",
        raws=[(row, headers.of_mail(bytes(row.head))) for row in rows],
        reason=sentence,
        before=before,
        here="inbound",
    )


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: read it again, as if it had just come."""
    get_object_or_404(InboundRaw.objects.quarantined(), pk=pk).release(by=request.user)  # type: ignore[arg-type]
    return redirect("console:inbound")


def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the bytes as they came, only ever downloaded."""
    row = get_object_or_404(InboundRaw.objects.quarantined(), pk=pk)
    response = HttpResponse(bytes(row.body), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="inbound-{row.pk}.eml"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
