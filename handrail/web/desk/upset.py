"""Whether what the customer wrote since our last words says that they are upset, and how one might begin the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from handrail.conversations.unanswered import unanswered
from handrail.conversations.upset import WORDS_MOST, upset_words
from handrail.web.desk.thread import Entry, messages_back
from handrail.workspace.locales import LOCALES
from handrail.workspace.typed import quoted


@dataclass(frozen=True)
class Upset:
    """words: as they stand, quoted; openings: (language, sentence), the customer's language first."""

    words: str
    openings: list[tuple[str, str]]


def upset(entries: Sequence[Entry], *, locale: str) -> Upset | None:
    """None where nothing says so, or where the site shows no such flag. Asks no table.

    locale  the customer's
    """
    if not settings.SHOW_UPSET:
        return None
    waiting = unanswered(messages_back(entries))
    said = dict.fromkeys(word for message in waiting for word in upset_words(message.own_words))
    if not said:
        return None
    return Upset(quoted(list(said)[:WORDS_MOST]), openings(first=locale))


def openings(*, first: str) -> list[tuple[str, str]]:
    """Polite ways to begin, in each language."""
    found = []
    for code in sorted(LOCALES, key=lambda each: each != first):
        with translation.override(code):
            found += [(code, text) for text in _sentences()]
    return found


def _sentences() -> list[str]:
    return [
        _("I am sorry you had to wait. I have read everything you wrote and am looking into it now."),
        _("I understand that this is annoying, and I am sorry. I will stay with it until it is solved."),
        _("Thank you for telling us so plainly. You are right to expect better; here is what I do now."),
    ]
