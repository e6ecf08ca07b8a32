"""Articles while somebody is still typing: by the beginning of a word, by initial consonants, in either layout.

    환ㅂ, 환불, ㅎㅂ, ghksqnf, refu  ->  환불 신청하는 방법

From the third word on, the whole question is understood as `answer` would, and what it finds is added.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_right
from dataclasses import dataclass

from django.db import connection

from handrail.accounts.viewer import Viewer
from handrail.answers.answer import published_texts, rank
from handrail.answers.entries import Entry, IndexState
from handrail.answers.gate import gate_for
from handrail.answers.keyboard import from_keys, initials, is_initials, jamo, other_reading
from handrail.answers.normalise import composed, normalise
from handrail.answers.results import Hit
from handrail.knowledge.audiences import keys_of
from handrail.knowledge.models import Product

SUGGESTIONS = 6
WORDS_ASK = 3  # words that make a question of what was typed
LOOKED_AT = 400  # matches weighed; more only of very short beginnings
KINDS = (Entry.Kind.TITLE, Entry.Kind.ALIAS, Entry.Kind.QUESTION)


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


def suggest(
    typed: str, viewer: Viewer, *, locale: str, product: Product | None = None, limit: int = SUGGESTIONS
) -> list[Hit]:
    """Articles for what has been typed so far, best first; nothing is stored.

    A hit's confidence is 0 where it was found by its beginning only.
    """
    whole = normalise(typed)
    if not whole:
        return []
    chances = dict.fromkeys(_by_beginning(typed, viewer, locale, product), 0.0)
    if len(whole.split()) >= WORDS_ASK:
        chances = _asked(typed, viewer, locale, product) | chances
    elif len(chances) < limit and len(whole) > 1 and not is_initials(whole):
        asked = _asked(typed, viewer, locale, product)
        chances |= {article: chance for article, chance in asked.items() if article not in chances}
    texts = published_texts(list(chances)[: 2 * limit], viewer, locale)
    shown = [(texts[pk], chances[pk]) for pk in chances if pk in texts]
    return [
        Hit(text.article, text.title, text.slug, text.locale, locale, chance, version=text.version)
        for text, chance in shown[:limit]
    ]


def _by_beginning(typed: str, viewer: Viewer, locale: str, product: Product | None) -> list[int]:
    titles, keys = _titles(), keys_of(viewer)
    readings = [normalise(typed), *_meant_so_far(typed)]
    ranks: dict[int, tuple[bool, bool, bool, int]] = {}
    for reading in readings:
        for wording, begins in titles.find(reading):
            if wording.audience not in keys or (product and wording.product != product.pk):
                continue
            rank_now = (not begins, wording.locale != locale, not wording.is_title, len(wording.text))
            ranks[wording.article] = min(rank_now, ranks.get(wording.article, rank_now))
    return sorted(ranks, key=lambda article: (ranks[article], article))


def _asked(typed: str, viewer: Viewer, locale: str, product: Product | None) -> dict[int, float]:
    ranked = rank(typed, viewer, gate=gate_for(locale, "portal"), product=product)
    return {article: ranked.chances[article] for article in ranked.order[:SUGGESTIONS]}


def _meant_so_far(typed: str) -> list[str]:
    """The other layout's reading; the last syllable may still be missing letters (ghksq: 환ㅂ)."""
    text = composed(typed)
    readings = {other_reading(text), *(other_reading(text[:-cut]) for cut in (1, 2) if len(text) > cut + 1)}
    if text.isascii() and text.isalpha():
        readings.add(from_keys(text))
    return [normalise(reading) for reading in readings if reading]


def _titles() -> Titles:
    stamp = IndexState.now().stamp
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
