"""Changes as data: what a macro or a bulk edit does to a conversation, each with the change that takes it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from handrail.accounts.models import Team, User
from handrail.accounts.policy import rights_of
from handrail.accounts.viewer import staff_viewer
from handrail.automation import field_changes, over_changes, putting_away
from handrail.automation.got_meanwhile import who_got_it
from handrail.automation.refusals import Refused, what_waits
from handrail.conversations.assignment import may_have
from handrail.conversations.checklists import CannotAdd, Checklist, add_checklist, take_off
from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import is_settable, named
from handrail.conversations.ending import NotOver
from handrail.conversations.forms import RequestForm
from handrail.conversations.labels import Priority, Type
from handrail.conversations.merging import CannotMerge, IntoClosed, merge, unmerge
from handrail.conversations.status import ConversationIsClosed, Status
from handrail.conversations.values import choose_form
from handrail.workspace.typed import Unfit


@dataclass(frozen=True)
class Change:
    """`kind` is a key of KINDS; `value` a code, an id, a name, or None. `me` as an assignee is whoever does it; of a field
    it is its key, "=" and what is put in. `since` is when an assignee was last looked at: whom it went to later keeps it."""

    kind: str
    value: str | int | None = None
    since: str = ""

    def as_json(self) -> dict[str, Any]:
        row: dict[str, Any] = {"kind": self.kind, "value": self.value}
        return row | {"since": self.since} if self.since else row


Kind = Callable[[Conversation, Any, User], Change | None]


def read(rows: Iterable[dict[str, Any]]) -> list[Change]:
    """Changes kept as JSON; one of a kind nobody knows any more is left out."""
    known = (row for row in rows if row.get("kind") in KINDS)
    return [Change(str(row["kind"]), row.get("value"), str(row.get("since", ""))) for row in known]


def apply(change: Change, conversation: Conversation, *, by: User) -> Change | None:
    """Make one change and return the one that takes it back; None where nothing changed.

    Raises Refused, also where the role of `by` does not hold the right a person needs for it.
    """
    if NEEDS.get(change.kind, "conversations.change") not in rights_of(by.role):
        raise Refused("not_allowed")
    if change.since and (code := who_got_it(conversation, change.value, by=by, since=change.since)):
        raise Refused(code)
    try:
        return KINDS[change.kind](conversation, change.value, by)
    except ConversationIsClosed:
        raise Refused("closed") from None
    except NotOver as waiting:
        raise Refused(what_waits(waiting)) from None


def words(change: Change, *, locale: str) -> str:
    """The change as one reads it beside a macro: "Status: Pending"; `locale` must be the active language."""
    value: Any = change.value
    shown: dict[str, Callable[[], tuple[str, str]]] = {
        "status": lambda: (_("Status"), named(str(value), locale) or _("one that is not there any more")),
        "priority": lambda: (_("Priority"), str(Priority(value).label)),
        "type": lambda: (pgettext("conversation", "Type"), str(Type(value).label)),
        "assignee": lambda: (_("Assignee"), _("Whoever uses it") if value == "me" else _name(value)),
        "team": lambda: (_("Team"), _team_name(value, locale)),
        "field": lambda: field_changes.words(value, locale),
        "tag": lambda: (_("Tag"), f"+{value}"),
        "untag": lambda: (_("Tag"), f"−{value}"),
        "checklist": lambda: (_("Checklist"), _checklist_name(value, locale)),
    }
    if change.kind not in shown:
        return change.kind
    label, said = shown[change.kind]()
    return f"{label}: {said}"


def _name(pk: Any) -> str:
    return User.objects.filter(pk=pk).values_list("name", flat=True).first() or _("Nobody yet")


def _team_name(pk: Any, locale: str) -> str:
    team = Team.objects.filter(pk=pk).first()
    return team.name(locale) if team else _("No team")


def _checklist_name(pk: Any, locale: str) -> str:
    checklist = Checklist.objects.filter(pk=pk).first()
    return checklist.name(locale) if checklist else _("one that is not there any more")


def stands(change: Change, conversation: Conversation) -> bool:
    """Whether what the change set is still so, so that taking it back undoes nothing of somebody else's."""
    at = {
        "status": conversation.status_code,
        "assignee": conversation.assignee_id,
        "team": conversation.team_id,
        "priority": conversation.priority,
        "type": conversation.type,
        "form": conversation.form_id,
        "merge": conversation.merged_into_id,
    }
    if change.kind in ("spam", "delete"):
        return conversation.deleted_at is not None
    if change.kind in ("close", "snooze"):
        return over_changes.stands(conversation, change.kind, change.value)
    if change.kind in at:
        return at[change.kind] == change.value
    return field_changes.stands(conversation, str(change.value)) if change.kind == "field" else True


def _status(conversation: Conversation, value: Any, by: User) -> Change | None:
    old = conversation.status_code
    # Nobody sets it to New; what is taken back goes there.
    if value != Status.NEW and not is_settable(str(value)):
        raise Refused("gone")
    conversation.set_status(value, by=by)
    return None if old == conversation.status_code else Change("status", old)


def _assignee(conversation: Conversation, value: Any, by: User) -> Change | None:
    old = conversation.assignee_id
    _not_closed(conversation)
    to = by if value == "me" else None
    if value not in (None, "me"):
        to = User.objects.who_may("conversations.read").filter(pk=value).first()
        if to is None:
            raise Refused("gone")
    if to and not may_have(to, conversation.team):
        raise Refused("private_team")
    conversation.assign(to=to, by=by)
    return None if old == conversation.assignee_id else Change("assignee", old)


