"""The snapshot that this process answers by: read whole at first, then brought up to date by what is new.

Everything here may be a moment old. Rows are read again, with their permission, before anything is shown.
"""

from __future__ import annotations

import threading
import time
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from numpy.typing import NDArray

from handrail.answers.encoder import width
from handrail.answers.entries import Entry, IndexState, Vector
from handrail.answers.vector_store import VectorStore
from handrail.answers.vectors import InMemory, Meanings, OnDisk, Snapshot, audience_number
from handrail.core.memory import give_back

WHOLE_UP_TO = (
    4_000  # rows that are read anew at every change; above it only what is new, and all now and then
)
IN_MEMORY_UP_TO = 16_000  # rows; above it their vectors lie in files which the processes of this host share
ROWS_AT_ONCE = 2_000  # read as objects before they become columns
FRESH_AT_ONCE = 2_000  # new rows that a question waits for
ADDED_AT_ONCE = 1_000  # vectors read from the database into the files, so that memory stays small
WHOLE_EVERY = 30.0  # seconds, at most this often, and behind the questions
ARTICLES_AT_ONCE = 100  # summed up at once: some megabytes, which a process would not get rid of again
SHRUNK = 0.9  # of the rows known; an index that holds fewer is another one, as after a restored backup
OVERLAP = 500  # entries: on PostgreSQL a lower number may be committed after a higher one
SECTIONS_MIN = 6  # headings in each language: a page of so many is no one subject that its title could name
LIKE_QUESTIONS = {Entry.Kind.TITLE, Entry.Kind.ALIAS, Entry.Kind.QUESTION}
COLUMNS = ("pk", "article_id", "product_id", "audience", "kind", "text_hash")


class Rows(NamedTuple):
    """Columns of rows, in any order."""

    entry: NDArray[np.int64]
    article: NDArray[np.int64]
    product: NDArray[np.int64]
    audience: NDArray[np.int32]
    like_question: NDArray[np.bool_]
    title: NDArray[np.bool_]
    passage: NDArray[np.bool_]
    hashes: NDArray[np.uint64]

    def only(self, chosen: NDArray[np.generic]) -> Rows:
        return Rows(*(column[chosen] for column in self))

    def and_also(self, other: Rows) -> Rows:
        return Rows(*(np.concatenate(pair) for pair in zip(self, other, strict=True)))  # type: ignore[arg-type]


_lock = threading.Lock()
_kept: dict[str, Snapshot] = {}
_stores: dict[tuple[str, str], VectorStore] = {}
_whole_at: dict[str, float] = {}


def snapshot(stamp: str, model: str) -> Snapshot:
    """What is known of this state of the index; of a large one perhaps of a moment ago."""
    kept = _kept.get(connection.alias, Snapshot())
    if (kept.stamp, kept.model) == (stamp, model) or not model:
        return kept if kept.model == model else Snapshot()
    if kept.model != model or len(kept.entry) <= WHOLE_UP_TO or _is_of_another_index(kept):
        with _lock:
            return _replace(stamp, model)
    _read_whole_behind(stamp, model)
    # Only one question pays for what is new; the others go on with what there is.
    if not _lock.acquire(blocking=False):
        return kept
    try:
        return _advance(stamp, model)
    finally:
        _lock.release()


def forget() -> None:
    """Know of no index: whatever database is asked next is another one."""
    with _lock:
        _kept.clear()
        _whole_at.clear()


def _is_of_another_index(kept: Snapshot) -> bool:
    # Ids may have begun anew, so that what is new there would never be looked for.
    return IndexState.now().entries < SHRUNK * len(kept.entry)


def _replace(stamp: str, model: str) -> Snapshot:
    kept = _kept.get(connection.alias, Snapshot())
    if (kept.stamp, kept.model) == (stamp, model):
        return kept
    rows = _rows(Entry.objects.with_meaning(model).values_list(*COLUMNS))
    made = _kept[connection.alias] = _assemble(rows, kept, stamp, model)
    del rows
    if len(made.entry) > WHOLE_UP_TO:
        give_back()
    _whole_at[connection.alias] = time.monotonic()
    return made


