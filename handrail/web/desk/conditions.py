"""What somebody picked, written as they would type it into the search, in their language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from handrail.conversations.labels import Priority
from handrail.conversations.status import Status

# Of the views everybody has; one that no conditions describe is not among them.
OF_VIEWS: dict[str, dict[str, str]] = {
    "mine": {"assignee": "me"},
    "unassigned": {"assignee": "none"},
    "all": {},
    "chat": {"channel": "chat"},
    "pending": {"status": "pending"},
    "on_hold": {"status": "on_hold"},
    "snoozed": {"status": "snoozed"},
    "chat-snoozed": {"channel": "chat", "status": "snoozed"},
    "solved": {"status": "solved"},
    "closed": {"status": "closed"},
}
KOREAN = {
    "status": "상태",
    "assignee": "담당자",
    "team": "팀",
    "channel": "채널",
    "priority": "우선순위",
    "tag": "태그",
}
VALUES = {"me": "나", "none": "없음", "snoozed": "보류중", "unsolved": "미해결"}
CHANNELS = {"mail": "메일", "chat": "채팅", "form": "문의폼", "phone": "전화"}
PICKED = ("status", "assignee", "team", "channel", "priority", "tag")


def written(asked: Mapping[str, str], *, locale: str) -> str:
    """Conditions as text, e.g. {"status": "open", "assignee": "me"} -> "status:open assignee:me". Empty ones are left out."""
    is_korean = locale == "ko"
    return " ".join(
        f"{KOREAN[name] if is_korean else name}:{_value(name, asked[name], is_korean)}"
        for name in PICKED
        if asked.get(name)
    )


def choices(
    teams: Mapping[int, str], statuses: Iterable[tuple[str, str]] = ()
) -> dict[str, list[tuple[str, str]]]:
    """What can be picked for each condition, as (value, words). Teams go by name, because that is what is written.

    statuses  (code, words) of those there are (statuses.py)
    """
    return {
        "status": [
            ("unsolved", str(_("Unsolved"))),
            *statuses,
            ("snoozed", str(_("Snoozed"))),
        ],
        "assignee": [("me", str(_("Whoever looks"))), ("none", str(_("Nobody yet")))],
        "team": [("none", str(_("No team"))), *((name, name) for name in teams.values())],
        "channel": [
            ("mail", pgettext("channel", "Mail")),
            ("chat", pgettext("channel", "Chat")),
            ("form", pgettext("channel", "Form")),
            ("phone", pgettext("channel", "Phone")),
        ],
        "priority": [(each.value, str(each.label)) for each in Priority],
    }


def _value(name: str, value: str, is_korean: bool) -> str:
    if name == "status" and value in Status.values and is_korean:
        value = str(Status(value).label).replace(" ", "")
    elif name == "priority" and value in Priority.values and is_korean:
        value = str(Priority(value).label).replace(" ", "")
    elif name == "channel" and is_korean:
        value = CHANNELS.get(value, value)
    elif is_korean:
        value = VALUES.get(value, value)
    value = value.replace('"', "")
    return f'"{value}"' if " " in value else value
