"""Korean as it was meant: a key that slipped leaves letters standing outside of any syllable (배소ㅇ), and those are put back.

A noisy channel as for English (english/spelling.py), but only where such a letter shows that something slipped: a syllable
that is only rare may be meant as it is. Every single slip near the letter is undone in turn; of what that may mean, what is
written most as this knowledge base writes is taken, by pairs of syllables.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from math import log

from handrail.answers.keyboard import FEELING, HANGUL_RUN, LETTER_OF, NEIGHBOURS, STRAY, from_keys, to_keys

BEGIN, END = "^", "$"
# 안 돼요ㅠ: felt, not slipped. 와요ㄷㄷ: a word cut to its initials.
AFTER = re.compile(r"(?:[ㅋㅎㅠㅜ]+|[ㄱ-ㅎ]{2,}|[ㄳㅄ])$")
SHAPE = re.compile(
    r"[ㄱ-ㅎ](자|[ㄱ-ㅎ])"
)  # ㄱ자: what has the shape of the letter; ㄱㅅ합니다: a word cut to its initials
RUN_MAX = 20  # syllables of a word with its endings
SLIPS_MAX = 2  # in one run
REACH = 1  # syllables beside the letter that stands alone, among which the slip is looked for
# Written down beside what was counted: how many pairs a first syllable is thought to have gone on with as any other does.
SMOOTHING, UNSEEN, SYLLABLES_IN_USE = 2.0, 0.1, 1200
# As logarithms: what a letter costs that is left alone, and what it costs to think that a key slipped at all.
STILL_STRAY, SLIP = 3.0, 4.0


@dataclass(frozen=True)
class Pairs:
    """How often one syllable follows another in words, their beginning and end among them."""

    pairs: Mapping[str, int] = field(default_factory=dict)
    firsts: Mapping[str, int] = field(default_factory=dict)
    seconds: Mapping[str, int] = field(default_factory=dict)
    total: int = 0

    @classmethod
    def counted(cls, pairs: Mapping[str, int]) -> Pairs:
        firsts: dict[str, int] = {}
        seconds: dict[str, int] = {}
        for pair, count in pairs.items():
            firsts[pair[0]] = firsts.get(pair[0], 0) + count
            seconds[pair[1]] = seconds.get(pair[1], 0) + count
        return cls(pairs, firsts, seconds, sum(pairs.values()))

    def score(self, word: str) -> float:
        """The logarithm of how likely the word is written here."""
        found = 0.0
        for pair in pairs_of(word):
            any_second = (self.seconds.get(pair[1], 0) + UNSEEN) / (self.total + SYLLABLES_IN_USE * UNSEEN)
            follows = self.pairs.get(pair, 0) + SMOOTHING * any_second
            found += log(follows / (self.firsts.get(pair[0], 0) + SMOOTHING))
        return found


def pairs_of(word: str) -> list[str]:
    """
    >>> pairs_of("환불")
    ['^환', '환불', '불$']
    """
    bounded = f"{BEGIN}{word}{END}"
    return [bounded[at : at + 2] for at in range(len(bounded) - 1)]


def put_back(text: str, known: Pairs) -> str:
    """`text` (normalised) with the letters that stand alone put back where this knowledge base knows the words.

    >>> known = Pairs.counted(dict.fromkeys([*pairs_of("배송"), *pairs_of("언제")], 5))
    >>> put_back("배소ㅇ 언제ㅔ ㅋㅋ", known)
    '배송 언제 ㅋㅋ'
    """
    return HANGUL_RUN.sub(lambda run: _meant(run[0], known), text)


def _meant(run: str, known: Pairs) -> str:
    if not known.total or len(run) > RUN_MAX or not _slipped(run) or _is_written_so(run, known):
        return run
    made = run
    for _ in range(SLIPS_MAX):
        made = _best(made, known)
        if not STRAY.search(made):
            return made
    return run


def _slipped(run: str) -> bool:
    """Whether a letter stands alone among syllables. Only letters are initials, or laughter."""
    said = FEELING.sub("", AFTER.sub("", run))
    return bool(STRAY.search(said)) and STRAY.sub("", said) != ""


def _is_written_so(run: str, known: Pairs) -> bool:
    """Some words have a letter alone: shapes, and what is written so here."""
    return bool(SHAPE.match(run)) or all(pair in known.pairs for pair in pairs_of(run) if STRAY.search(pair))


def _best(run: str, known: Pairs) -> str:
    alone, typed = len(STRAY.findall(run)), to_keys(run)
    best, highest = run, float("-inf")
    # Perhaps nothing slipped, and the input method put it together wrongly: 배소ㅇ has the keys of 배송.
    for made in (from_keys(typed), *undone(run, _beside_letters(run))):
        left = len(STRAY.findall(made))
        score = known.score(made) - STILL_STRAY * left - SLIP * (to_keys(made) != typed)
        if left < alone and score > highest:
            best, highest = made, score
    return best


def _beside_letters(run: str) -> set[int]:
    alone = [at for at, character in enumerate(run) if STRAY.match(character)]
    return {at for at in range(len(run)) if any(abs(at - other) <= REACH for other in alone)}


def undone(run: str, places: Collection[int]) -> list[str]:
    """What `run` may be with one slip undone: a key too many, two swapped, its neighbour meant, Shift, one lost.

    places  of the syllables and letters whose keys may have slipped
    """
    owner = [at for at, character in enumerate(run) for _key in to_keys(character)]
    keys = to_keys(run)
    found = (made for at, place in enumerate(owner) if place in places for made in _without_slip(keys, at))
    return [from_keys(made) for made in dict.fromkeys(found)]


def _without_slip(keys: str, at: int) -> Iterator[str]:
    key, before, after = keys[at], keys[:at], keys[at + 1 :]
    yield before + after
    if after:
        yield before + after[0] + key + after[1:]
    yield from (before + other + after for other in (*NEIGHBOURS.get(key.lower(), ""), key.swapcase()))
    yield from (before + lost + key + after for lost in LETTER_OF)
    yield from (before + key + lost + after for lost in LETTER_OF)
