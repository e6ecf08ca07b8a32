"""The lines of a list as the template unpacks them: one tuple a row, with everything looked up beforehand.

A page has fifty of them and is loaded all day; a name in a tuple costs the template a tenth of an attribute.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from markupsafe import Markup, escape

from handrail.accounts.viewer import Viewer
from handrail.conversations.labels import Priority
from handrail.conversations.queries import Page, Row
from handrail.conversations.status import WAITING_ON_US, Status
from handrail.core import clock
from handrail.web.ui.assets import icon
from handrail.workspace.formats import ago

MEANINGS = {Status.NEW: "info", Status.OPEN: "waiting", Status.SOLVED: "good"}
TAGS_SHOWN = 3
AGES_SECONDS = 60


class Line(NamedTuple):
    """`marks` and `state`, `said_by_us`, `age` and `channel` are markup; the rest is text."""

    number: int
    status: str
    is_waiting: bool
    subject: str
    marks: Markup
    who: str
    said_by_us: Markup
    said: str
    state: Markup
    whose: str
    team: str
    moment: str
    age: str
    channel: Markup


def lines(found: Page, *, viewer: Viewer, teams: Mapping[int, str]) -> list[Line]:
    """The rows of a page, ready to be written; in the active language, which is the viewer's."""
    states = {
        each.value: Markup('<span class="badge" data-meaning="{}">{}</span>').format(MEANINGS.get(each, ""), each.label)
        for each in Status
    }
    marks = {
        Priority.HIGH: _mark("wrong", Priority.HIGH),
        Priority.URGENT: _mark("wrong", Priority.URGENT),
        Priority.LOW: _mark("", Priority.LOW),
    }
    channels = _channels()
    by_us, nothing = icon("corner-up-left", label=_("We wrote last:")), Markup("")
    no_subject, nobody = _("(no subject)"), ""
    age = Ages(viewer)
    return [
        Line(
            row.number,
            row.status,
            row.last_message_from == "in" and row.status in WAITING_ON_US,
            row.subject or no_subject,
            _marks(row, marks, found.tags.get(row.number)),
            row.requester_name or found.addresses.get(row.requester_id, ""),
            by_us if row.last_message_from == "out" else nothing,
            row.last_message_text,
            states[row.status],
            row.assignee_name or nobody,
            teams.get(row.team_id or 0, ""),
            row.last_message_at.isoformat(timespec="seconds"),
            age.of(row.last_message_at),
            channels.get(row.channel, nothing),
        )
        for row in found.rows
    ]


class Ages:
    """How long ago, for many moments: one text for all that lie within the same minute or hour or day."""

    def __init__(self, viewer: Viewer) -> None:
        self._locale, self._zone, self._now = viewer.locale, viewer.zone, clock.now()
        self._texts: dict[int, str] = {}

    def of(self, moment: datetime) -> str:
        minute = int((self._now - moment).total_seconds() // AGES_SECONDS)
        text = self._texts.get(minute)
        if text is None:
            text = self._texts[minute] = ago(moment, now=self._now, locale=self._locale, zone=self._zone)
        return text


def _marks(row: Row, marks: Mapping[str, Markup], tags: list[str] | None) -> Markup:
    said = marks.get(row.priority)
    if tags is None:
        return said or Markup("")
    written = "".join(f' <span class="tag">{escape(tag)}</span>' for tag in tags[:TAGS_SHOWN])
    return Markup((said or "") + written)


def _mark(meaning: str, priority: Priority) -> Markup:
    return Markup(' <span class="badge" data-meaning="{}">{}</span>').format(meaning, priority.label)


def _channels() -> dict[str, Markup]:
    return {
        "mail": icon("mail", label=pgettext("channel", "Mail")),
        "chat": icon("message-circle", label=pgettext("channel", "Chat")),
        "form": icon("clipboard-list", label=pgettext("channel", "Form")),
        "phone": icon("phone", label=pgettext("channel", "Phone")),
    }
