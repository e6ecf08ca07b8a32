"""Whether Korean words speak another style than 해요체: the plain one, the formal one, orders, the curt one, or notes.

Told by how the last word of each sentence ends. What stands in quotation marks is somebody else's, or names something.
"""

from __future__ import annotations

import re
import unicodedata

# These are nobody's words in an interface, in quotation marks neither.
ANYWHERE = re.compile(
    r"(?<![가-힣])[가-힣 ]*(한다|이다|했다|됐다|있다|없다|습니다|ㅂ니다|합니다|입니다|됩니다|십시오|하라|하시오)(?=[.!?)」’”]|$)"
)
QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|\"[^\"]*\"|'[^']*'")
# A word that ends a sentence or the text, and the mark after it, "" where there is none.
LAST_WORDS = re.compile(r"([가-힣]+)[)\]’”]*(?:([.!?])(?=[\s)\]’”]|$)|(?=[\s)\]]*$))", re.MULTILINE)
# The place of a final consonant among those a syllable can end in.
NIEUN, PIEUP, SSANG_SIOT = 4, 17, 20
NOUNS = frozenset(
    [
        "바다",
        "소다",
        "수다",
        "람다",
        "판다",
        "잔다",
        "나라",
        "카메라",
        "콜라",
        "소라",
        "올해",
        "새해",
        "이해",
        "오해",
        "피해",
        "양해",
        "손해",
        "방해",
        "한국어",
        "영어",
    ]
)
PLAIN = re.compile(r"(?:없|이|아니|같|않|싶|좋|많|적|쉽|어렵|크|작|맞|낫|높|낮|길|짧|하|되|롭|스럽)다$")
ORDERS = re.compile(r"(?:십시오|시오|[하해아어여려러라와으마봐둬줘써꺼켜눌]라)$")
CURT = re.compile(
    r"(?:[해돼봐줘둬]|[없싶않좋많같있]어|같아|않아|좋아|많아|[거뭐이]야|[할줄볼]게|하자|[하되]지|[하되]네)$"
)
NOTES = re.compile(r"(?:[없있않같]음|함|됨|할 것)$")


def in_another_style(text: str) -> bool:
    words = unicodedata.normalize("NFC", QUOTED.sub("", text))
    return bool(ANYWHERE.search(text)) or any(
        _is_another(word, bool(mark)) for word, mark in LAST_WORDS.findall(words)
    )


def _is_another(word: str, is_sentence: bool) -> bool:
    """Without a mark at its end it may be a label, so what names and labels end in is not held against it."""
    if word in NOUNS:
        return False
    if word.endswith("다") and len(word) > 1:
        return bool(PLAIN.search(word)) or _final(word[-2]) in {NIEUN, PIEUP, SSANG_SIOT} or _is_formal(word)
    if ORDERS.search(word) or (is_sentence and len(word) > 1 and word.endswith("라")):
        return True
    return is_sentence and bool(CURT.search(word) or NOTES.search(word) or _is_past(word))


def _is_formal(word: str) -> bool:
    """-ㅂ니다, -습니다."""
    return word.endswith("니다") and len(word) > 2 and _final(word[-3]) == PIEUP


def _is_past(word: str) -> bool:
    """-ㅆ어, -ㅆ음, -ㅆ지: what was, told curtly or noted."""
    return len(word) > 1 and word[-1] in "어음지네" and _final(word[-2]) == SSANG_SIOT


def _final(syllable: str) -> int:
    return (ord(syllable) - ord("가")) % 28
