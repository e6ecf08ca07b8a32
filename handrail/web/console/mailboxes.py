"""How mails from each mailbox look: the name it sends by, the signature, and whether replies quote."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.channels.models import Inbox
from handrail.web.console.frame import me, show

SIGNATURE_MAX = 1000


def page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    """GET /console/mailboxes"""
    inboxes = Inbox.objects.filter(kind=Inbox.Kind.MAIL).select_related("brand", "team").order_by("address")
    return show(
        request,
        "console/mailboxes.html",
        status=status,
        here="mailboxes",
        inboxes=list(inboxes),
        problem=problem,
    )


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """POST inbox (its id), name, signature, quotes."""
    pk = request.POST.get("inbox", "")
    inbox = get_object_or_404(Inbox, pk=pk if pk.isdigit() and len(pk) < 16 else 0, kind=Inbox.Kind.MAIL)
    name = " ".join(request.POST.get("name", "").split())
    signature = request.POST.get("signature", "").replace("\r\n", "\n").strip()
    if not name or len(name) > 80:
        return page(
            request,
            problem=_("Give %(address)s a name of at most 80 letters.") % {"address": inbox.address},
            status=422,
        )
    if len(signature) > SIGNATURE_MAX:
        words = _("The signature of %(address)s is %(count)d letters long; 1,000 is the most. Shorten it.")
        return page(request, problem=words % {"address": inbox.address, "count": len(signature)}, status=422)
    inbox.set_up(name=name, signature=signature, quotes_history="quotes" in request.POST, by=me(request))
    return redirect("console:mailboxes")
