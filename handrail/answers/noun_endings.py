"""What Korean puts behind a noun, put together from its parts: particles, the verb "to be" (이다), and verbs made of nouns.

A particle's form depends on the sound before it, and many run together with the next (에 + 는 = 엔, 이 + ㄴ데 = 인데). So
words are compared letter by letter (NFD), where the last consonant of a syllable is a letter of its own: what is listed
here are the parts, and no form that is made of them. Whatever is not made of them belongs to another word: 환불금, 주소록.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LAST = "ᆨ-ᇂ"  # consonants that end a syllable
VOWELS = "ᅡ-ᅵ"
AFTER_CONSONANT = f"(?<![{VOWELS}])"
AFTER_VOWEL = f"(?<![{LAST}])"
AFTER_VOWEL_OR_L = "(?<![ᆨ-ᆮᆰ-ᇂ])"  # 서울로, 주소로, but 환급으로
WHOLE = f"(?![{LAST}])"  # the syllable ends here
REST = "[ᄀ-ᇿ]*"
AS_LAST = str.maketrans("ㄴㄹㅂ", "ᆫᆯᆸ")
MOST_IN_A_ROW = 5  # 들 + 만 + 으로 + 도 + 요

# Words that lean on a noun as a particle does.
LEANING = "들 뿐 좀 건 관련 문의 때문"
# Which topic 는 runs together with: 에는 = 엔, 까지는 = 까진.
ADVERBIAL = (
    "에 에서 에게 에게서 한테 한테서 께 께서 더러 으로 으로서 으로써 으로부터 까지 부터 마저 조차 밖에 보다 처럼 만큼 같이 대로 "
    "마다 하고 치고 은커녕 는커녕 커녕"
)
ADVERBIAL_AFTER_VOWEL_OR_L = "로 로서 로써 로부터"
# The last two are how many write 이에요.
OTHERS = "은 는 을 를 의 도 만 이랑 이나 이나마 이든 이든지 이며 이야 이야말로 에요 예요"
AFTER_VOWELS = "가 와 랑 나 나마 든 든지 며 야 야말로"
AFTER_CONSONANTS = "이 과"

# Endings of "to be" after 이, which is left out after a vowel: 환불이면, 주소면, 주소이면.
TO_BE = (
    "면 면은 면서 죠 지요 지만 지만요 니까 니깐 고요 고서 며 거나 든지 던데 던가 던지 네요 군요 구나 구요 구만 거든 거든요 잖아 "
    "잖아요 므로 기에 기도 기는 긴 여서 여야 여도 에요 예요 여요 라면 라서 라도 라고 라는 라는데 라니 라며 라던데 라던지 란 래 래요 랍니다 "
    "ㄴ가 ㄴ데 ㄴ데도 ㄴ지 ㄴ지도 ㄴ지를 ㄴ걸 ㄴ거 ㄹ까 ㄹ텐데 ㄹ수록 ㄹ거 ㅂ니다 ㅂ니까"
)
# After a vowel these would be the last syllable of another noun (주소지, 차고): they need their 이.
TO_BE_SAID_WHOLE = "고 다 니 네 라 지 군 어서 어야 어도"
# It was, it would be, and politely; whatever follows belongs to them.
TO_BE_INFLECTED = "이었 였 이겠 이시 이신 이십"

# What makes a verb of a noun: 환불해 주세요, 환불받고, 환불됐나요. Whatever follows belongs to the verb.
VERBS = "하 해 했 한 할 함 합 되 돼 됐 된 될 됨 됩 받 시키 시켜 시킨 안 못"
NO_VERBS = "한도 한정 할인 할부 합계 해외"
# What a verb may be written to without a space: 환불은안되나요, 환불을해주세요.
BEFORE_A_VERB = "을 를 은 는 도"
# And what a sentence goes on with where no space is left: 포장지가필요해요, 환불은언제.
GOES_ON = "필요 궁금 있 없 어떻 어떤 언제 어디 얼마 몇 뭐 무엇 무슨 왜 가능"


def is_ending(noun: str, rest: str) -> bool:
    """Whether what stands behind the noun, up to the next space, is said of that noun and makes no other word of it.

    >>> is_ending("환불", "이야말로"), is_ending("환불", "엔"), is_ending("환불", "금"), is_ending("주소", "록")
    (True, True, False, False)
    """
    letters = unicodedata.normalize("NFD", noun + rest)
    return bool(TAIL.fullmatch(letters, len(unicodedata.normalize("NFD", noun))))


def _one_of(parts: str | Iterable[str]) -> str:
    """An expression for any of the parts, the longest first; an ending with a single consonant first joins what is before."""
    words = parts.split() if isinstance(parts, str) else list(parts)
    spelled = [unicodedata.normalize("NFD", word.translate(AS_LAST)) for word in words]
    return f"(?:{'|'.join(sorted(spelled, key=len, reverse=True))})"


def _tail() -> str:
    adverbial = f"(?:{_one_of(ADVERBIAL)}|{AFTER_VOWEL_OR_L}{_one_of(ADVERBIAL_AFTER_VOWEL_OR_L)})"
    particle = (
        f"(?:{adverbial}(?:(?<=[{VOWELS}])ᆫ)?|{_one_of(OTHERS)}|{_one_of(LEANING)}"
        f"|{AFTER_VOWEL}{_one_of(AFTER_VOWELS)}|{AFTER_CONSONANT}{_one_of(AFTER_CONSONANTS)})"
    )
    to_be = (
        f"(?:(?:{_one_of(['이'])}|{AFTER_VOWEL}){_one_of(TO_BE)}|{_one_of(['이'])}{_one_of(TO_BE_SAID_WHOLE)}"
        f"|{_one_of(TO_BE_INFLECTED)}{WHOLE}{REST})"
    )
    verb = f"(?!{_one_of(NO_VERBS)}){_one_of(VERBS)}{WHOLE}{REST}"
    goes_on = f"{_one_of(GOES_ON)}{REST}"
    with_particles = f"{particle}{{0,{MOST_IN_A_ROW}}}(?:{to_be})?{_one_of(['요'])}?(?:{goes_on})?"
    return f"(?:{with_particles}|{verb}|{_one_of(BEFORE_A_VERB)}{verb})"


TAIL = re.compile(_tail())
