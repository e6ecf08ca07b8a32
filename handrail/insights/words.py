"""The words that most questions of a gap say: what an author may tie to an answer, or call the same as another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from handrail.answers.analysis.terms import terms_of
from handrail.answers.keywords import says
from handrail.answers.normalise import normalise
from handrail.answers.projection import analyse
from handrail.insights.wordings import text_key

MOST = 3
OF_ALL = 0.5  # share of the questions that must say a word
LETTERS_MIN = 2
ENGLISH = re.compile(r"[a-z]{4,}")
HANGUL = re.compile(r"[가-힣]+")
ENDING = re.compile(
    r".(?:요|까|면|니다|는데|은데|려고|어서|아서|해서|지만)$"
)  # of a verb, where no analyser cut it off
# What questions are made of, whatever they are about.
SAY_NOTHING = frozenset(
    [
        "what",
        "when",
        "where",
        "which",
        "does",
        "have",
        "that",
        "this",
        "with",
        "from",
        "your",
        "there",
        "would",
        "could",
        "should",
        "about",
        "please",
        "after",
        "before",
        "how",
        "can",
        "will",
        "them",
        "they",
        "into",
        "want",
        "need",
        "어떻게",
        "언제",
        "어디",
        "무엇",
        "얼마",
        "있나요",
        "되나요",
        "하나요",
        "인가요",
        "있어요",
        "해요",
        "주세요",
        "싶어요",
        "수",
        "있는",
        "하는",
        "제가",
        "저는",
        "어떤",
        "아직",
        "지금",
        "너무",
        "혹시",
        "그런데",
    ]
)


def words_of_most(texts: Sequence[str]) -> list[str]:
    """Up to three words that half the texts or more say, the most frequent first, without particles; the shortest text where there are none."""
    different = list({text_key(text): text for text in texts}.values())
    candidates = _worth_saying(word for terms in analyse(different) for word in terms.word) | _english(
        different
    )
    counted = {word: sum(says(text, word) for text in different) for word in candidates}
    enough = [word for word, count in counted.items() if count >= max(1, OF_ALL * len(different))]
    found = sorted(enough, key=lambda word: (-counted[word], -len(word), word))[:MOST]
    return found or ([min(different, key=len)] if different else [])


def is_about_the_same(one: str, other: str) -> bool:
    """Whether two questions share a word that says something, with whatever particle behind it."""
    return any(says(other, word) for word in _candidates([one]))


def _candidates(texts: Sequence[str]) -> set[str]:
    """By rule, so that many pairs can be looked at without the models."""
    return _english(texts) | _worth_saying(word for text in texts for word in terms_of(normalise(text)).word)


def _english(texts: Sequence[str]) -> set[str]:
    return {word for text in texts for word in ENGLISH.findall(normalise(text))} - SAY_NOTHING


def _worth_saying(words: Iterable[str]) -> set[str]:
    return {
        word
        for word in words
        if HANGUL.fullmatch(word) and len(word) >= LETTERS_MIN and not ENDING.search(word)
    } - SAY_NOTHING
