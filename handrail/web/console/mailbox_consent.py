"""The provider's consent for one mailbox (OAuth 2.0): given, tried and withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.channels.grants import Grant, GrantAway, GrantRefused
from handrail.channels.mail import troubles
from handrail.core.sealing import CannotUnseal
from handrail.web.console.frame import me
from handrail.web.console.mailbox_page import found, refuse

LONGEST = {"token_url": 500, "client_id": 300, "scope": 500, "client_secret": 1000, "refresh_token": 4000}


@require_POST
def keep(request: HttpRequest, id: int) -> HttpResponse:
    """POST token_url, client_id, scope, client_secret, refresh_token: kept once a token could be bought. Or withdraw."""
    inbox = found(request, id)
    if "withdraw" in request.POST:
        if grant := Grant.objects.filter(pk=inbox.pk).first():
            grant.withdraw(by=me(request))
        messages.success(request, _("The consent is forgotten."))
        return redirect("console:mailbox", inbox.pk)
    said = {name: request.POST.get(name, "").replace("\0", "").strip() for name in LONGEST}
    shown = {"sent": request.POST, "form": "consent"}
    if not said["token_url"] or not said["client_id"]:
        return refuse(request, inbox, _("Enter the token server’s address and the client id."), **shown)
    if any(len(said[name]) > most for name, most in LONGEST.items()):
        return refuse(
            request, inbox, _("One of these is longer than any provider’s. Check what was pasted."), **shown
        )
    try:
        grant = Grant.give(inbox, by=me(request), **said)
    except ValueError:
        words = _("Secrets go only to addresses that begin with https://. Check the token server’s address.")
        return refuse(request, inbox, words, **shown)
    except GrantRefused:
        words = _(
            "Enter the refresh token. A stored one is sent only to the token server and client it was given for."
        )
        return refuse(request, inbox, words, **shown)
    try:
        grant.renew()
    except (GrantRefused, GrantAway, CannotUnseal) as trouble:
        code, detail = troubles.code_of(trouble), troubles.detail_of(trouble)
        return refuse(request, inbox, troubles.sentence(code, detail=detail), **shown)
    messages.success(request, _("The provider gave a token. It is renewed by itself before it ends."))
    return redirect("console:mailbox", inbox.pk)
