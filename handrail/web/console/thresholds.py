"""How often automatic answers must be right, by help centre, channel and mailbox, as a manager sets it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from handrail.answers import bands
from handrail.answers.thresholds import CHANNELS, OFFERED, NotOffered, Threshold
from handrail.channels.models import Inbox
from handrail.core.actors import Actor
from handrail.web.console.frame import show
from handrail.web.console.mail_confidence import confidences
from handrail.workspace.models import Brand


@dataclass(frozen=True)
class Row:
    """One channel of one brand, or of all: what is set for it, and what holds where nothing is."""

    channel: str
    target: float | None
    otherwise: float


@dataclass(frozen=True)
class Group:
    brand: Brand | None
    rows: list[Row]


def page(request: HttpRequest) -> HttpResponse:
    """GET /console/answers/thresholds"""
    held = {(row.brand_id, row.channel): row.target for row in Threshold.objects.filter(inbox=None)}
    usual = {channel: held.get((None, channel), bands.target_of(channel)) for channel in CHANNELS}
    groups = [Group(None, [Row(each, held.get((None, each)), bands.target_of(each)) for each in CHANNELS])]
    brands = list(Brand.objects.listed())
    groups += [
        Group(brand, [Row(each, held.get((brand.pk, each)), usual[each]) for each in CHANNELS])
        for brand in brands
        if len(brands) > 1
    ]
    mail, chat = usual["mail"], usual["chat"]
    return show(
        request,
        "console/thresholds.html",
        here="answers",
        groups=groups,
        mailboxes=confidences(request.viewer),  # type: ignore[attr-defined]
        offered=OFFERED,
        is_mail_laxer=mail < chat,
    )


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """POST {brand, <channel>: share or ""}: what is empty goes back to what holds otherwise."""
    number = request.POST.get("brand", "")
    brand = get_object_or_404(Brand, pk=int(number)) if number.isdecimal() and len(number) < 18 else None
    actor = request.viewer.as_actor()  # type: ignore[attr-defined]
    try:
        _put({each: request.POST[each] for each in CHANNELS if each in request.POST}, brand, by=actor)
    except (NotOffered, ValueError):
        messages.error(request, _("That share can't be chosen. Nothing was changed."))
        return redirect("console:answers-thresholds")
    messages.success(request, _("Kept. The next question is answered by it."))
    return redirect("console:answers-thresholds")


@require_POST
def keep_mailboxes(request: HttpRequest) -> HttpResponse:
    """POST {inbox-<id>: share or ""}: a mailbox's own share; what is empty goes by its help centre again."""
    viewer = request.viewer  # type: ignore[attr-defined]
    wanted = {
        inbox: request.POST[field]
        for inbox in Inbox.objects.visible_to(viewer).mail()
        if (field := f"inbox-{inbox.pk}") in request.POST
    }
    try:
        _put_at(wanted, by=viewer.as_actor())
    except (NotOffered, ValueError):
        messages.error(request, _("That share can't be chosen. Nothing was changed."))
    else:
        messages.success(request, _("Kept. The next mail is answered by it."))
    return redirect("console:answers-thresholds")


@transaction.atomic
def _put_at(wanted: dict[Inbox, str], *, by: Actor) -> None:
    for inbox, share in wanted.items():
        if share:
            Threshold.put("mail", float(share), by=by, inbox=inbox)
        elif row := Threshold.objects.filter(inbox=inbox).first():
            row.drop(by=by)


@transaction.atomic
def _put(chosen: dict[str, str], brand: Brand | None, *, by: Actor) -> None:
    for channel, share in chosen.items():
        if share:
            Threshold.put(channel, float(share), by=by, brand=brand)
        elif row := Threshold.objects.filter(brand=brand, inbox=None, channel=channel).first():
            row.drop(by=by)
