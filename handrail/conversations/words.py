"""The words of each conversation, kept for search and brought up to date in the transaction that changes them.

One row a conversation, each word once, so that a long thread stays small. What colleagues noted privately is
a column of its own: a search for people outside must ask `public` alone, and today only the desk searches.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from handrail.core.inserting import insert
from handrail.core.prepared import rows_of, sql_with

# Statements below are put together from this file's own constants; what people typed is always a parameter.
# ruff: noqa: S608

WORDS_MAX = 6000  # of one conversation; past it the beginning is found and the rest is not
WORD_CHARS_MAX = 40
# Scripts written without spaces, or (Hangul) with endings glued on: found by pairs of letters.
PAIRED = re.compile(r"[가-힣ᄀ-ᇿ぀-ヿ㐀-鿿豈-﫿]+")
ACROSS = re.compile(rf"({PAIRED.pattern[:-1]})\s+(?=({PAIRED.pattern[:-1]}))")
RUN = re.compile(r"[^\W_]+")
INDEX = "conversations_words_index"
MERGED_AT_ONCE = 500  # pages of the index
LIKE_WORDS_MAX = 30
LIKE_LOOKED_AT = 200  # of each word; older ones are like nothing we would show
# The least share at which at least half of what is shown is really alike, with 95 % certainty: the same promise as for the
# articles a person is offered (answers/bands.py, EVEN). Measured on demo/alike.yaml; tests/demo/test_alike.py finds it anew.
LIKE_SHARE = 0.17


class Words(models.Model):
    conversation = models.OneToOneField(
        "conversations.Conversation", primary_key=True, on_delete=models.CASCADE, related_name="words"
    )
    public = models.TextField(blank=True)
    private = models.TextField(blank=True)

    class Meta:
        db_table = "conversations_words"

    def __str__(self) -> str:
        return f"words of #{self.conversation_id}"


def words_of(text: str) -> set[str]:
    """The words a text is found by.

    Latin words and numbers whole; Hangul, Han and Kana as pairs of letters, also across a space, because where
    Korean puts its spaces is a matter of taste ("배송조회", "배송 조회"); and the last letter of a run alone, so
    that one letter finds every run that holds it.
    """
    found = {before + after for before, after in ACROSS.findall(_folded(text))}
    for run, paired in _runs(text):
        if paired:
            found.update(run[i : i + 2] for i in range(len(run) - 1))
            found.add(run[-1])
        else:
            found.add(run)
    return found


def asked_for(query: str) -> list[tuple[str, bool]]:
    """The words that must all be there, each with whether its beginning is enough.

    The last Latin word may be unfinished, because people search while they type; one Hangul letter is the
    beginning of a pair.
    """
    asked: list[tuple[str, bool]] = []
    for run, paired in _runs(query):
        if paired and len(run) > 1:
            asked.extend((run[i : i + 2], False) for i in range(len(run) - 1))
        else:
            asked.append((run, True))
    return list(dict.fromkeys(asked))[:24]


@transaction.atomic
def remember(number: int, text: str, *, private: bool = False, is_new: bool = False) -> None:
    """Let a conversation be found by the words of `text` too. Nothing is written when it has them all.

    is_new  the conversation is being opened, so that nothing can be known of it yet
    """
    known = [] if is_new else rows_of(*sql_with("words of", _row, number))
    public, written_privately = known[0] if known else ("", "")
    row = Words(conversation_id=number, public=public, private=written_privately)
    column = "private" if private else "public"
    words = getattr(row, column).split()
    fresh = words_of(text) - set(words)
    room = WORDS_MAX - len(words)
    if room <= 0 or not fresh:
        return
    if known:
        _index("delete", row)
    setattr(row, column, " ".join([*words, *sorted(fresh)[:room]]))
    if known:
        row.save(force_update=True)
    else:
        insert(row)
    _index("insert", row)


def index_anew() -> None:
    """Build the index from the rows, for those who wrote many at once."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')")


