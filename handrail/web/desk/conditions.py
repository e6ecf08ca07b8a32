"""What somebody picked, written as they would type it into the search, in their language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from handrail.conversations.labels import Priority
from handrail.conversations.queries import WHOLE, Filters
from handrail.conversations.status import Status

Conditions = tuple[tuple[str, str], ...]

CHAT: Conditions = (("channel", "chat"), ("ticket", "no"))
NOT_SNOOZED: Conditions = (("-status", "snoozed"),)
# Of the views everybody has; one that no conditions describe is not among them.
OF_VIEWS: dict[str, Conditions] = {
    "mine": (("assignee", "me"),),
    "unassigned": (("assignee", "none"),),
    "all": (),
    "chat": CHAT,
    "pending": (("status", "pending"), *NOT_SNOOZED),
    "on_hold": (("status", "on_hold"), *NOT_SNOOZED),
    "snoozed": (("status", "snoozed"),),
    "chat-snoozed": (*CHAT, ("status", "snoozed")),
    "chat-over": (*CHAT, ("-status", "unsolved")),
    "bot": (("status", "bot"),),
    "solved": (("status", "solved"),),
    "closed": (("status", "closed"),),
}
# What a view of unsolved ones leaves out by itself, and a status that is asked for brings back.
QUEUE_ALONE: Conditions = (*NOT_SNOOZED, ("-status", "bot"))
KOREAN = {
    "status": "상태",
    "assignee": "담당자",
    "team": "팀",
    "channel": "채널",
    "ticket": "티켓",
    "priority": "우선순위",
    "mailbox": "메일함",
    "tag": "태그",
}
VALUES = {
    "me": "나",
    "none": "없음",
    "snoozed": "보류중",
    "unsolved": "미해결",
    "bot": "도우미",
    "no": "아니요",
}
CHANNELS = {"mail": "메일", "chat": "채팅", "form": "문의폼", "phone": "전화"}
PICKED = ("status", "assignee", "team", "channel", "priority", "mailbox", "tag")


def written(asked: Iterable[tuple[str, str]], *, locale: str) -> str:
    """Conditions as text, e.g. ("status", "open"), ("-assignee", "me") -> "status:open -assignee:me". Empty ones are left
    out."""
    return " ".join(_written(name, value, is_korean=locale == "ko") for name, value in asked if value)


def of_list(
    view: str, filters: Filters, *, teams: Mapping[int, str], mailboxes: Mapping[int, str]
) -> Conditions:
    """What a view of OF_VIEWS holds as `filters` narrow it: exactly the rows of its list.

    teams      id -> name of those that may be asked for
    mailboxes  id -> address, likewise
    """
    narrowing = {
        "status": filters.status,
        "team": "" if filters.team is None else teams.get(filters.team, "none"),
        "channel": filters.channel,
        "priority": filters.priority,
        "mailbox": mailboxes.get(filters.mailbox or 0, ""),
        "tag": filters.tag,
    }
    alone = QUEUE_ALONE if filters.status and view in WHOLE else ()
    return (*OF_VIEWS[view], *narrowing.items(), *alone)


def choices(
    teams: Mapping[int, str],
    statuses: Iterable[tuple[str, str]] = (),
    mailboxes: Iterable[tuple[str, str]] = (),
) -> dict[str, list[tuple[str, str]]]:
    """What can be picked for each condition, as (value, words). Teams go by name, because that is what is written.

    statuses   (code, words) of those there are (statuses.py)
    mailboxes  (address, words)
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
        "mailbox": list(mailboxes),
    }


def _written(name: str, value: str, *, is_korean: bool) -> str:
    bare = name.removeprefix("-")
    minus = name[: len(name) - len(bare)]
    return f"{minus}{KOREAN[bare] if is_korean else bare}:{_value(bare, value, is_korean)}"


def _value(name: str, value: str, is_korean: bool) -> str:
    if name == "status" and value in Status.values and is_korean:
        value = str(Status(value).label).replace(" ", "")
    elif name == "priority" and value in Priority.values and is_korean:
        value = str(Priority(value).label).replace(" ", "")
    elif name == "channel" and is_korean:
        value = CHANNELS.get(value, value)
    elif is_korean:
        value = VALUES.get(value, value)
    return '"' + value.replace('"', '""') + '"' if re.search(r'[\s"]', value) else value
