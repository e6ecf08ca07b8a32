"""Mailboxes: every address a brand is reached at by mail, how its mails look, and a new one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import Team, User
from handrail.channels.inboxes import AddressTaken, NoAddress
from handrail.channels.models import Inbox
from handrail.web.console.frame import me, show
from handrail.web.console.mailbox_page import found, refuse, teams_seen
from handrail.web.console.mailbox_standing import state_of
from handrail.workspace.korean import filled
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand

SIGNATURE_MAX = 1000
NAME_MAX = 80


def page(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    """GET /console/mailboxes. POST address, name, brand, team, locale: opens one and goes on to its page."""
    if request.method == "POST" and not problem:
        return _open(request)
    rows = Inbox.objects.all_mail().select_related("brand", "team", "fetching").order_by("address")
    inboxes = [(inbox, state_of(inbox)) for inbox in rows.prefetch_related("health")]
    return show(
        request,
        "console/mailboxes.html",
        status=422 if problem else 200,
        here="mailboxes",
        inboxes=inboxes,
        brands=list(Brand.objects.listed()),
        teams=teams_seen(request),
        problem=problem,
        sent=request.POST if problem else {},
    )


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """POST inbox (its id), name, sender_ko, sender_en, signature, quotes."""
    inbox = found(request, request.POST.get("inbox", ""))
    names = {field: _line(request, field) for field in ("name", "sender_ko", "sender_en")}
    signature = request.POST.get("signature", "").replace("\r\n", "\n").strip()
    if not names["name"] or len(names["name"]) > NAME_MAX:
        words = _("Give %(address)s a name of at most 80 letters.")
        return refuse(request, inbox, words % {"address": inbox.address})
    if max(map(len, names.values())) > NAME_MAX:
        words = _("The name mails of %(address)s come from has at most 80 letters. Shorten it.")
        return refuse(request, inbox, words % {"address": inbox.address})
    if len(signature) > SIGNATURE_MAX:
        words = _("The signature of %(address)s is %(count)d letters long; 1,000 is the most. Shorten it.")
        return refuse(request, inbox, words % {"address": inbox.address, "count": len(signature)})
    inbox.set_up(**names, signature=signature, quotes_history="quotes" in request.POST, by=me(request))
    messages.success(request, _("Kept."))
    return redirect("console:mailbox", inbox.pk)


@require_POST
def place(request: HttpRequest, id: int) -> HttpResponse:
    """POST team, owner (ids or nothing), aliases (addresses, one a line), brand (its id, or nothing for the one it is of)."""
    inbox = found(request, id)
    owner, brand = request.POST.get("owner", ""), request.POST.get("brand", "")
    aliases = request.POST.get("aliases", "").replace(",", "\n").split()
    try:
        inbox.go_by(aliases, by=me(request))
    except NoAddress as wrong:
        return refuse(request, inbox, _no_address(str(wrong)))
    except AddressTaken as taken:
        return refuse(request, inbox, _taken(taken))
    inbox.set_up(
        team=_team(request, kept=inbox.team),
        owner=get_object_or_404(User.objects.staff(), pk=_id(owner)) if owner else None,
        brand=_brand(brand, kept=inbox.brand),
        by=me(request),
    )
    messages.success(request, _("Kept."))
    return redirect("console:mailbox", inbox.pk)


@require_POST
def rest(request: HttpRequest, id: int) -> HttpResponse:
    """POST pause or resume."""
    inbox = found(request, id)
    if "pause" in request.POST:
        inbox.pause(by=me(request))
        messages.success(
            request, _("It rests: mail waits outside, and replies wait here until you resume it.")
        )
    else:
        inbox.resume(by=me(request))
        messages.success(request, _("It works again. What waited leaves and comes in within minutes."))
    return redirect("console:mailbox", inbox.pk)


def _open(request: HttpRequest) -> HttpResponse:
    address, name = _line(request, "address"), _line(request, "name")
    brand, locale = (request.POST.get(field, "") for field in ("brand", "locale"))
    if not name or len(name) > NAME_MAX:
        return page(request, problem=_("Give the mailbox a name of at most 80 letters."))
    try:
        inbox = Inbox.open_mailbox(
            address,
            brand=get_object_or_404(Brand, pk=_id(brand)),
            name=name,
            team=_team(request),
            locale=locale if locale in LOCALES else "ko",
            by=me(request),
        )
    except NoAddress as wrong:
        return page(request, problem=_no_address(str(wrong)))
    except AddressTaken as taken:
        return page(request, problem=_taken(taken))
    messages.success(request, _("The mailbox is there. Say below how its mail comes in and leaves."))
    return redirect("console:mailbox", inbox.pk)


def _brand(number: str, *, kept: Brand) -> Brand:
    """The brand chosen, or the one it is of; none that was put away since. Raises Http404."""
    if not number or _id(number) == kept.pk:
        return kept
    return get_object_or_404(Brand.objects.listed(), pk=_id(number))


def _team(request: HttpRequest, *, kept: Team | None = None) -> Team | None:
    """The team chosen; one the reader knows nothing of stays where it is."""
    seen = {str(team.pk): team for team in teams_seen(request)}
    chosen = request.POST.get("team", "")
    if not chosen:
        return kept if kept and str(kept.pk) not in seen else None
    if chosen not in seen:
        raise Http404
    return seen[chosen]


def _line(request: HttpRequest, field: str) -> str:
    return " ".join(request.POST.get(field, "").replace("\0", "").split())


def _id(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 16 else 0


def _no_address(said: str) -> str:
    words = _("“%(address)s” is no plain mail address. Write it like help@example.com, without a “+”.")
    return filled(words, {"address": said[:254]})


def _taken(taken: AddressTaken) -> str:
    words = _("Mail to “%(address)s” comes to the mailbox %(inbox)s already. Take it away there first.")
    return filled(words, {"address": taken.address, "inbox": taken.inbox.address})
