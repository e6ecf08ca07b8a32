"""How common English words are: the list of 82,765 words with their counts in Google's books that symspellpy (MIT) brings."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

PACKAGE, LIST = "symspellpy", "frequency_dictionary_en_82_765.txt"
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
    lines = Path(spec.origin).with_name(LIST).read_text(encoding="utf-8-sig").splitlines()
    pairs = (line.split() for line in lines)
    return {word: int(count) for word, count in pairs if len(word) > 2 or word in SHORT}


@lru_cache(maxsize=1)
def _total() -> int:
    return sum(counts().values()) or 1


def share(word: str) -> float:
    """What share of all words in English texts this one is; 0 for words that the list does not hold."""
    return counts().get(word, 0) / _total()
