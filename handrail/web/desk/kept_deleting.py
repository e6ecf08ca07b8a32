"""Deleting mail that was kept aside, with a way back: by one press at once, and for some days on a page of its own."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.channels.models import InboundRaw
from handrail.core.events.models import Event
from handrail.core.keyset import sliced
from handrail.web.desk.frame import show
from handrail.web.desk.kept_aside import SHOWN, TOLD, Line, lines_of, missed, named
from handrail.web.ui.jinja import query


class Gone(NamedTuple):
    """A deleted mail. by: who deleted it, "" for somebody whose account is gone."""

    line: Line
    by: str


def every(request: HttpRequest) -> HttpResponse:
    """GET /desk/kept-aside/deleted?after=: what can be brought back, a page at a time, what was deleted last first."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    after = request.GET.get("after", "")
    deleted = InboundRaw.objects.deleted_before(viewer)
    found = sliced(deleted.only("pk", "deleted_at"), after=after, most=SHOWN, at="deleted_at")
    numbers = [row.pk for row in found.rows]
    lines = {line.mail.pk: line for line in lines_of(deleted, numbers, viewer=viewer)}
    who = _who_deleted(numbers)
    return show(
        request,
        "desk/kept_deleted.html",
        rows=[Gone(lines[pk], who.get(pk, "")) for pk in numbers if pk in lines],
        said=[str(each) for each in messages.get_messages(request) if each.extra_tags == TOLD],
        older=found.after,
        is_first=not after,
        days=settings.DELETED_DAYS,
        here="kept-aside",
    )


@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    """POST delete: the id of one mail, or "picked" for those that `mail` names."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    user: User = request.user  # type: ignore[assignment]
    wanted = InboundRaw.objects.visible_to(viewer).filter(pk__in=named(request, "delete")).defer("body")
    gone = [str(row.pk) for row in wanted if row.delete_for_now(by=user)]
    if not gone:
        messages.info(request, missed(request, "delete"), extra_tags=TOLD)
    return _back(request, "desk:kept-aside", gone=".".join(gone))


@require_POST
def restore(request: HttpRequest) -> HttpResponse:
    """POST restore: as delete; the mails wait aside again, each with its reason."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    user: User = request.user  # type: ignore[assignment]
    wanted = InboundRaw.objects.deleted_before(viewer).filter(pk__in=named(request, "restore")).defer("body")
    back = sum(row.bring_back(by=user) for row in wanted)
    said = ngettext("%(num)s mail waits here again.", "%(num)s mails wait here again.", back) % {"num": back}
    messages.info(request, said if back else _("It is not deleted, or gone for good."), extra_tags=TOLD)
    return _back(request, "desk:kept-aside")


def _back(request: HttpRequest, name: str, **more: str) -> HttpResponse:
    back = redirect(name)
    back["Location"] = query(back["Location"], after=request.POST.get("after", "")[:40], **more)
    return back


def _who_deleted(numbers: list[int]) -> dict[int, str]:
    """mail -> the name of who deleted it last; two queries."""
    kind = InboundRaw._meta.label_lower
    told = Event.objects.filter(subject_type=kind, subject_id__in=numbers, verb="inbound.deleted").order_by(
        "pk"
    )
    by = {
        pk: user for pk, user in told.filter(actor_kind="staff").values_list("subject_id", "actor_id") if user
    }
    names = dict(User.objects.filter(pk__in=by.values()).values_list("pk", "name"))
    return {pk: names[user] for pk, user in by.items() if user in names}
