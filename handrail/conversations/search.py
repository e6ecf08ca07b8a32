"""Finding conversations in the desk: by number, by words and phrases, by what operators ask for. For staff only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from django.db.models import Exists, OuterRef, Q

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation, ConversationQuerySet
from handrail.conversations.messages import Message, Note
from handrail.conversations.operators import Question, read, staff_called, teams_called
from handrail.conversations.queries import PAGE_ROWS, Row, light
from handrail.conversations.status import Status
from handrail.conversations.words import numbers_like, numbers_with

LOOKED_AT_ONCE = 1000  # numbers that have the words, before what else is asked for
LIKE_MOST = 30  # candidates for similar ones, before looking at who may see them
NUMBER = re.compile(r"#?(\d{1,15})")


@dataclass(frozen=True)
class Found:
    """Rows, newest number first, or what could not be understood, a sentence each. `before`: where the next page begins,
    None at the end. `words`: what was asked beside operators and phrases; `is_narrowed`: there were operators; `hints`: what
    was read as words and may have been meant otherwise, a sentence each; `sought`: each word and phrase by itself."""

    rows: list[Row] = field(default_factory=list)
    before: int | None = None
    problems: list[str] = field(default_factory=list)
    words: str = ""
    is_narrowed: bool = False
    hints: list[str] = field(default_factory=list)
    sought: list[str] = field(default_factory=list)


def by_number(text: str, *, viewer: Viewer) -> Conversation | None:
    """The conversation somebody quotes as "#1042" or "1042"; after a merge the one that went on."""
    match = NUMBER.fullmatch(text.strip())
    if not match:
        return None
    found = Conversation.objects.visible_to(viewer).filter(pk=int(match[1])).first()
    if found is None or found.merged_into_id is None:
        return found
    return Conversation.objects.visible_to(viewer).filter(pk=found.survivor.pk).first()


def find(text: str, *, viewer: Viewer, most: int = PAGE_ROWS, before: int | None = None) -> Found:
    """Conversations for what was typed, a page of `most`; every operator, word and phrase must fit.

    before  the number a page before gave

    The active language is that of the problems told.
    """
    if "conversations.read" not in viewer.rights:
        return Found()
    question = read(text, viewer=viewer)
    if question.problems:
        return Found(problems=question.problems)
    found = _found(question, viewer=viewer, most=most, before=before)
    sought = [*question.words.split(), *question.phrases]
    is_narrowed = bool(question.wanted)
    return replace(found, words=question.words, sought=sought, is_narrowed=is_narrowed, hints=question.hints)


def _found(question: Question, *, viewer: Viewer, most: int, before: int | None) -> Found:
    seen = Conversation.objects.visible_to(viewer).order_by("-number")
    if before is not None:
        seen = seen.filter(number__lt=before)
    for wanted in question.wanted:
        seen = seen.filter(wanted)
    words = " ".join([question.words, *question.phrases]).strip()
    if not words:
        return _page(seen, most) if question.wanted else Found()
    for phrase in question.phrases:
        seen = seen.filter(says(phrase))
    numbers = _with_words(words, seen, most=most + 1, before=before)
    if not question.wanted and not question.phrases:
        numbers |= _of_colleagues(words, seen, most=most + 1)
    return _page(seen.filter(pk__in=numbers), most)


def _page(found: ConversationQuerySet, most: int) -> Found:
    rows = light(found[: most + 1])
    return Found(rows[:most], before=rows[most - 1].number if len(rows) > most else None)


def _with_words(words: str, seen: ConversationQuerySet, *, most: int, before: int | None) -> set[int]:
    """The newest of `seen` that have every word. Looks on until there are enough, so that a filter loses none."""
    numbers: set[int] = set()
    while len(numbers) < most:
        some = numbers_with(words, most=LOOKED_AT_ONCE, before=before)
        numbers.update(seen.filter(pk__in=some).values_list("pk", flat=True)[: most - len(numbers)])
        if len(some) < LOOKED_AT_ONCE:
            break
        before = some[-1]
    return numbers


def says(phrase: str) -> Q:
    """The phrase as it stands, in the subject, a message or a note."""
    # Asked of each candidate: the words have made them few, and nothing reads every message there is.
    said = Message.objects.filter(conversation=OuterRef("pk"), text__icontains=phrase)
    noted = Note.objects.filter(conversation=OuterRef("pk"), text__icontains=phrase)
    return Q(subject__icontains=phrase) | Exists(said) | Exists(noted)


def _of_colleagues(words: str, seen: ConversationQuerySet, *, most: int) -> set[int]:
    """Those a colleague or team of that name has now; names of the past are among the words."""
    numbers: set[int] = set()
    for staff_or_teams, column in ((staff_called(words), "assignee"), (teams_called(words), "team")):
        if staff_or_teams:
            theirs = seen.filter(**{f"{column}__in": staff_or_teams})
            numbers.update(theirs.values_list("pk", flat=True)[:most])
    return numbers


def similar_solved(text: str, *, viewer: Viewer, but: int, most: int = 3) -> list[Row]:
    """Solved conversations that are as likely as not about the same as `text`, most in common first."""
    seen = Conversation.objects.visible_to(viewer).filter(status__in=[Status.SOLVED, Status.CLOSED])
    candidates = numbers_like(text, most=LIKE_MOST, but=but)
    rows = {
        row.number: row for row in light(seen.filter(pk__in=candidates, merged_into=None).exclude(pk=but))
    }
    return [rows[number] for number in candidates if number in rows][:most]