def let_index_forget() -> None:
    """Have the index lose what was forgotten. Until its pieces are merged one of them still holds the words, and a later one
    names them again as gone. Page by page, each for itself, so that others write in between."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        pages, changed = -MERGED_AT_ONCE, 2
        while changed > 1:  # FTS5 counts one change where it found nothing to do
            before = connection.connection.total_changes
            cursor.execute(f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('merge', %s)", [pages])
            changed = connection.connection.total_changes - before
            pages = MERGED_AT_ONCE


@transaction.atomic
def forget(number: int) -> None:
    """Let a conversation be found by nothing."""
    if row := Words.objects.select_for_update().filter(pk=number).first():
        _index("delete", row)
        row.delete()


def _row(number: int) -> QuerySet[Any, Any]:
    return Words.objects.select_for_update().filter(pk=number).values_list("public", "private")


def numbers_with(query: str, *, most: int, before: int | None = None) -> list[int]:
    """Numbers of conversations that have every word of the query, newest first; none for a query without words.

    Ids only, of every team's: the caller goes through `visible_to`.
    """
    asked = asked_for(query)
    if not asked:
        return []
    below = before if before is not None else 2**62
    text = _match(asked)
    if connection.vendor == "postgresql":
        sql = (
            f"SELECT conversation_id FROM conversations_words WHERE {POSTGRES_VECTOR} @@ %s::tsquery "
            "AND conversation_id < %s ORDER BY conversation_id DESC LIMIT %s"
        )
    else:
        sql = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s AND rowid < %s ORDER BY rowid DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [text, below, most])
        return [number for (number,) in cursor.fetchall()]


def having(query: str) -> Q:
    """A condition on conversations: that they have every word of the query. None has, for a query without words."""
    asked = asked_for(query)
    if not asked:
        return Q(pk__in=[])
    if connection.vendor == "postgresql":
        sql = f"SELECT conversation_id FROM conversations_words WHERE {POSTGRES_VECTOR} @@ %s::tsquery"
    else:
        sql = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s"
    return Q(pk__in=RawSQL(sql, [_match(asked)]))  # noqa: S611  (our own SQL; the words are its parameter)


def _match(asked: list[tuple[str, bool]]) -> str:
    if connection.vendor == "postgresql":
        return " & ".join(f"'{word}'{':*' if starts else ''}" for word, starts in asked)
    return " ".join(f'"{word}"{"*" if starts else ""}' for word, starts in asked)


def numbers_like(text: str, *, most: int, but: int = 0, least: float = LIKE_SHARE) -> list[int]:
    """Numbers of the conversations most like `text` among the newest that share a word, best first.

    but    the conversation the text is of
    least  the share of the text's weight one must have to be like it, 0..1

    A word's weight falls with how many of those looked at have it. One shared word is no likeness.
    """
    shares = shares_like(text, but=but)
    alike = [number for number, share in shares.items() if share >= least]
    return sorted(alike, key=lambda number: (-shares[number], -number))[:most]


def shares_like(text: str, *, but: int = 0) -> dict[int, float]:
    """Conversation -> the share of the text's weight it has, of those that have two words of it or more."""
    # By length and letters: a set has another order in each process, and the same question must find the same.
    words = sorted((word for word in words_of(text) if len(word) > 1), key=lambda word: (-len(word), word))
    found = {word: set(_newest_with(word)) - {but} for word in words[:LIKE_WORDS_MAX]}
    weights: dict[int, float] = defaultdict(float)
    shared: dict[int, int] = defaultdict(int)
    for numbers in found.values():
        for number in numbers:
            weights[number] += 1 / len(numbers)
            shared[number] += 1
    # A word nobody else has weighs as much as one that a single conversation has.
    whole = sum(1 / max(len(numbers), 1) for numbers in found.values())
    return {number: weight / whole for number, weight in weights.items() if shared[number] >= 2}


def _newest_with(word: str) -> list[int]:
    if connection.vendor == "postgresql":
        sql = f"SELECT conversation_id FROM conversations_words WHERE {POSTGRES_VECTOR} @@ %s::tsquery ORDER BY 1 DESC LIMIT %s"
        asked = f"'{word}'"
    else:
        sql = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s ORDER BY rowid DESC LIMIT %s"
        asked = f'"{word}"'
    with connection.cursor() as cursor:
        cursor.execute(sql, [asked, LIKE_LOOKED_AT])
        return [number for (number,) in cursor.fetchall()]


POSTGRES_VECTOR = "array_to_tsvector(array_remove(string_to_array(public || ' ' || private, ' '), ''))"


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    for match in RUN.finditer(_folded(text)):
        at = 0
        run = match[0]
        for paired in PAIRED.finditer(run):
            if paired.start() > at:
                yield run[at : paired.start()][:WORD_CHARS_MAX], False
            yield paired[0], True
            at = paired.end()
        if at < len(run):
            yield run[at:][:WORD_CHARS_MAX], False


def _index(what: str, row: Words) -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        values = [row.pk, row.public, row.private]
        if what == "delete":
            sql = f"INSERT INTO {INDEX} ({INDEX}, rowid, public, private) VALUES ('delete', %s, %s, %s)"
        else:
            sql = f"INSERT INTO {INDEX} (rowid, public, private) VALUES (%s, %s, %s)"
        cursor.execute(sql, values)
