"""How common English words are: the list of 82,765 words with their counts in Google's books that symspellpy (MIT) brings.

Words younger than those books, names that people ask about and American spellings stand beside this file.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

PACKAGE, LIST = "symspellpy", "frequency_dictionary_en_82_765.txt"
WORD = re.compile(r"[a-z]+")
EVEN = 0.5
NEWER = Path(__file__).with_name("newer.txt")
NEWER_SHARE = 1e-6  # of all words: as one that few use
# The list holds many abbreviations of two letters; these are the words among them.
SHORT = frozenset(
    [
        "a",
        "i",
        "am",
        "an",
        "as",
        "at",
        "be",
        "by",
        "do",
        "go",
        "he",
        "hi",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "of",
        "oh",
        "ok",
        "on",
        "or",
        "ox",
        "so",
        "to",
        "tv",
        "uk",
        "up",
        "us",
        "vs",
        "we",
    ]
)


@lru_cache(maxsize=1)
def counts() -> dict[str, int]:
    """Word -> how often it was counted; nothing where the package is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return {}
    counted: dict[str, int] = {}
    with Path(spec.origin).with_name(LIST).open(encoding="utf-8-sig") as lines:
        for line in lines:
            word, count = line.split()
            if len(word) > 2 or word in SHORT:
                counted[word] = int(count)
    few = max(1, int(NEWER_SHARE * sum(counted.values())))
    newer = (line for line in NEWER.read_text(encoding="utf-8").split("\n") if line and line[0] != "#")
    counted.update({word: max(few, counted.get(word, 0)) for word in newer})
    return counted


@lru_cache(maxsize=1)
def _total() -> int:
    return sum(counts().values()) or 1


def share(word: str) -> float:
    """What share of all words in English texts this one is; 0 for words that the list does not hold."""
    return counts().get(word, 0) / _total()


def is_english(text: str) -> bool:
    """Whether most Latin letters of `text` (normalised) stand in English words; "a" and "i" are words of any letters.

    >>> is_english("got a captcha error"), is_english("ghksqnf qkdqjq")
    (True, False)
    """
    words = WORD.findall(text)
    known = sum(len(word) for word in words if len(word) > 1 and counts().get(word))
    return known > EVEN * sum(map(len, words))
