"""Mail that opened no conversation, for those who may judge it: let in, or its sender kept out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.channels.blocking import block, blocked_among, unblock
from handrail.channels.inbound import InboundRawQuerySet
from handrail.channels.mail.kept_aside import Outline, outline, preview
from handrail.channels.mail.reasons import once_let_in, sentence
from handrail.channels.models import BlockedSender, InboundRaw
from handrail.channels.own_addresses import is_own
from handrail.core.keyset import sliced
from handrail.web.desk.frame import list_token, show
from handrail.web.ui.jinja import query

SHOWN = 50
TOLD = "kept-aside"


class Line(NamedTuple):
    """One mail. is_blocked: its sender is; blocked_by_me: and the reader did it, so may take it back."""

    mail: InboundRaw
    head: Outline
    reason: str
    is_blocked: bool
    blocked_by_me: bool


def every(request: HttpRequest) -> HttpResponse:
    """GET /desk/kept-aside?after=&gone=: the newest first, a page at a time.

    gone  ids, with a dot between them, of mails that were just deleted: one press brings them back
    """
    after = request.GET.get("after", "")
    found = sliced(_seen(request).only("pk", "received_at"), after=after, most=SHOWN, at="received_at")
    said = [str(each) for each in messages.get_messages(request) if each.extra_tags == TOLD]
    return show(
        request,
        "desk/kept_aside.html",
        lines=lines_of(_seen(request), [row.pk for row in found.rows], viewer=request.viewer),  # type: ignore[attr-defined]
        said=said,
        gone=_just_deleted(request),
        days=settings.DELETED_DAYS,
        older=found.after,
        is_first=not after,
        after=after,
        here="kept-aside",
        stream=list_token(request.viewer),  # type: ignore[attr-defined]
    )


def one(request: HttpRequest, pk: int) -> HttpResponse:
    """GET /desk/kept-aside/<id>: its words as text, as they were understood."""
    row = get_object_or_404(_seen(request), pk=pk)
    line = lines_of(_seen(request), [row.pk], viewer=request.viewer)[0]  # type: ignore[attr-defined]
    return show(
        request,
        "desk/kept_mail.html",
        line=line,
        preview=preview(row),
        opened=once_let_in(row.error),
        here="kept-aside",
    )


@require_POST
def acts(request: HttpRequest) -> HttpResponse:
    """POST release, block or unblock: the id of one mail, or "picked" for those that `mail` names."""
    act = next((name for name in ACTS if name in request.POST), "")
    lines = lines_of(_seen(request), named(request, act), viewer=request.viewer)  # type: ignore[attr-defined]
    user: User = request.user  # type: ignore[assignment]
    said = list(ACTS[act](lines, user)) if lines and act else [missed(request, act)]
    for each in said:
        messages.info(request, each, extra_tags=TOLD)
    back = redirect("desk:kept-aside")
    back["Location"] = query(back["Location"], after=request.POST.get("after", "")[:40])
    return back


def _just_deleted(request: HttpRequest) -> list[int]:
    gone = [int(each) for each in request.GET.get("gone", "").split(".")[:SHOWN] if is_number(each)]
    if not gone:
        return []
    return list(
        InboundRaw.objects.deleted_before(request.viewer).filter(pk__in=gone).values_list("pk", flat=True)
    )  # type: ignore[attr-defined]


def is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 19


def named(request: HttpRequest, act: str) -> list[int]:
    """The mails that a press is about: the one its button names, or those picked."""
    return [int(each) for each in _wanted(request, act)[:SHOWN] if is_number(each)]


def _wanted(request: HttpRequest, act: str) -> list[str]:
    return request.POST.getlist("mail" if request.POST.get(act) == "picked" else act)


def _seen(request: HttpRequest) -> Any:
    return InboundRaw.objects.visible_to(request.viewer)  # type: ignore[attr-defined]


def lines_of(seen: InboundRawQuerySet, numbers: list[int], *, viewer: Viewer) -> list[Line]:
    """The mails of `seen` with these ids, those that came last first; three queries."""
    if not numbers:
        return []
    rows = list(seen.filter(pk__in=numbers).select_related("inbox").with_head())
    heads = {row.pk: outline(bytes(row.head)) for row in rows}
    addresses = {head.address for head in heads.values() if head.address}
    blocked = blocked_among(addresses)
    own = BlockedSender.objects.filter(sender__in=addresses, by=viewer.user_id)
    mine = set(own.values_list("sender", flat=True))
    ordered = sorted(rows, key=lambda row: (row.received_at, row.pk), reverse=True)
    return [
        Line(
            row,
            heads[row.pk],
            sentence(row.error),
            heads[row.pk].address in blocked,
            heads[row.pk].address in mine,
        )
        for row in ordered
    ]


def _release(lines: list[Line], user: User) -> Iterable[str]:
    opened = again = 0
    for line in lines:
        opens = line.mail.opens_when_released
        if line.mail.release(by=user):
            opened, again = opened + opens, again + (not opens)
    if opened:
        yield ngettext(
            "%(num)s mail becomes a conversation in a moment.",
            "%(num)s mails become conversations in a moment.",
            opened,
        ) % {"num": opened}
    if again:
        yield ngettext(
            "%(num)s mail is read again. It comes back here if nothing has changed.",
            "%(num)s mails are read again. They come back here if nothing has changed.",
            again,
        ) % {"num": again}


def _block(lines: list[Line], user: User) -> Iterable[str]:
    for address in dict.fromkeys(line.head.address for line in lines if not line.is_blocked):
        named = {"address": address}
        if not address:
            yield _("A mail that names no sender, or several, blocks nobody.")
        elif is_own(address) or _is_colleague(address):
            yield _("%(address)s is not blocked, because it is ours or a colleague’s.") % named
        else:
            block(address, by=user)
            yield _("%(address)s is blocked. Its mail opens no conversation from now on.") % named


def _unblock(lines: list[Line], user: User) -> Iterable[str]:
    addresses = [line.head.address for line in lines if line.blocked_by_me]
    for row in BlockedSender.objects.filter(sender__in=addresses, by=user):
        unblock(row, by=user)
        yield _("%(address)s may write again.") % {"address": row.sender}


def _is_colleague(address: str) -> bool:
    return User.objects.filter(email=address).exclude(role="").exists()


def missed(request: HttpRequest, act: str) -> str:
    """Why a press found no mail."""
    if _wanted(request, act):
        return _("A colleague was faster: that mail waits here no more.")
    return _("Pick at least one mail first.")


ACTS = {"release": _release, "block": _block, "unblock": _unblock}
