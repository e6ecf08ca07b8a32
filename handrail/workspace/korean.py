"""Particles: 은/는, 이/가, 을/를 and the rest, chosen by the sound the word before ends in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

PAIRS = {
    "은": ("은", "는"),
    "는": ("은", "는"),
    "이": ("이", "가"),
    "가": ("이", "가"),
    "을": ("을", "를"),
    "를": ("을", "를"),
    "과": ("과", "와"),
    "와": ("과", "와"),
    "으로": ("으로", "로"),
    "로": ("으로", "로"),
    "아": ("아", "야"),
    "야": ("아", "야"),
    "이에요": ("이에요", "예요"),
    "예요": ("이에요", "예요"),
}
# What a translator writes where the word decides: 은(는), 이(가), 을(를), 과(와), (으)로, 아(야), 이에요(예요).
OPEN_PAIRS = {
    "은(는)": "은",
    "이(가)": "이",
    "을(를)": "을",
    "과(와)": "과",
    "(으)로": "으로",
    "아(야)": "아",
    "이에요(예요)": "이에요",
}
# The same as people write them by hand where a placeholder stands before: 는(은), 은/는.
BY_HAND = OPEN_PAIRS | {
    f"{one}{mark.format(other)}": one
    for pair in dict.fromkeys(PAIRS.values())
    for one, other in (pair, pair[::-1])
    for mark in ("({})", "/{}")
}
BEHIND = re.compile(
    r"((?:</\w+>|&quot;|&#x27;|&#39;|[”’\"'…:)])*)("
    + "|".join(map(re.escape, sorted(BY_HAND, key=len, reverse=True)))
    + ")"
)
FILLED = re.compile(r"%\((\w+)\)[sd]([”’\"'…:)]*)(" + "|".join(map(re.escape, OPEN_PAIRS)) + ")")
RIEUL = 8  # index of ㄹ among the finals: 으로 after it is 로
# Last sounds of digits read in Korean (영 일 이 삼 사 오 육 칠 팔 구) and of Latin letters read by name.
DIGIT_FINALS = {"0": 21, "1": RIEUL, "2": 0, "3": 16, "4": 0, "5": 0, "6": 1, "7": RIEUL, "8": RIEUL, "9": 0}
LETTER_FINALS = {"l": RIEUL, "r": RIEUL, "m": 16, "n": 4}
# Of what a number with noughts at its end is read by: 십 백 천 within four digits, 만 억 조 경 for each four more.
PLACE_FINALS = (17, 1, 4)
MYRIAD_FINALS = (4, 1, 0, 21)
NUMBER = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+$|(?<![\d.,])[1-9]\d*$")


def final_of(word: str) -> int:
    """Index of the last syllable's final consonant, 0 for none; a guess for what is not Hangul.

    A number counts as it is read: 3 삼, 10 십, 500 오백, 12,000 만 이천; behind a point digit by digit.
    """
    word = word.rstrip(")]\"'”’ ")
    if number := NUMBER.search(word):
        return _final_of_number(number[0].replace(",", ""))
    for letter in reversed(word):
        if "가" <= letter <= "힣":
            return (ord(letter) - ord("가")) % 28
        if letter in DIGIT_FINALS:
            return DIGIT_FINALS[letter]
        if letter.isalpha():
            return LETTER_FINALS.get(letter.lower(), 0)
    return 0


def _final_of_number(digits: str) -> int:
    noughts = len(digits) - len(digits.rstrip("0"))
    if noughts == 0:
        return DIGIT_FINALS[digits[-1]]
    if noughts % 4:
        return PLACE_FINALS[noughts % 4 - 1]
    return MYRIAD_FINALS[min(noughts // 4, len(MYRIAD_FINALS)) - 1]


def particle(word: str, pair: str) -> str:
    """The fitting one of a pair after `word`: particle("홍길동", "은") == "은", particle("소리", "은") == "는".

    Raises KeyError for a particle that has no pair.
    """
    closed, open_ = PAIRS[pair]
    final = final_of(word)
    if pair in {"으로", "로"} and final == RIEUL:
        return open_
    return closed if final else open_


def with_particle(word: str, pair: str) -> str:
    """The word with its particle: with_particle("환불", "을") == "환불을"."""
    return word + particle(word, pair)


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """`sentence % values`, each 은(는) and the like behind a value taken as the value asks for.

    filled("“%(word)s”은(는) 없어요", {"word": "환불"}) == "“환불”은 없어요"; what no value precedes stays as it is.
    """

    def fitting(found: re.Match[str]) -> str:
        name, between, pair = found.groups()
        # A value comes in as it is: brackets of its own are no particle to choose.
        return f"%({name})s{between}{particle(str(values[name]), OPEN_PAIRS[pair])}"

    return FILLED.sub(fitting, sentence) % values


def stand_in(
    written: re.Pattern[str],
    text: str,
    value_of: Callable[[re.Match[str]], str | None],
    *,
    read: Callable[[str], str] = str,
) -> str:
    """The text with each match of `written` replaced by its value, and a particle behind it, as 은(는) or 은/는, by the one
    that fits. None leaves a match as it stands, and with no value a particle stays open.

    read  what of a value is read aloud, where it is markup
    """
    pieces, at = [], 0
    for found in written.finditer(text):
        value = value_of(found)
        pieces += [text[at : found.start()], found[0] if value is None else value]
        at = found.end()
        if value and (behind := BEHIND.match(text, at)):
            pieces.append(behind[1] + particle(read(value), BY_HAND[behind[2]]))
            at = behind.end()
    return "".join([*pieces, text[at:]])
