"""The lines of a list as the template unpacks them: one tuple a row, with everything looked up beforehand.

A page has fifty of them and is loaded all day; a name in a tuple costs the template a tenth of an attribute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from markupsafe import Markup, escape

from handrail.accounts.viewer import Viewer
from handrail.conversations.beside import Beside
from handrail.conversations.labels import Priority
from handrail.conversations.passages import Passage
from handrail.conversations.queries import Page, Row
from handrail.conversations.status import WAITING_ON_US, Status
from handrail.core import clock
from handrail.web.desk.statuses import badges
from handrail.web.ui.assets import icon
from handrail.workspace.formats import ago

MEANINGS: dict[str, str] = {Status.NEW: "info", Status.OPEN: "waiting", Status.SOLVED: "good"}
TAGS_SHOWN = 3
DAY_MINUTES = 24 * 60
NO_PASSAGES: Mapping[int, Passage] = {}


class Line(NamedTuple):
    """Every field is ready to be written into the page: what people wrote is escaped here, and nowhere again.

    `said_by` names who wrote the words where that was not the requester; `state` is the badge of where it stands; `own_state` the same where that is a manager's own status, else ""; `claims` the mark of words nobody vouched for, which `who` has
    too where they are the requester's.
    """

    number: int
    status: str
    is_waiting: bool
    subject: str
    marks: str
    who: str
    said_by: str
    said: str
    state: str
    whose: str
    team: str
    moment: str
    age: str
    channel: str
    around: str
    own_state: str
    claims: str


@dataclass(frozen=True)
class Wording:
    """What is the same in every row of one language, as markup."""

    states: dict[str, str]
    marks: dict[str, str]
    channels: dict[str, str]
    by_us: str
    by_another: str
    by_note: str
    claims: str
    no_subject: str
    nobody: str
    looks: str
    types: str
    draft_of: str
    my_draft: str
    aside: str


def lines(
    found: Page,
    *,
    viewer: Viewer,
    teams: Mapping[int, str],
    passages: Mapping[int, Passage] = NO_PASSAGES,
) -> list[Line]:
    """The rows of a page, ready to be written; in the active language, which is the viewer's.

    passages  number -> what is shown instead of the last words
    """
    words = wording(viewer.locale)
    age = Ages(viewer)
    team_names = {pk: str(escape(name)) for pk, name in teams.items()}
    has_own = any(row.custom_status_id for row in found.rows)
    own = badges(viewer.locale, MEANINGS) if has_own else {}
    return [
        Line(
            row.number,
            row.status,
            row.last_message_from == "in" and row.status in WAITING_ON_US,
            safe(row.subject) or words.no_subject,
            words.marks.get(row.priority, "") + _tags(found.beside.tags.get(row.number, ())),
            ("" if row.number in found.beside.another else _claims(row, words))
            + safe(row.requester_name or found.addresses.get(row.requester_id, "")),
            *(
                in_passage(passages[row.number], row, words)
                if row.number in passages
                else (said_by(row, found.beside, words), safe(row.last_message_text))
            ),
            own.get(row.custom_status_id or 0) or words.states[row.status],
            safe(row.assignee_name) if row.assignee_name else words.nobody,
            team_names.get(row.team_id or 0, ""),
            row.last_message_at.isoformat(timespec="seconds"),
            age.of(row.last_message_at),
            words.channels.get(row.channel, ""),
            around(row.number, found.beside, words),
            own.get(row.custom_status_id or 0, ""),
            _claims(row, words),
        )
        for row in found.rows
    ]


def _claims(row: Row, words: Wording) -> str:
    return "" if row.last_message_is_verified else words.claims


def said_by(row: Row, found: Beside, words: Wording) -> str:
    """Who wrote the last words, as markup: us, or somebody who is not the requester; "" for the requester."""
    if row.last_message_from == "out":
        return words.by_us
    another = found.another.get(row.number)
    return words.by_another.format(safe(another)) if another else ""


def in_passage(passage: Passage, row: Row, words: Wording) -> tuple[str, str]:
    """Who wrote what was found, and the words, as markup."""
    by = {"note": words.by_note.format(safe(passage.by)), "out": words.by_us}.get(passage.kind, "")
    if passage.kind == "in" and passage.by not in ("", row.requester_name):
        by = words.by_another.format(safe(passage.by))
    return by, f"{safe(passage.before)}<mark>{safe(passage.hit)}</mark>{safe(passage.after)}"


def around(number: int, found: Beside, words: Wording) -> str:
    """Who looks at a conversation, who types in it, whose draft lies there, and what was answered aside, as markup; "" for
    nothing."""
    said = [words.aside for _subject in found.aside.get(number, ())[:1]]
    said += [
        words.types.format(safe(name)) if is_typing else words.looks.format(safe(name))
        for name, is_typing in found.looking.get(number, ())
    ]
    said += [
        words.draft_of.format(safe(name)) if name else words.my_draft for name in found.drafts.get(number, ())
    ]
    return "".join(said)


class Ages:
    """How long ago, for many moments: one text for all that lie within the same minute or, after an hour, hour."""

    def __init__(self, viewer: Viewer) -> None:
        self._locale, self._zone, self._now = viewer.locale, viewer.zone, clock.now()
        self._texts: dict[int, str] = {}

    def of(self, moment: datetime) -> str:
        minutes = int((self._now - moment).total_seconds() // 60)
        # "2 hours ago" holds for sixty minutes; a date is written for each.
        key = minutes if minutes < 60 or minutes >= DAY_MINUTES else -(minutes // 60)
        text = self._texts.get(key)
        if text is None:
            text = self._texts[key] = ago(moment, now=self._now, locale=self._locale, zone=self._zone)
        return text


@lru_cache(maxsize=8)
def wording(locale: str) -> Wording:
    """The fixed words of a row; `locale` must be the active language."""
    state = Markup('<span class="badge" data-meaning="{}">{}</span>')
    mark = Markup(' <span class="badge" data-meaning="{}">{}</span>')
    return Wording(
        states={each.value: str(state.format(MEANINGS.get(each, ""), each.label)) for each in Status},
        marks={
            Priority.HIGH.value: str(mark.format("wrong", Priority.HIGH.label)),
            Priority.URGENT.value: str(mark.format("wrong", Priority.URGENT.label)),
            Priority.LOW.value: str(mark.format("", Priority.LOW.label)),
        },
        channels={
            "mail": str(icon("mail", label=pgettext("channel", "Mail"))),
            "chat": str(icon("message-circle", label=pgettext("channel", "Chat"))),
            "form": str(icon("clipboard-list", label=pgettext("channel", "Form"))),
            "phone": str(icon("phone", label=pgettext("channel", "Phone"))),
        },
        by_us=str(icon("corner-up-left", label=_("We wrote last:"))),
        by_another=_beside_mark("shield-alert", _("Not the requester:"), "waiting", is_cut=True),
        by_note=_beside_mark("lock", _("Private note:"), "waiting", is_cut=True),
        claims=str(
            Markup('<span class="claims" title="{0}">{1}</span>').format(
                _("Sender not verified"), icon("shield-alert", label=_("Sender not verified"))
            )
        ),
        no_subject=safe(_("(no subject)")),
        looks=_beside_mark("eye", _("Looks at this now")),
        types=_beside_mark("pencil", _("Is writing now"), "waiting"),
        draft_of=_beside_mark("file-pen", _("Has a draft here")),
        my_draft=_beside_mark("file-pen", _("You have a draft here")).format(safe(_("Draft"))),
        aside=_beside_mark("messages-square", _("Not read yet"), "waiting").format(safe(_("Side answer"))),
        nobody=f'<span class="muted">{safe(_("Nobody yet"))}</span>',
    )


def safe(text: str) -> str:
    """Text as it may stand in a page; a plain str, because the template writes it as it is."""
    return str(escape(text))


def _beside_mark(name: str, label: str, meaning: str = "", *, is_cut: bool = False) -> str:
    """Markup with a place for a name, which must be safe; one that may be cut is whole in its title."""
    mark = Markup('<span class="beside" data-meaning="{}" title="{}\0">{}').format(
        meaning, label, icon(name, label=label)
    )
    head, tail = str(mark).replace("{", "").replace("}", "").split("\0")
    return f"{head}{' {0}' if is_cut else ''}{tail}<span>{{0}}</span></span>"


def _tags(tags: Sequence[str]) -> str:
    return "".join(f' <span class="tag">{escape(tag)}</span>' for tag in tags[:TAGS_SHOWN])
