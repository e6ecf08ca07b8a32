"""Many conversations in one step: which ones, and what is done to them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from handrail.accounts.models import User
from handrail.accounts.viewer import Viewer
from handrail.automation.changes import NEEDS, Change
from handrail.automation.macros import Macro, found
from handrail.automation.putting_away import BLOCK
from handrail.automation.runs import MOST, start
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import is_settable
from handrail.conversations.labels import Priority
from handrail.conversations.search import by_number
from handrail.conversations.typed import Unfit
from handrail.web.desk.frame import show, visible_teams
from handrail.web.desk.runs import back_of, to_list
from handrail.web.desk.sources import source
from handrail.web.desk.statuses import settable
from handrail.web.field_rows import changes_of, choices, rows_of

# What puts a conversation away, as the form names it.
AWAY = {
    "spam": (Change("spam"), _("It is spam")),
    "spam_block": (Change("spam", BLOCK), _("It is spam, and its sender is blocked")),
    "delete": (Change("delete"), _("Delete it")),
}


class Unclear(ValueError):
    """What is asked for cannot be done; the message says what to do, in the reader's language."""


def choose(request: HttpRequest) -> HttpResponse:
    """GET /desk/bulk?number=…&number=… or ?whole=1&view=…&where=<filters>: what may be done to those picked."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return _form(request, _picked(request.GET, viewer))


@require_POST
def carry_out(request: HttpRequest) -> HttpResponse:
    """POST the same, with status, assignee, team, priority, tag, untag, field with field_value, macro, merge or away: begins a run."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    picked = _picked(request.POST, viewer)
    user: User = request.user  # type: ignore[assignment]
    try:
        if not picked:
            raise Unclear(gettext("Pick at least one conversation first."))
        changes = _changes(request.POST, viewer)
        macro = _macro(request.POST, viewer)
        if not changes and macro is None:
            raise Unclear(gettext("Choose what to do with them."))
    except Unclear as unclear:
        return _form(request, picked, trouble=str(unclear), status=422)
    run = start(picked, by=user, changes=changes, macro=macro)
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
        statuses=settable(viewer.locale),
        staff=list(User.objects.who_may("conversations.read").values_list("pk", "name")),
        teams=list(visible_teams(viewer).items()),
        priorities=Priority.choices,
        fields=choices(viewer.locale),
        macros=[(each.pk, each.title) for each in found("", viewer=viewer)],
        away=_away(viewer),
        back=back_of(request),
        said=asked,
    )


def _picked(asked: QueryDict, viewer: Viewer) -> list[int]:
    """The numbers picked, or those of the whole view; at most MOST, only what the viewer may see."""
    if "whole" in asked:
        where = source(asked.get("view", ""), QueryDict(asked.get("where", "")), viewer=viewer)
        return where.numbers(viewer=viewer, most=MOST)
    wanted = [int(each) for each in asked.getlist("number")[:MOST] if each.isdigit() and len(each) < 16]
    return list(Conversation.objects.visible_to(viewer).filter(pk__in=wanted).values_list("pk", flat=True))


def _changes(asked: QueryDict, viewer: Viewer) -> list[Change]:
    try:
        # Before the status, which may need them.
        changes = changes_of(rows_of(asked))
    except Unfit as unfit:
        raise Unclear(str(unfit)) from None
    if is_settable(status := asked.get("status", "")):
        changes.append(Change("status", status))
    if assignee := asked.get("assignee", ""):
        changes.append(Change("assignee", _id_or(assignee, {"me": "me", "nobody": None})))
    if team := asked.get("team", ""):
        wanted = _id_or(team, {"none": None})
        if wanted is not None and wanted not in visible_teams(viewer):
            raise Http404
        changes.insert(0, Change("team", wanted))
    if (priority := asked.get("priority", "")) in Priority.values:
        changes.append(Change("priority", priority))
    for kind in ("tag", "untag"):
        changes += [Change(kind, name) for name in asked.get(kind, "").split(",") if name.strip()]
    if merge := asked.get("merge", "").strip():
        into = by_number(merge, viewer=viewer)
        if into is None:
            raise Unclear(gettext("There is no conversation with that number."))
        changes.append(Change("merge", into.pk))
    if (away := asked.get("away", "")) in dict(_away(viewer)):
        changes.append(AWAY[away][0])
    return changes


def _away(viewer: Viewer) -> list[tuple[str, str]]:
    """The ways to put them away that this viewer has."""
    return [
        (name, str(words)) for name, (change, words) in AWAY.items() if NEEDS[change.kind] in viewer.rights
    ]


def _id_or(text: str, words: dict[str, str | None]) -> str | int | None:
    if text in words:
        return words[text]
    if not text.isdigit() or len(text) > 15:
        raise Http404
    return int(text)


def _macro(asked: QueryDict, viewer: Viewer) -> Macro | None:
    pk = asked.get("macro", "")
    return get_object_or_404(Macro.objects.visible_to(viewer), pk=pk) if pk.isdigit() else None
