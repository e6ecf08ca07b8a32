"""A Korean word that nobody here writes so may be another with one key slipped (약소 for 약속), and is read both ways.

Unlike a letter that stands alone (slips.py), a syllable that is only rare may be meant as it is: the question keeps its words,
and what they may have been meant as only stands beside them, in its terms and in the middle of its meaning.
"""

from __future__ import annotations

from handrail.answers.keyboard import HANGUL_RUN, STRAY
from handrail.answers.slips import RUN_MAX, Pairs, pairs_of, undone

# As a logarithm: how much likelier the other word must be written here (benches/README.md).
LIKELIER = 8.0
ODD_MOST = 5  # words of a question; whoever says more that nobody here writes speaks of something else
BESIDE = 2  # syllables around what is odd in a word that are read again with it


def second_reading(text: str, known: Pairs) -> str:
    """`text` (normalised) with the words that nobody here writes said as the likelier ones they are one slip away from.

    >>> known = Pairs.counted(dict.fromkeys([*pairs_of("약속"), *pairs_of("언제야")], 500))
    >>> second_reading("약소 언제야", known)
    '약속 언제야'
    """
    runs = dict.fromkeys(HANGUL_RUN.findall(text)) if known.total else {}
    odd = {run: places for run in runs if (places := _odd(run, known))}
    if not odd or len(odd) > ODD_MOST:
        return text
    likely = {run: _likelier(run, places, known) for run, places in odd.items()}
    return HANGUL_RUN.sub(lambda run: likely.get(run[0], run[0]), text)


def _odd(run: str, known: Pairs) -> set[int]:
    """The places of syllables that nobody here writes beside one another; none in a single one, or beside letters alone."""
    if not 2 <= len(run) <= RUN_MAX or STRAY.search(run):
        return set()
    # A word has one pair more than syllables: the one at `at` ends in the syllable at `at`.
    odd = [at for at, pair in enumerate(pairs_of(run)) if pair not in known.pairs]
    return {place for at in odd for place in (at - 1, at) if 0 <= place < len(run)}


def _is_odd(run: str, known: Pairs) -> bool:
    return any(pair not in known.pairs for pair in pairs_of(run))


def _likelier(run: str, places: set[int], known: Pairs) -> str:
    begin, end = max(0, min(places) - BESIDE), max(places) + 1 + BESIDE
    before, part, after = run[:begin], run[begin:end], run[end:]

    def around(made: str) -> str:
        return f"{before[-1:]}{made}{after[:1]}"

    best, highest = part, known.score(around(part)) + LIKELIER
    for made in undone(part, {place - begin for place in places}):
        # With other pairs that nobody writes it is only a shorter word.
        if not made or STRAY.search(made) or _is_odd(f"{before}{made}{after}", known):
            continue
        if (likely := known.score(around(made))) > highest:
            best, highest = made, likely
    return f"{before}{best}{after}"
