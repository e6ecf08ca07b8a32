"""Many conversations in one step: which ones, and what is done to them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.automation.macros import Macro, found
from handrail.automation.runs import CLOSE_AFTER, MOST, start
from handrail.conversations.conversation import Conversation
from handrail.conversations.forms import RequestForm
from handrail.conversations.labels import Priority, Tag, Type
from handrail.conversations.status import Status
from handrail.core import clock
from handrail.web.desk.bulk_changes import Unclear, asked_for, ways_away
from handrail.web.desk.frame import show, visible_teams
from handrail.web.desk.hours import snoozes
from handrail.web.desk.runs import back_of, moment_in, to_list
from handrail.web.desk.sources import source
from handrail.web.desk.statuses import settable
from handrail.web.field_rows import choices

TAGS_OFFERED = 200


def choose(request: HttpRequest) -> HttpResponse:
    """GET /desk/bulk?number=…&number=… or ?whole=1&view=…&where=<filters>: what may be done to those picked."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return _form(request, _picked(request.GET, viewer))


@require_POST
def carry_out(request: HttpRequest) -> HttpResponse:
    """POST the same, with a macro and what bulk_changes.asked_for reads: begins a run."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    picked = _picked(request.POST, viewer)
    user: User = request.user  # type: ignore[assignment]
    try:
        if not picked:
            raise Unclear(gettext("Pick at least one conversation first."))
        changes = asked_for(request.POST, viewer)
        macro = _macro(request.POST, viewer)
        if not changes and macro is None:
            raise Unclear(gettext("Choose what to do with them."))
    except Unclear as unclear:
        return _form(request, picked, trouble=str(unclear), status=422)
    since = moment_in(request.POST.get("seen_at", ""))
    run = start(picked, by=user, changes=changes, macro=macro, since=since)
    return to_list(request, run)


def _form(request: HttpRequest, picked: list[int], *, trouble: str = "", status: int = 200) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    asked = request.POST or request.GET
    return show(
        request,
        "desk/bulk.html",
        status=status,
        picked=picked,
        trouble=trouble,
        statuses=[*settable(viewer.locale), (Status.CLOSED, gettext("Closed, for good"))],
        close_minutes=CLOSE_AFTER // timedelta(minutes=1),
        staff=list(User.objects.who_may("conversations.read").values_list("pk", "name")),
        teams=list(visible_teams(viewer).items()),
        priorities=Priority.choices,
        types=Type.choices,
        forms=[(each.pk, each.name(viewer.locale)) for each in RequestForm.objects.active()],
        snoozes=[(each.value, each.words) for each in snoozes(viewer.zone, locale=viewer.locale)],
        fields=choices(viewer.locale),
        macros=[(each.pk, each.title) for each in found("", viewer=viewer)],
        away=ways_away(viewer),
        known_tags=list(Tag.objects.values_list("name", flat=True)[:TAGS_OFFERED]),
        tags_on=list(tags_on(picked).values_list("name", flat=True)[:TAGS_OFFERED]),
        back=back_of(request),
        said=asked,
        seen_at=moment_in(asked.get("seen_at", "")) or clock.now().isoformat(),
    )


def tags_on(numbers: list[int]) -> QuerySet[Tag]:
    """The tags that any of these conversations has."""
    return Tag.objects.filter(conversations__in=numbers).distinct()


def _picked(asked: QueryDict, viewer: Viewer) -> list[int]:
    """The numbers picked, or those of the whole view; at most MOST, only what the viewer may see."""
    if "whole" in asked:
        where = source(asked.get("view", ""), QueryDict(asked.get("where", "")), viewer=viewer)
        return where.numbers(viewer=viewer, most=MOST)
    wanted = [int(each) for each in asked.getlist("number")[:MOST] if each.isdigit() and len(each) < 16]
    return list(Conversation.objects.visible_to(viewer).filter(pk__in=wanted).values_list("pk", flat=True))


def _macro(asked: QueryDict, viewer: Viewer) -> Macro | None:
    pk = asked.get("macro", "")
    return get_object_or_404(Macro.objects.visible_to(viewer), pk=pk) if pk.isdigit() else None
