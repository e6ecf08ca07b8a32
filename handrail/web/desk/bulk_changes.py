"""What a form about many conversations asks for, as changes."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from handrail.accounts.viewer import Viewer
from handrail.automation.changes import NEEDS, Change
from handrail.automation.putting_away import BLOCK
from handrail.conversations.custom_statuses import category_of, is_settable
from handrail.conversations.forms import RequestForm
from handrail.conversations.labels import Priority, Type
from handrail.conversations.search import by_number
from handrail.conversations.snoozing import SNOOZED_MOST
from handrail.conversations.status import OVER, Status
from handrail.core import clock
from handrail.web.desk.frame import visible_teams
from handrail.web.desk.hours import WRITTEN
from handrail.web.field_rows import changes_of, rows_of
from handrail.workspace.typed import Unfit

# What puts a conversation away, as the form names it.
AWAY = {
    "spam": (Change("spam"), gettext_lazy("It is spam")),
    "spam_block": (Change("spam", BLOCK), gettext_lazy("It is spam, and its sender is blocked")),
    "delete": (Change("delete"), gettext_lazy("Delete it")),
}


class Unclear(ValueError):
    """What is asked for cannot be done; the message says what to do, in the reader's language."""


def asked_for(asked: QueryDict, viewer: Viewer) -> list[Change]:
    """What is to be done to each. Raises Unclear, and Http404 for what the form does not offer.

    asked  status, assignee, team, priority, type, form, tag, untag, snooze or own_hour, field with field_value, merge, away
    """
    try:
        # Before the status, which may need them.
        changes = changes_of(rows_of(asked))
    except Unfit as unfit:
        raise Unclear(str(unfit)) from None
    if form := asked.get("form", ""):
        changes.insert(0, Change("form", _form(form)))
    if is_settable(status := asked.get("status", "")):
        changes.append(Change("status", status))
    elif status == Status.CLOSED:
        changes.append(Change("close"))
    if assignee := asked.get("assignee", ""):
        changes.append(Change("assignee", _id_or(assignee, {"me": "me", "nobody": None})))
    if team := asked.get("team", ""):
        wanted = _id_or(team, {"none": None})
        if wanted is not None and wanted not in visible_teams(viewer):
            raise Http404
        changes.insert(0, Change("team", wanted))
    for kind, known in (("priority", Priority.values), ("type", Type.values)):
        if (code := asked.get(kind, "")) in known:
            changes.append(Change(kind, code))
    if until := _snoozed_until(asked, viewer):
        if category_of(status) in OVER:
            raise Unclear(
                _("What is solved or closed lies in no list it could leave. Choose the status or the hour.")
            )
        changes.append(Change("snooze", until))
    for kind in ("tag", "untag"):
        changes += [Change(kind, name) for name in asked.get(kind, "").split(",") if name.strip()]
    if merge := asked.get("merge", "").strip():
        into = by_number(merge, viewer=viewer)
        if into is None:
            raise Unclear(_("There is no conversation with that number."))
        changes.append(Change("merge", into.pk))
    if (away := asked.get("away", "")) in dict(ways_away(viewer)):
        changes.append(AWAY[away][0])
    return changes


def ways_away(viewer: Viewer) -> list[tuple[str, str]]:
    """The ways to put them away that this viewer has."""
    return [
        (name, str(words)) for name, (change, words) in AWAY.items() if NEEDS[change.kind] in viewer.rights
    ]


def _form(said: str) -> int | None:
    """The id of a form in use; None for none of its own."""
    wanted = _id_or(said, {"none": None})
    if wanted is not None and not RequestForm.objects.active().filter(pk=wanted).exists():
        raise Http404
    return wanted if wanted is None else int(wanted)


def _snoozed_until(asked: QueryDict, viewer: Viewer) -> str | None:
    """The hour in ISO 8601, from the local one of the viewer that the form sent; None where it names none."""
    text = asked.get("own_hour") or asked.get("snooze")
    if not text:
        return None
    try:
        until = datetime.strptime(text, WRITTEN).replace(tzinfo=ZoneInfo(viewer.zone))
    except ValueError:
        until = None
    if until is None or not clock.now() < until <= clock.now() + SNOOZED_MOST:
        raise Unclear(_("Choose an hour within the next year."))
    return until.isoformat()


def _id_or(text: str, words: dict[str, str | None]) -> str | int | None:
    if text in words:
        return words[text]
    if not text.isdigit() or len(text) > 15:
        raise Http404
    return int(text)