def _team(conversation: Conversation, value: Any, by: User) -> Change | None:
    old = conversation.team_id
    _not_closed(conversation)
    team = Team.objects.filter(pk=value).first() if value is not None else None
    if value is not None and team is None:
        raise Refused("gone")
    if team and not may_have(by, team):
        raise Refused("private_team")
    conversation.hand_to_team(team, by=by)
    return None if old == conversation.team_id else Change("team", old)


def _coded(name: str, known: type[TextChoices]) -> Kind:
    """A kind that sets one of a few codes: the field `name`, by the verb set_<name>."""

    def change(conversation: Conversation, value: Any, by: User) -> Change | None:
        old = getattr(conversation, name)
        _not_closed(conversation)
        if value not in known.values:
            raise Refused("gone")
        getattr(conversation, f"set_{name}")(value, by=by)
        return None if old == value else Change(name, old)

    return change


def _tag(conversation: Conversation, value: Any, by: User) -> Change | None:
    name = str(value or "").strip().lower()[:40]
    had = conversation.tags.filter(name=name).exists()
    conversation.tag(name, by=by)
    return None if had else Change("untag", name)


def _untag(conversation: Conversation, value: Any, by: User) -> Change | None:
    had = conversation.tags.filter(name=str(value)).exists()
    conversation.untag(str(value), by=by)
    return Change("tag", value) if had else None


def _merge(conversation: Conversation, value: Any, by: User) -> Change | None:
    if value == conversation.pk:
        return None
    into = Conversation.objects.visible_to(staff_viewer(by)).filter(pk=value).first()
    if into is None:
        raise Refused("gone")
    try:
        merge(conversation, into=into, by=by)
    except IntoClosed:
        raise Refused("into_closed") from None
    except CannotMerge:
        raise Refused("unmergeable") from None
    return Change("unmerge", into.pk)


def _unmerge(conversation: Conversation, value: Any, by: User) -> Change | None:
    try:
        unmerge(conversation, by=by)
    except CannotMerge:
        raise Refused("too_late" if conversation.merged_into_id else "changed_since") from None
    return None


def _field(conversation: Conversation, value: Any, by: User) -> Change | None:
    try:
        back = field_changes.put(conversation, str(value), by=by)
    except Unfit:
        raise Refused("gone_value") from None
    return Change("field", back) if back is not None else None


def _form(conversation: Conversation, value: Any, by: User) -> Change | None:
    old = conversation.form_id
    form = RequestForm.objects.filter(pk=value).first() if value is not None else None
    if value is not None and form is None:
        raise Refused("gone")
    choose_form(conversation, form, by=by)
    return None if old == conversation.form_id else Change("form", old)


def _close(conversation: Conversation, _value: Any, by: User) -> Change | None:
    return Change("unclose", over_changes.end(conversation, by=by))


def _unclose(conversation: Conversation, value: Any, by: User) -> Change | None:
    conversation.set_status(str(value), by=by)
    return None


def _snooze(conversation: Conversation, value: Any, by: User) -> Change | None:
    try:
        before = over_changes.put_aside(conversation, value, by=by)
    except over_changes.CannotPutAside as why:
        raise Refused(why.code) from None
    return Change("unsnooze", before)


def _unsnooze(conversation: Conversation, value: Any, by: User) -> Change | None:
    over_changes.back_to(conversation, value, by=by)
    return None


def _checklist(conversation: Conversation, value: Any, by: User) -> Change | None:
    _not_closed(conversation)
    checklist = Checklist.objects.offered().filter(pk=value).first()
    if checklist is None:
        raise Refused("gone")
    try:
        add_checklist(conversation, checklist, by=by)
    except CannotAdd as reason:
        if reason.code == "there":
            return None
        raise Refused("full") from None
    return Change("checklist_off", checklist.pk)


def _checklist_off(conversation: Conversation, value: Any, by: User) -> Change | None:
    if not take_off(conversation, value, by=by):
        raise Refused("changed_since")
    return None


def _spam(conversation: Conversation, value: Any, by: User) -> Change | None:
    return Change("unspam", putting_away.put_away(conversation, value, by))


def _delete(conversation: Conversation, _value: Any, by: User) -> Change | None:
    return Change("undelete") if conversation.delete_for_now(by=by) else None


def _bring_back(conversation: Conversation, value: Any, by: User) -> Change | None:
    if not putting_away.bring_back(conversation, str(value or ""), by):
        raise Refused("changed_since")
    return None


def _not_closed(conversation: Conversation) -> None:
    if conversation.is_closed:
        raise Refused("closed")


# The right behind each kind, where it is not conversations.change.
NEEDS = {
    "assignee": "conversations.assign",
    "team": "conversations.assign",
    "merge": "conversations.merge",
    "unmerge": "conversations.merge",
    "spam": "conversations.spam",
    "unspam": "conversations.spam",
    "delete": "conversations.delete",
    "undelete": "conversations.delete",
}
KINDS: dict[str, Kind] = {
    "status": _status,
    "assignee": _assignee,
    "team": _team,
    "priority": _coded("priority", Priority),
    "type": _coded("type", Type),
    "form": _form,
    "close": _close,
    "unclose": _unclose,
    "snooze": _snooze,
    "unsnooze": _unsnooze,
    "field": _field,
    "tag": _tag,
    "untag": _untag,
    "checklist": _checklist,
    "checklist_off": _checklist_off,
    "merge": _merge,
    "unmerge": _unmerge,
    "spam": _spam,
    "unspam": _bring_back,
    "delete": _delete,
    "undelete": _bring_back,
}
