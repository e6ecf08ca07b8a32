"""Where in a conversation the words stand that it was found by, if what lists show of it does not hold them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.functions import Substr

from handrail.conversations.messages import Message, Note
from handrail.conversations.queries import Row

BEFORE, AFTER = 12, 140  # letters around the first of the words
SEEN = 24  # letters of the last words that a row shows on a phone; what stands further on is a passage, too
LETTERS_READ = 20_000  # of one message or note
READ_MOST = 600  # messages and notes, the newest first
SOUGHT_MOST = 8


class Passage(NamedTuple):
    """`before`, `hit` and `after` are pieces of one text; `kind` says whose it is: note, in or out; `by` who wrote it."""

    before: str
    hit: str
    after: str
    kind: str
    by: str


def passages(rows: Sequence[Row], sought: Iterable[str]) -> dict[int, Passage]:
    """Number -> the passage with most of the words, the newest of these. Rows that show the words themselves have none, nor
    have those whose words stand apart from how they were typed. One query, none where every row shows them.

    sought  words and phrases as they were typed
    """
    wanted = list(dict.fromkeys(each.casefold() for each in sought if each))[:SOUGHT_MOST]
    unseen = {
        row.number: missing
        for row in rows
        if (missing := [each for each in wanted if each not in _shown(row)])
    }
    if not unseen:
        return {}
    fits = reduce(
        or_, (Q(text__icontains=each) for each in {word for words in unseen.values() for word in words})
    )
    messages = Message.objects.annotate(kind=F("direction"), by=F("author_name"))
    notes = Note.objects.annotate(kind=Value("note"), by=F("author__name"))
    best: dict[int, tuple[int, Any, Passage]] = {}
    said = _texts(messages, unseen, fits).union(_texts(notes, unseen, fits), all=True)
    for number, text, at, kind, by in said.order_by("-at")[:READ_MOST]:
        here = [each for each in unseen[number] if each in text.casefold()]
        if here and (number not in best or (len(here), at) > best[number][:2]):
            best[number] = len(here), at, _cut(text, here[0], kind, by or "")
    return {number: passage for number, (_count, _at, passage) in best.items()}


def _shown(row: Row) -> str:
    return f"{row.subject}\n{row.requester_name}\n{row.last_message_text[:SEEN]}\n{row.assignee_name or ''}".casefold()


def _texts(rows: QuerySet[Any], unseen: dict[int, list[str]], fits: Q) -> QuerySet[Any, Any]:
    beginning = Substr("text", 1, LETTERS_READ, output_field=TextField())
    found = rows.filter(fits, conversation__in=list(unseen)).order_by()
    return found.values_list("conversation_id", beginning, "at", "kind", "by")


def _cut(text: str, word: str, kind: str, by: str) -> Passage:
    # Where folding changes how long a text is, a letter more or less is shown.
    at = max(text.casefold().find(word), 0)
    start, end = max(at - BEFORE, 0), at + len(word)
    before = ("…" if start else "") + text[start:at]
    return Passage(before, text[at:end], text[end : end + AFTER], kind, by)