def _advance(stamp: str, model: str) -> Snapshot:
    """Add rows that are new, in place of all that their articles had."""
    kept = _kept[connection.alias]
    low = max(0, int(kept.entries_sorted[-1]) - OVERLAP) if len(kept.entry) else 0
    new = Entry.objects.with_meaning(model).filter(pk__gt=low).values_list(*COLUMNS)
    waiting = Entry.objects.filter(pk__in=kept.waiting[:FRESH_AT_ONCE].tolist()).values_list(*COLUMNS)
    found = _rows([*new[:FRESH_AT_ONCE], *waiting])
    found = found.only(np.unique(found.entry, return_index=True)[1])
    unknown = found.only(~np.isin(found.entry, kept.entry))
    touched = np.setdiff1d(unknown.article, [0])
    if len(touched):
        theirs = Entry.objects.with_meaning(model).filter(article__in=touched.tolist())
        unknown = unknown.only(unknown.article == 0).and_also(_rows(theirs.values_list(*COLUMNS)))
    rest = _rows_of(kept).only(~np.isin(kept.article, touched))
    made = _kept[connection.alias] = _assemble(rest.and_also(unknown), kept, stamp, model)
    return made


def _read_whole_behind(stamp: str, model: str) -> None:
    alias = connection.alias
    if time.monotonic() - _whole_at.get(alias, 0.0) < WHOLE_EVERY:
        return
    _whole_at[alias] = time.monotonic()

    def read() -> None:
        try:
            rows = _rows(Entry.objects.with_meaning(model).values_list(*COLUMNS))
            with _lock:
                # A stamp that no index has: what changed while we read is added by the next question.
                _kept[alias] = _assemble(rows, _kept[alias], "", model)
            del rows
            give_back()
        finally:
            connection.close()

    threading.Thread(target=read, daemon=True, name="vectors").start()


