"""How this knowledge base writes: its Latin words and its pairs of Korean syllables, so what a mistyped question most likely meant."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import chain

from django.db import connection
from django.db.models import Exists, OuterRef

from handrail.answers.contexts import Context
from handrail.answers.english import frequency
from handrail.answers.entries import Entry, IndexState
from handrail.answers.keyboard import HANGUL_RUN
from handrail.answers.normalise import normalise
from handrail.answers.short_forms import ShortForms
from handrail.answers.slips import Pairs, pairs_of
from handrail.knowledge.audiences import Audience
from handrail.knowledge.models import ProductText
from handrail.knowledge.synonyms import SynonymSet

WORD = re.compile(r"[a-z]+")
NAMING = (Entry.Kind.TITLE, Entry.Kind.HEADING, Entry.Kind.ALIAS)
OWN_SHARE = 0.5  # of the knowledge base against English at large
INLINE_UP_TO = 2000  # rows; a larger knowledge base is counted in the background
COUNTED_MAX = 20_000  # rows, the newest; words of an older one are nearly all among them
AGAIN_AFTER = 60.0  # seconds until a large one is counted anew; a few new articles hardly move the counts


@dataclass(frozen=True)
class Vocabulary:
    """How often each word stands in public articles, each pair of syllables in its Korean words, and how those are said short."""

    counts: Counter[str] = field(default_factory=Counter)
    total: int = 1
    pairs: Pairs = field(default_factory=Pairs)
    short_forms: ShortForms = field(default_factory=ShortForms)
    stamp: str = ""
    at: float = 0.0

    def share(self, word: str) -> float:
        """What share of the words written here and in English is this one; 0 where neither knows it."""
        return OWN_SHARE * self.counts[word] / self.total + (1 - OWN_SHARE) * frequency.share(word)

    def written(self, words: str) -> int:
        """How often it may be written here at most: no part of it, a Latin word or two syllables, is written less. 0: nowhere."""
        text = normalise(words)
        latin = [self.counts[word] for word in WORD.findall(text) if not HANGUL_RUN.search(word)]
        # What follows the last syllable may be a particle.
        korean = [
            self.pairs.pairs.get(pair, 0) for run in HANGUL_RUN.findall(text) for pair in pairs_of(run)[:-1]
        ]
        return min([*latin, *korean], default=0)


_lock = threading.Lock()
_kept: dict[str, Vocabulary] = {}


def vocabulary(state: IndexState | None = None) -> Vocabulary:
    """The words as they are now; of an earlier state while a large knowledge base is being counted.

    state  of the index, where the caller has just read it
    """
    kept, state = _kept.get(connection.alias, Vocabulary()), state or IndexState.now()
    if kept.stamp == state.stamp:
        return kept
    if state.entries <= INLINE_UP_TO:
        return _count(state.stamp)
    is_due = not kept.stamp or time.monotonic() - kept.at > AGAIN_AFTER
    if is_due and _lock.acquire(blocking=False):
        threading.Thread(target=_count_behind, args=(state.stamp,), daemon=True).start()
    return kept


def count_now() -> Vocabulary:
    """The words as they are now, counted while the caller waits: for a process that asks one question and ends."""
    return _count(IndexState.now().stamp)


def _count_behind(stamp: str) -> None:
    try:
        _count(stamp)
    finally:
        connection.close()
        _lock.release()


def _count(stamp: str) -> Vocabulary:
    # Words of articles that only some may read would tell strangers that they exist.
    rows = Entry.objects.filter(audience=Audience.PUBLIC).order_by("-pk").values_list("kind", "text")
    counts: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    words: set[str] = set()
    titles: list[str] = []
    for kind, text in ((kind, normalise(text)) for kind, text in rows[:COUNTED_MAX]):
        counts.update(WORD.findall(text))
        found = HANGUL_RUN.findall(text)
        # What customers wrote is no word of ours.
        words.update(found if kind != Entry.Kind.QUESTION else ())
        titles += [text] if found and kind in NAMING else []
        for word in found:
            pairs.update(pairs_of(word))
    short = ShortForms.counted(_names(), [*titles, *_said_of_topics()], words)
    made = Vocabulary(counts, max(1, counts.total()), Pairs.counted(pairs), short, stamp, time.monotonic())
    _kept[connection.alias] = made
    return made


def _names() -> list[str]:
    """Products that have something public, and the words that mean the same here."""
    public = Entry.objects.filter(audience=Audience.PUBLIC, product=OuterRef("product"))
    names = ProductText.objects.filter(Exists(public)).order_by("pk").values_list("name", flat=True)
    synonyms = SynonymSet.objects.values_list("words", flat=True)
    return [normalise(name) for name in (*names, *chain.from_iterable(synonyms))]


def _said_of_topics() -> list[str]:
    public = Entry.objects.filter(audience=Audience.PUBLIC, article__topic=OuterRef("topic"))
    said = Context.objects.filter(Exists(public)).order_by("pk")
    return list(map(normalise, said.values_list("text", flat=True)))
