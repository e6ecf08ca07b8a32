"""The statuses a colleague chooses from and reads: the usual ones, each followed by those managers have mapped to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import Known, known, offered
from handrail.conversations.status import SETTABLE, UNSOLVED, Status

BADGE = Markup('<span class="badge" data-meaning="{0}" title="{1}">{1}</span>')
Choices = list[tuple[str, str]]


def settable(locale: str) -> Choices:
    """(code, words) of what a reply, a macro, a card or a change of many may set; `locale` must be the active language."""
    return _among(SETTABLE, offered(), locale)


def every(locale: str) -> Choices:
    """Whatever a conversation may have, as conditions ask for it."""
    return _among(Status, offered(), locale)


def to_choose(conversation: Conversation, *, locale: str) -> Choices:
    """The same for one conversation's menu, with every usual status and the one it has."""
    own = conversation.custom_status_id
    there = [each for each in known().values() if each.pk == own and not each.is_offered]
    return _among(Status, [*offered(), *there], locale)


def unsolved(locale: str) -> Choices:
    """What a list of unsolved conversations can be narrowed to."""
    return _among(UNSOLVED, offered(), locale)


def own(locale: str) -> Choices:
    """(key, words) of managers' own ones alone."""
    return [(each.key, _words(each, locale)) for each in offered()]


def badges(locale: str, meanings: Mapping[str, str]) -> dict[int, str]:
    """id -> its badge as markup, coloured as its category is."""
    return {
        each.pk: str(BADGE.format(meanings.get(each.category, ""), each.name(locale)))
        for each in known().values()
    }


def _among(usual: Iterable[Status], ours: Iterable[Known], locale: str) -> Choices:
    found = list(ours)
    return [
        row
        for each in usual
        for row in (
            (each.value, str(each.label)),
            *((own.key, _words(own, locale)) for own in found if own.category == each),
        )
    ]


def _words(own: Known, locale: str) -> str:
    return f"{own.name(locale)} ({Status(own.category).label})"
