"""Sentences as notes end them, said as one speaks: "램프 안켜짐", "비밀번호 까먹음" -> "램프 안 켜져요", "비밀번호 까먹었어요".

Korean chats end a sentence in a noun made of its verb. The encoders know the spoken ending better, and are asked in it. Only
what can be no other noun is touched: what stands behind 안 or 못, and a few verbs (크림, 처음 and 알림 stay).
"""

from __future__ import annotations

import re

BRIGHT = "ㅏㅗ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
# The last syllable of a verb with its noun's ending -> with the one of speech.
ENDED = {
    "됨": "돼요", "짐": "져요", "남": "나요", "옴": "와요", "림": "려요", "임": "여요", "감": "가요", "줌": "줘요", "킴": "켜요",
    "함": "해요", "김": "겨요", "침": "쳐요", "뜸": "떠요", "씀": "써요", "봄": "봐요", "팜": "팔아요", "삼": "사요",
}  # fmt: skip
ALONE = {
    "없음": "없어요", "있음": "있어요", "않음": "않아요", "까먹음": "까먹었어요", "잊음": "잊었어요", "받음": "받았어요", "못찾음": "못 찾아요",
    "고장남": "고장 났어요", "고장났음": "고장 났어요", "잃어버림": "잃어버렸어요", "잊어버림": "잊어버렸어요", "까먹었음": "까먹었어요",
}  # fmt: skip
NEGATED = re.compile(r"(?<![가-힣])(안|못)\s?([가-힣]{0,4}[가-힣])(?=[\s.!?~,…]|$)")
WORD = re.compile(r"[가-힣]+(?=[\s.!?~,…]|$)")


def as_spoken(text: str) -> str:
    """`text` (normalised) with the endings of notes as speech has them.

    >>> as_spoken("앱 연결 안됨. 크림 안나옴")
    '앱 연결 안 돼요. 크림 안 나와요'
    >>> as_spoken("이슬 크림 처음 알림")
    '이슬 크림 처음 알림'
    """
    said = NEGATED.sub(lambda found: _negated(found[0], found[1], found[2]), text)
    return WORD.sub(lambda word: ALONE.get(word[0], word[0]), said)


def _negated(whole: str, no: str, verb: str) -> str:
    before, last = verb[:-1], verb[-1]
    if last in ENDED:
        return f"{no} {before}{ENDED[last]}"
    if last == "음" and before:
        vowel = VOWELS[(ord(before[-1]) - 0xAC00) // 28 % 21]
        return f"{no} {before}{'아' if vowel in BRIGHT else '어'}요"
    return whole