def _rows(values: QuerySet[Entry, Any] | list[Any]) -> Rows:
    """The columns of these; of a query some rows at a time, for as objects they take ten times the memory."""
    few = iter(values if isinstance(values, list) else values.iterator(chunk_size=ROWS_AT_ONCE))
    parts = [_columns([])]
    while part := list(islice(few, ROWS_AT_ONCE)):
        parts.append(_columns(part))
    return Rows(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _columns(found: list[Any]) -> Rows:
    columns = list(zip(*found, strict=True)) or [()] * len(COLUMNS)
    numbers = {key: audience_number(key) for key in set(columns[3])}
    return Rows(
        np.array(columns[0], np.int64),
        np.array([article or 0 for article in columns[1]], np.int64),
        np.array([product or 0 for product in columns[2]], np.int64),
        np.array([numbers[key] for key in columns[3]], np.int32),
        np.array([kind in LIKE_QUESTIONS for kind in columns[4]], np.bool_),
        np.array([kind == Entry.Kind.TITLE for kind in columns[4]], np.bool_),
        np.array([kind == Entry.Kind.PASSAGE for kind in columns[4]], np.bool_),
        np.array([int(text_hash[:16], 16) for text_hash in columns[5]], np.uint64),
    )


def _rows_of(kept: Snapshot) -> Rows:
    of_texts = (kept.like_question, kept.title, kept.passage, kept.hashes)
    return Rows(kept.entry, kept.article, kept.product, kept.audience, *of_texts)


def _assemble(rows: Rows, kept: Snapshot, stamp: str, model: str) -> Snapshot:
    kept = kept if kept.model == model else Snapshot()
    rows = rows.only(np.lexsort((rows.entry, rows.article)))
    has_vector, meanings = _meanings(rows, kept, model)
    waiting, rows = rows.entry[~has_vector], rows.only(has_vector)
    if not len(rows.entry):
        return Snapshot(stamp, model, waiting=waiting)
    articles, starts = np.unique(rows.article, return_index=True)
    places = np.argsort(rows.entry)
    questions = np.add.reduceat(rows.like_question, starts, dtype=np.float32)
    return Snapshot(
        stamp,
        model,
        *rows,
        meanings=meanings,
        waiting=waiting,
        entries_sorted=rows.entry[places],
        places=places,
        starts=starts.astype(np.int64),
        articles=articles,
        questions=np.maximum(questions, 1.0),
        sum_length=_sum_lengths(rows, meanings, articles, starts, kept),
        of_sections=_of_sections(rows, starts),
    )


def _of_sections(rows: Rows, starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """For each article whether it has SECTIONS_MIN headings or more in each of its languages: a title each."""
    headings = np.add.reduceat(~rows.like_question & ~rows.passage, starts, dtype=np.int64)
    titles = np.add.reduceat(rows.title, starts, dtype=np.int64)
    return (titles > 0) & (headings >= SECTIONS_MIN * titles)


def _sum_lengths(
    rows: Rows, meanings: Meanings, articles: NDArray[np.int64], starts: NDArray[np.int64], kept: Snapshot
) -> NDArray[np.float32]:
    """For each article the length of the sum of its rows that are like questions; old ones as they were."""
    ends = np.append(starts[1:], len(rows.entry))
    lengths = np.zeros(len(articles), np.float32)
    same = _unchanged(rows, articles, starts, kept)
    if len(kept.articles):
        lengths[same >= 0] = kept.sum_length[same[same >= 0]]
    fresh = np.flatnonzero(same < 0)
    for at in range(0, len(fresh), ARTICLES_AT_ONCE):
        part = fresh[at : at + ARTICLES_AT_ONCE]
        sizes = ends[part] - starts[part]
        chosen = np.repeat(starts[part] - np.append(0, np.cumsum(sizes)[:-1]), sizes) + np.arange(sizes.sum())
        weighed = meanings.vectors(chosen) * rows.like_question[chosen][:, None]
        sums = np.add.reduceat(weighed, np.append(0, np.cumsum(sizes)[:-1]), axis=0)
        lengths[part] = np.linalg.norm(sums, axis=1)
    return lengths


def _unchanged(
    rows: Rows, articles: NDArray[np.int64], starts: NDArray[np.int64], kept: Snapshot
) -> NDArray[np.int64]:
    """For each article its place among the kept ones where its texts are the same; -1 where they are not."""
    if not len(kept.articles):
        return np.full(len(articles), -1, np.int64)
    at = np.minimum(np.searchsorted(kept.articles, articles), len(kept.articles) - 1)
    before = np.add.reduceat(kept.hashes * kept.like_question, kept.starts)
    now = np.add.reduceat(rows.hashes * rows.like_question, starts)
    return np.where((kept.articles[at] == articles) & (before[at] == now), at, -1)


def _meanings(rows: Rows, kept: Snapshot, model: str) -> tuple[NDArray[np.bool_], Meanings]:
    """Which rows have a vector, and the vectors of those."""
    if len(rows.entry) > IN_MEMORY_UP_TO and _is_worth_files(model):
        return _on_disk(rows, model)
    old = kept.hashes
    order = np.argsort(old)
    at = np.minimum(np.searchsorted(old[order], rows.hashes), max(0, len(old) - 1))
    known = old[order][at] == rows.hashes if len(old) else np.zeros(len(rows.entry), np.bool_)
    fresh_hashes, fresh = _from_database(rows.entry[~known], model)
    has = known | np.isin(rows.hashes, fresh_hashes)
    matrix = np.empty((int(has.sum()), width(model)), np.float32)
    from_kept = known[has]
    if from_kept.any():
        matrix[from_kept] = kept.meanings.vectors(order[at[has]][from_kept])
    if len(fresh_hashes):
        matrix[~from_kept] = fresh[np.searchsorted(fresh_hashes, rows.hashes[has][~from_kept])]
    return has, InMemory(matrix)


def _is_worth_files(model: str) -> bool:
    """After a change of models few texts have vectors at first, too few to tell in which directions they differ."""
    enough = IN_MEMORY_UP_TO // 2
    return len(_store(model)) > 0 or Vector.objects.by(model)[:enough].count() >= enough


def _on_disk(rows: Rows, model: str) -> tuple[NDArray[np.bool_], Meanings]:
    store = _store(model)
    place = store.places(rows.hashes)
    missing = rows.entry[place < 0]
    for start in range(0, len(missing), ADDED_AT_ONCE):
        store.append(*_from_database(missing[start : start + ADDED_AT_ONCE], model))
    place = store.places(rows.hashes)
    has = place >= 0
    return has, OnDisk(store.view(), place[has])


def _store(model: str) -> VectorStore:
    folder = Path(settings.DATA) / "run" / "vectors" / model
    key = (str(folder), model)
    if key not in _stores:
        _stores[key] = VectorStore(folder, width(model))
    return _stores[key]


def _from_database(entries: NDArray[np.int64], model: str) -> tuple[NDArray[np.uint64], NDArray[np.float16]]:
    """The vectors of these entries' texts, each text once, by the order of their hashes."""
    found: dict[int, bytes] = {}
    if len(entries) > ADDED_AT_ONCE:
        # Nearly all texts are asked for: it is quicker to look at every vector there is.
        wanted = set(Entry.objects.with_meaning(model).values_list("text_hash", flat=True))
        every = Vector.objects.by(model).values_list("text_hash", "numbers").iterator()
        found = {int(each[:16], 16): bytes(numbers) for each, numbers in every if each in wanted}
        entries = entries[:0]
    for start in range(0, len(entries), 500):
        hashes = Entry.objects.filter(pk__in=entries[start : start + 500].tolist()).values("text_hash")
        rows = Vector.objects.by(model).filter(text_hash__in=hashes).values_list("text_hash", "numbers")
        found |= {int(text_hash[:16], 16): bytes(numbers) for text_hash, numbers in rows}
    hashes_found = np.array(sorted(found), np.uint64)
    vectors = np.frombuffer(b"".join(found[int(each)] for each in hashes_found), "<f2")
    return hashes_found, vectors.reshape(-1, width(model))
