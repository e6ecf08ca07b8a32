"""How this knowledge base writes: its Latin words and its pairs of Korean syllables, so what a mistyped question most likely meant."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from django.db import connection

from handrail.answers.english import frequency
from handrail.answers.entries import Entry, IndexState
from handrail.answers.keyboard import HANGUL_RUN
from handrail.answers.normalise import normalise
from handrail.answers.slips import Pairs, pairs_of
from handrail.knowledge.audiences import Audience

WORD = re.compile(r"[a-z]+")
OWN_SHARE = 0.5  # of the knowledge base against English at large
INLINE_UP_TO = 2000  # rows; a larger knowledge base is counted in the background
COUNTED_MAX = 20_000  # rows, the newest; words of an older one are nearly all among them
AGAIN_AFTER = 60.0  # seconds until a large one is counted anew; a few new articles hardly move the counts


@dataclass(frozen=True)
class Vocabulary:
    """How often each word stands in public articles, and each pair of syllables in its Korean words."""

    counts: Counter[str] = field(default_factory=Counter)
    total: int = 1
    pairs: Pairs = field(default_factory=Pairs)
    stamp: str = ""
    at: float = 0.0

    def share(self, word: str) -> float:
        """What share of the words written here and in English is this one; 0 where neither knows it."""
        return OWN_SHARE * self.counts[word] / self.total + (1 - OWN_SHARE) * frequency.share(word)


_lock = threading.Lock()
_kept: dict[str, Vocabulary] = {}


def vocabulary() -> Vocabulary:
    """The words as they are now; of an earlier state while a large knowledge base is being counted."""
    kept, state = _kept.get(connection.alias, Vocabulary()), IndexState.now()
    if kept.stamp == state.stamp:
        return kept
    if state.entries <= INLINE_UP_TO:
        return _count(state.stamp)
    is_due = not kept.stamp or time.monotonic() - kept.at > AGAIN_AFTER
    if is_due and _lock.acquire(blocking=False):
        threading.Thread(target=_count_behind, args=(state.stamp,), daemon=True).start()
    return kept


def _count_behind(stamp: str) -> None:
    try:
        _count(stamp)
    finally:
        connection.close()
        _lock.release()


def _count(stamp: str) -> Vocabulary:
    # Words of articles that only some may read would tell strangers that they exist.
    texts = Entry.objects.filter(audience=Audience.PUBLIC).order_by("-pk").values_list("text", flat=True)
    counts: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in map(normalise, texts[:COUNTED_MAX]):
        counts.update(WORD.findall(text))
        for word in HANGUL_RUN.findall(text):
            pairs.update(pairs_of(word))
    made = Vocabulary(counts, max(1, counts.total()), Pairs.counted(pairs), stamp, time.monotonic())
    _kept[connection.alias] = made
    return made
