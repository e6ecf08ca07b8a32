"""The servers of one mailbox: kept, tried out, and given up."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.channels.mail import imap, smtp, troubles
from handrail.channels.models import Fetching, Inbox, Sending
from handrail.channels.servers import SecretNeeded, Server, SignIn, Tls
from handrail.web.console.frame import me
from handrail.web.console.mailbox_page import found, refuse, render

PORT_MAX = 65_535


@require_POST
def outgoing(request: HttpRequest, id: int) -> HttpResponse:
    """POST host, port, tls, sign_in, user, secret with keep or test; or site: through the site's server again."""
    inbox = found(request, id)
    if "site" in request.POST:
        return _drop(request, inbox, Sending)
    return _keep_or_test(request, inbox, Sending, form="outgoing")


@require_POST
def incoming(request: HttpRequest, id: int) -> HttpResponse:
    """POST as for outgoing, with folder, trusted_hop and takes_old; or site: handed to our listener, nothing fetched."""
    inbox = found(request, id)
    if "site" in request.POST:
        return _drop(request, inbox, Fetching)
    return _keep_or_test(request, inbox, Fetching, form="incoming")


def _keep_or_test(request: HttpRequest, inbox: Inbox, kind: type[Server], *, form: str) -> HttpResponse:
    wanted, problem = _read(request)
    if kind is Fetching:
        wanted |= _of_fetching(request)
        problem = problem or (
            _("Mail is fetched only after signing in.") if wanted["sign_in"] == "nothing" else ""
        )
    shown: dict[str, Any] = {"sent": request.POST, "form": form}
    if problem:
        return refuse(request, inbox, problem, **shown)
    try:
        server = kind.drafted(inbox, secret=request.POST.get("secret", ""), **wanted)
    except SecretNeeded:
        words = _(
            "Enter the password for %(user)s at %(host)s. A stored one is sent nowhere but where it was given for."
        )
        return refuse(request, inbox, words % wanted, **shown)
    if "test" in request.POST:
        trouble = imap.probe(server) if isinstance(server, Fetching) else smtp.probe(server)  # type: ignore[arg-type]
        tried = _told(trouble, server) if trouble else ""
        return render(request, found(request, inbox.pk), tried=tried, **shown)
    server.keep(by=me(request))
    messages.success(request, _("Kept. Test the connection if you have not yet."))
    return redirect("console:mailbox", inbox.pk)


def _drop(request: HttpRequest, inbox: Inbox, kind: type[Server]) -> HttpResponse:
    if server := kind.objects.filter(inbox=inbox).first():  # type: ignore[attr-defined]
        server.drop(by=me(request))
    messages.success(request, _("Kept. Its password is forgotten."))
    return redirect("console:mailbox", inbox.pk)


def _told(trouble: BaseException, server: Server) -> str:
    code = troubles.code_of(trouble)
    return troubles.sentence(code, host=server.host, detail=troubles.detail_of(trouble))


def _of_fetching(request: HttpRequest) -> dict[str, Any]:
    said = {name: request.POST.get(name, "").replace("\0", "").strip() for name in ("folder", "trusted_hop")}
    return {
        "folder": said["folder"][:120] or "INBOX",
        "trusted_hop": said["trusted_hop"].lower()[:253],
        "takes_old": "takes_old" in request.POST,
    }


def _read(request: HttpRequest) -> tuple[dict[str, Any], str]:
    """What a server's form says, and what is wrong with it ("" for nothing)."""
    said = {
        name: request.POST.get(name, "").replace("\0", "").strip() for name in ("host", "port", "user", "tls")
    }
    wanted = {**said, "sign_in": request.POST.get("sign_in", SignIn.PASSWORD)}
    port = said["port"]
    if not said["host"] or len(said["host"]) > 253 or any(mark in said["host"] for mark in " /:@"):
        return wanted, _("Enter the server’s name alone, like mail.example.com.")
    if not port.isdecimal() or len(port) > 5 or not 0 < int(port) <= PORT_MAX:
        return wanted, _("Enter the port as a number, like 587.")
    if said["tls"] not in Tls.values or wanted["sign_in"] not in SignIn.values:
        return wanted, _("Choose how the connection is encrypted and how to sign in.")
    if wanted["sign_in"] != SignIn.NOTHING and (not said["user"] or len(said["user"]) > 254):
        return wanted, _("Enter the user name the server knows the mailbox by.")
    return {**wanted, "port": int(port), "host": said["host"].lower()}, ""
