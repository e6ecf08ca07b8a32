"""Articles by how a title or another wording begins: by letters, by initial consonants, in either keyboard layout."""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from dataclasses import dataclass

from django.db import connection

from handrail.accounts.viewer import Viewer
from handrail.answers.entries import Entry, IndexState
from handrail.answers.keyboard import FEELING, from_keys, initials, is_initials, jamo, other_reading
from handrail.answers.normalise import composed, normalise
from handrail.knowledge.audiences import keys_of
from handrail.knowledge.models import Product

LOOKED_AT = 400  # matches weighed; more only of very short beginnings
KINDS = (Entry.Kind.TITLE, Entry.Kind.ALIAS, Entry.Kind.QUESTION)
INITIALS_MIN = 2  # one consonant begins every fifth word
NO_LETTER = re.compile(r"[^\w\s]+")


@dataclass(frozen=True)
class Wording:
    article: int
    audience: str
    product: int
    locale: str
    is_title: bool
    text: str


@dataclass(frozen=True)
class Titles:
    """Titles and other wordings in one string each way of typing them, so that one search runs over all."""

    stamp: str
    wordings: list[Wording]
    letters: str
    letter_ends: list[int]
    starts: str
    start_ends: list[int]

    @classmethod
    def load(cls, stamp: str) -> Titles:
        rows = Entry.objects.filter(kind__in=KINDS, article__isnull=False).order_by("pk")
        values = rows.values_list("article_id", "audience", "product_id", "locale", "kind", "text")
        wordings = [
            Wording(article, audience, product or 0, locale, kind == Entry.Kind.TITLE, normalise(text))
            for article, audience, product, locale, kind, text in values
        ]
        letters, letter_ends = _joined([_letters(wording.text) for wording in wordings])
        starts, start_ends = _joined([initials(_spaceless(wording.text)) for wording in wordings])
        return cls(stamp, wordings, letters, letter_ends, starts, start_ends)

    def find(self, typed: str) -> list[tuple[Wording, bool]]:
        """Wordings that hold what was typed, and whether a word begins with it, at most LOOKED_AT."""
        by_initials = is_initials(typed)
        needle = _spaceless(typed) if by_initials else _letters(typed)
        text, ends = (self.starts, self.start_ends) if by_initials else (self.letters, self.letter_ends)
        found: dict[int, bool] = {}
        place = text.find(needle) if needle else -1
        while place >= 0 and len(found) < LOOKED_AT:
            at = bisect_right(ends, place)
            begins = place == (ends[at - 1] if at else 0)
            found[at] = (
                found.get(at, False) or begins or _begins_word(self.wordings[at].text, typed, by_initials)
            )
            place = text.find(needle, ends[at])
        return [(self.wordings[at], begins) for at, begins in found.items()]


_lock = threading.Lock()
_kept: dict[str, Titles] = {}


def by_beginning(
    typed: str, viewer: Viewer, locale: str, product: Product | None, state: IndexState | None = None
) -> list[int]:
    """Ids of the articles with a wording that holds what was typed, best first, as far as one may read."""
    readings = [normalise(typed), *_meant_so_far(typed)]
    return _holding(readings, viewer, locale, product, state or IndexState.now())


def _holding(
    readings: list[str], viewer: Viewer, locale: str, product: Product | None, state: IndexState
) -> list[int]:
    titles, keys = _titles(state), keys_of(viewer)
    ranks: dict[int, tuple[bool, bool, bool, int]] = {}
    for reading in readings:
        for wording, begins in titles.find(reading):
            if wording.audience not in keys or (product and wording.product != product.pk):
                continue
            rank_now = (not begins, wording.locale != locale, not wording.is_title, len(wording.text))
            ranks[wording.article] = min(rank_now, ranks.get(wording.article, rank_now))
    return sorted(ranks, key=lambda article: (ranks[article], article))


def by_initials(
    question: str, viewer: Viewer, *, locale: str, product: Product | None, state: IndexState
) -> list[int]:
    """The same for a question of nothing but initial consonants (ㅎㅂ); nothing for any other, and for laughter (ㅋㅋ)."""
    letters = NO_LETTER.sub("", normalise(question))
    if not is_initials(letters) or len(_spaceless(letters)) < INITIALS_MIN or FEELING.fullmatch(letters):
        return []
    # Nobody is typing any more: what else these keys may begin (ㅁㄴㅇㄹ: as) is not what was asked.
    return _holding([letters], viewer, locale, product, state)


def _meant_so_far(typed: str) -> list[str]:
    """The other layout's reading; the last syllable may still be missing letters (ghksq: 환ㅂ)."""
    text = composed(typed)
    readings = {other_reading(text), *(other_reading(text[:-cut]) for cut in (1, 2) if len(text) > cut + 1)}
    if text.isascii() and text.isalpha():
        readings.add(from_keys(text))
    return [normalise(reading) for reading in readings if reading]


def _titles(state: IndexState) -> Titles:
    stamp = state.stamp
    kept = _kept.get(connection.alias)
    if kept is None or kept.stamp != stamp:
        with _lock:
            kept = _kept[connection.alias] = Titles.load(stamp)
    return kept


def _spaceless(text: str) -> str:
    return re.sub(r"\s+", "", text)


def _letters(text: str) -> str:
    return jamo(_spaceless(text))


def _joined(lines: list[str]) -> tuple[str, list[int]]:
    """The lines in one string, and where each ends (its newline included)."""
    ends, total = [], 0
    for line in lines:
        total += len(line) + 1
        ends.append(total)
    return "\n".join([*lines, ""]), ends


def _begins_word(text: str, typed: str, by_initials: bool) -> bool:
    if by_initials:
        return any(initials(word).startswith(typed) for word in text.split())
    needle = jamo(typed)
    return any(jamo(word).startswith(needle) for word in text.split())
