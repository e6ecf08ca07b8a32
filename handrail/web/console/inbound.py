"""Mail that became no message: kept as it came, with the reason, until a person looks."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.channels.blocking import BlockedSender, NoSender, block, unblock
from handrail.channels.mail import headers
from handrail.channels.mail.reasons import sentence
from handrail.channels.models import InboundRaw
from handrail.channels.own_addresses import is_own
from handrail.core.keyset import sliced
from handrail.web.console.frame import me, page_of, show

BLOCKED_SHOWN = 100
DELETED_SHOWN = 50


def inbound(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    """GET /console/inbound?before=<id>&deleted=<place>&blocked=<sender>: three lists, each turned by its own place."""
    deleted = sliced(
        InboundRaw.objects.deleted().select_related("inbox").with_head(),
        after=request.GET.get("deleted", ""),
        most=DELETED_SHOWN,
        at="deleted_at",
    )
    blocked, blocked_after = _blocked(request.GET.get("blocked", ""))
    kept = InboundRaw.objects.quarantined().select_related("inbox").with_head()
    rows, before = page_of(kept, request)
    return show(
        request,
        "console/inbound.html",
        status=status,
        problem=problem,
        blocked=blocked,
        blocked_after=blocked_after,
        raws=[(row, headers.of_mail(bytes(row.head))) for row in rows],
        reason=sentence,
        deleted=[(row, headers.of_mail(bytes(row.head))) for row in deleted.rows],
        deleted_after=deleted.after,
        days=settings.DELETED_DAYS,
        before=before,
        here="inbound",
    )


def _blocked(after: str) -> tuple[list[BlockedSender], str]:
    """Who is blocked, by their address, those behind this one; and the address the next page goes on behind, "" at the end."""
    rows = BlockedSender.objects.select_related("by").filter(sender__gt=after.replace("\0", ""))
    found = list(rows[: BLOCKED_SHOWN + 1])
    shown = found[:BLOCKED_SHOWN]
    return shown, shown[-1].sender if len(found) > BLOCKED_SHOWN else ""


@require_POST
def blocking(request: HttpRequest) -> HttpResponse:
    """POST sender: an address or @domain to block; or remove: the id of one to let in again."""
    if (gone := request.POST.get("remove", "")).isdigit() and len(gone) < 16:
        unblock(get_object_or_404(BlockedSender, pk=gone), by=me(request))
        return redirect("console:inbound")
    sender = request.POST.get("sender", "").strip()
    try:
        if is_own(sender):
            raise NoSender(sender)
        block(sender, by=me(request))
    except NoSender:
        problem = _("“%(sender)s” cannot be blocked. Write an address that is not ours, or @ and a domain.")
        return inbound(request, problem=problem % {"sender": sender[:100]}, status=422)
    return redirect("console:inbound")


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: read it again, as if it had just come."""
    get_object_or_404(InboundRaw.objects.quarantined(), pk=pk).release(by=request.user)  # type: ignore[arg-type]
    return redirect("console:inbound")


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: out of sight; it can be brought back for some days."""
    get_object_or_404(InboundRaw.objects.quarantined().defer("body"), pk=pk).delete_for_now(by=me(request))
    return redirect(f"{reverse('console:inbound')}#deleted")


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """POST: it waits aside again."""
    get_object_or_404(InboundRaw.objects.deleted().defer("body"), pk=pk).bring_back(by=me(request))
    return redirect("console:inbound")


def raw(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the bytes as they came, only ever downloaded."""
    row = get_object_or_404(InboundRaw.objects.quarantined(), pk=pk)
    response = HttpResponse(bytes(row.body), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="inbound-{row.pk}.eml"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
