"""One mailbox: how its mails look, who looks after it, and the servers its mail goes through."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from handrail.accounts.models import Team, User
from handrail.accounts.viewer import Viewer
from handrail.channels.models import Grant, Inbox
from handrail.channels.servers import SignIn, Tls
from handrail.web.console.frame import show
from handrail.web.console.mail_confidence import confidence_of
from handrail.web.console.mailbox_standing import standing
from handrail.workspace.models import Brand


def one(request: HttpRequest, id: int) -> HttpResponse:
    """GET /console/mailboxes/<id>"""
    return render(request, found(request, id))


def render(request: HttpRequest, inbox: Inbox, *, status: int = 200, **more: Any) -> HttpResponse:
    """The page. `problem` stands above it; `tried` is what came of a test, `sent` what was typed into a server's form."""
    context: dict[str, Any] = {"problem": "", "tried": None, "sent": {}, "form": ""} | more
    return show(
        request,
        "console/mailbox.html",
        status=status,
        here="mailboxes",
        inbox=inbox,
        standing=standing(inbox),
        confidence=confidence_of(inbox),
        aliases=[alias.address for alias in inbox.aliases.all()],
        teams=teams_seen(request),
        staff=list(User.objects.staff()),
        brands=[*Brand.objects.listed(), *([inbox.brand] if inbox.brand.is_away else [])],
        grant=Grant.objects.filter(pk=inbox.pk).first(),
        fetching=getattr(inbox, "fetching", None),
        sending=getattr(inbox, "sending", None),
        ways_to_sign_in=SignIn.values,
        kinds_of_tls=Tls.values,
        **context,
    )


def refuse(request: HttpRequest, inbox: Inbox, problem: str, **more: Any) -> HttpResponse:
    """The page again, with what is wrong above it."""
    return render(request, inbox, status=422, problem=problem, **more)


def found(request: HttpRequest, id: int | str) -> Inbox:
    """A mailbox by its id as it stands in an address or a form."""
    text = str(id)
    rows = Inbox.objects.all_mail().select_related("brand", "team", "owner", "sending", "fetching")
    inbox = rows.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 16 else None
    if inbox is None:
        raise Http404
    return inbox


def teams_seen(request: HttpRequest) -> list[Team]:
    """A private team does not exist for who is not in it."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return list(Team.objects.visible_to(viewer).by_name(viewer.locale))
