"""English stems, so that "refunds", "refunded" and "refund" meet. The algorithm is Porter's (1980)."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

VOWELS = "aeiou"
STEP_2 = [
    *[
        ("ational", "ate"),
        ("tional", "tion"),
        ("enci", "ence"),
        ("anci", "ance"),
        ("izer", "ize"),
        ("bli", "ble"),
    ],
    *[("alli", "al"), ("entli", "ent"), ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate")],
    *[("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous")],
    *[("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"), ("logi", "log")],
]
STEP_3 = [
    *[
        ("icate", "ic"),
        ("ative", ""),
        ("alize", "al"),
        ("iciti", "ic"),
        ("ical", "ic"),
        ("ful", ""),
        ("ness", ""),
    ],
]
STEP_4 = [
    *[
        "al",
        "ance",
        "ence",
        "er",
        "ic",
        "able",
        "ible",
        "ant",
        "ement",
        "ment",
        "ent",
        "ion",
        "ou",
        "ism",
        "ate",
    ],
    *["iti", "ous", "ive", "ize"],
]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one lower-case Latin word; words of one or two letters stay.

    >>> stem("relational"), stem("refunded"), stem("cancelling")
    ('relat', 'refund', 'cancel')
    """
    if len(word) <= 2:
        return word
    word = _plural(word)
    word = _past(word)
    if word.endswith("y") and _has_vowel(word[:-1]):
        word = word[:-1] + "i"
    word = _replace(word, STEP_2)
    word = _replace(word, STEP_3)
    word = _drop(word)
    return _tidy(word)


def _consonant(word: str, at: int) -> bool:
    if word[at] in VOWELS:
        return False
    return word[at] != "y" or at == 0 or not _consonant(word, at - 1)


def _measure(word: str) -> int:
    """How often a vowel is followed by a consonant: the length of a word in Porter's sense."""
    shape = [_consonant(word, at) for at in range(len(word))]
    return sum(1 for before, here in pairwise(shape) if here and not before)


def _has_vowel(word: str) -> bool:
    return any(not _consonant(word, at) for at in range(len(word)))


def _double(word: str) -> bool:
    return len(word) > 1 and word[-1] == word[-2] and _consonant(word, len(word) - 1)


def _short(word: str) -> bool:
    """Ends consonant, vowel, consonant, the last not w, x or y: "hop", "fil"."""
    if len(word) < 3 or word[-1] in "wxy":
        return False
    return [_consonant(word, len(word) - back) for back in (3, 2, 1)] == [True, False, True]


def _plural(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for ending in ("ed", "ing"):
        if word.endswith(ending) and _has_vowel(word[: -len(ending)]):
            word = word[: -len(ending)]
            if word.endswith(("at", "bl", "iz")) or (_measure(word) == 1 and _short(word)):
                return word + "e"
            return word[:-1] if _double(word) and word[-1] not in "lsz" else word
    return word


def _replace(word: str, endings: list[tuple[str, str]]) -> str:
    for ending, instead in endings:
        if word.endswith(ending):
            return word[: -len(ending)] + instead if _measure(word[: -len(ending)]) else word
    return word


def _drop(word: str) -> str:
    for ending in sorted(STEP_4, key=len, reverse=True):
        if word.endswith(ending):
            rest = word[: -len(ending)]
            if ending == "ion" and not rest.endswith(("s", "t")):
                return word
            return rest if _measure(rest) > 1 else word
    return word


def _tidy(word: str) -> str:
    if word.endswith("e"):
        size = _measure(word[:-1])
        if size > 1 or (size == 1 and not _short(word[:-1])):
            word = word[:-1]
    return word[:-1] if _double(word) and word[-1] == "l" and _measure(word) > 1 else word
