"""Whether a text says only what some passages say, as far as that can be seen from outside.

It cannot prove a text true. It refuses whatever brings a number, a name, an address, a "not" or many words of its own,
and when in doubt: a refusal costs nothing but a plainer sentence.
"""

from __future__ import annotations

import re

from handrail.answers.analysis.grams import bigrams
from handrail.answers.normalise import normalise

OWN_WORDS_MAX = (
    0.5  # share of its pairs of letters that stand in no passage: endings and joining words differ
)
LONGER_AT_MOST = 1.5  # times the passages, and a little
MARKUP = re.compile(r"[<>`{}]|\]\(|^#|\*\*", re.MULTILINE)
ADDRESS = re.compile(
    r"(?:https?:|www\.)\S+|\S+@\S+|\b[\w-]+\.(?:com|net|org|kr|io|test|example|xyz|ru|cn)\b\S*", re.IGNORECASE
)
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
# A Latin word with a capital, or letters with digits: a name, or a model's.
NAME = re.compile(r"\b(?:[A-Z][A-Za-z]+|[A-Za-z]+\d[A-Za-z0-9]*|\d+[A-Za-z]+[A-Za-z0-9]*)\b")
SENTENCE_START = re.compile(r"(?:^|[.!?。\n]\s*)([A-Z][a-z]+)")
# Korean numbers written out say as much as digits.
SPOKEN = re.compile(
    r"(?:한|하루|이틀|사흘|나흘|닷새|열흘|보름|일주일|이주일|한달|두|세|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:번|개|달|주|시간|일|분|가지)|하루|이틀|사흘|나흘|닷새|열흘|보름|일주일"
)
NOT = re.compile(
    r"\b(?:not|no|never|none|without|cannot|unable|neither|nor)\b|n't\b|않|없|못[\s하해한합]|(?:^|\s)안\s?(?:돼|되|됩|해|하|합)|불가|아니|아닙|말아|마세요|금지|제외",
    re.IGNORECASE,
)


def objection(text: str, passages: list[str]) -> str:
    """Why `text` may not stand for the passages: a code, or "" where nothing speaks against it.

    "long", "markup", "address", "number", "name", "negation", "own words"
    """
    source = "\n".join(passages)
    if len(text) > LONGER_AT_MOST * len(source) + 80:
        return "long"
    if MARKUP.search(text):
        return "markup"
    checks = (("address", _addresses), ("number", _numbers), ("name", _names))
    for code, of in checks:
        if of(text) - of(source):
            return code
    if not _negates_alike(text, passages):
        return "negation"
    own = set(bigrams(normalise(text)))
    known = set(bigrams(normalise(source)))
    if not own or len(own - known) / len(own) > OWN_WORDS_MAX:
        return "own words"
    return ""


def _addresses(text: str) -> set[str]:
    return {found.rstrip(".,;)").lower() for found in ADDRESS.findall(text)}


def _numbers(text: str) -> set[str]:
    spoken = {re.sub(r"\s", "", found) for found in SPOKEN.findall(text)}
    return {found.replace(",", "") for found in NUMBER.findall(text)} | spoken


def _names(text: str) -> set[str]:
    starts = {found.lower() for found in SENTENCE_START.findall(text)}
    names = {found.lower() for found in NAME.findall(text)}
    # The first word of a sentence has its capital from its place; its words are looked at with the others.
    return names - starts


def _negates_alike(text: str, passages: list[str]) -> bool:
    """Nothing is denied that the passages do not deny, and where they only deny, the text denies too."""
    denies = bool(NOT.search(text))
    denied = [bool(NOT.search(passage)) for passage in passages]
    sentences = [
        part for passage in passages for part in re.split(r"(?<=[.!?。])\s+|\n", passage) if part.strip()
    ]
    return any(denied) if denies else not all(NOT.search(part) for part in sentences)
