"""Words by which a customer says that they are upset. Told by the words alone, each time anew: nothing of it is kept.

It is no judgement of a person: it names what stands in the message, so that whoever answers begins with the right tone.
"""

from __future__ import annotations

import re

READ_CHARS_MAX = 4_000
WORDS_MOST = 4

# Anger is told by whole words: "전화나", "화면" and "사기 전에" are none.
KOREAN = (
    r"(?<![가-힣])(?:너무\s*)?화가?\s*(?:나(?:요|네|서|게|는|고|죠)|났|납|치밀)",
    r"짜증",
    r"열\s?받",
    r"어이가?\s?없",
    r"황당",
    r"기가\s?(?:막|차)",
    r"답답(?!이)",
    r"너무(?:하네|하시|하는|해요|한\s?거)",
    r"실망",
    r"최악",
    r"불친절",
    r"사기(?:를|꾼|\s?당|죠|네요|잖아|예요|\s?아니)",
    r"장난(?:하|치|합|\s?해)",
    r"무시(?:하|당)",
    r"말이\s?(?:됩니까|되나요|되냐|돼요\s*\?|안\s?[되돼])",
    r"(?:도대체|대체\s+(?:왜|언제|뭐|뭘|어떻게|몇))",
    r"(?:더는?|더\s?이상|도저히)?\s?못\s?(?:참|믿)",
    r"책임을?\s?(?:지세|지실|져)",
    r"(?:신고|고소)(?:하겠|할\s?(?:거|게|수밖)|합니다)",
    r"소비자\s?(?:보호)?원",
    r"언제까지\s?기다",
    r"기다리다\s?지",
    r"미치겠|속\s?터",
    r"몇\s?번(?:을|이나|씩)\s*(?:더\s*)?(?:말|얘기|이야기|문의|전화|연락|물어|요청|보내|설명)",
    r"(?:벌써|이게)\s*(?:\d+|몇|두|세|네|다섯|여러)\s?번째",
)
ENGLISH = (
    r"\b(?:angry|furious|livid|outraged?|outrageous|ridiculous|unacceptable|appall(?:ed|ing)|disgust(?:ed|ing)|useless)\b",
    r"\bfrustrat(?:ed|ing)\b",
    r"\bdisappoint(?:ed|ing)\b",
    r"\b(?:fed up|sick (?:and tired )?of|had enough|lost (?:my )?patience)\b",
    r"\bworst\b(?!\s*(?:case|that\s+(?:can|could)))",
    r"\b(?:terrible|awful|horrible)\b",
    r"\b(?:scam|scammed|rip-?off|ripped off)\b",
    r"\bwaste of (?:my )?(?:time|money)\b",
    r"\bhow many (?:more )?times (?:do|must|have|should|will) (?:i|we)\b",
    r"\b(?:third|fourth|fifth|3rd|4th|5th|umpteenth) time\b",
    r"\bstill (?:no (?:answer|reply|response|refund|word)|waiting)\b",
    r"\b(?:nobody|no one) (?:answers|replies|responds|cares|helps)\b",
    r"\b(?:is this|what) a joke\b",
    r"\b(?:my|our|a) lawyer\b|\b(?:legal action|trading standards)\b",
    r"\byou(?:'ve| have)? lied\b|\bunbelievable\b",
)
# To the end of the word, so that what is shown reads as it was written.
SAID = re.compile(rf"(?:{'|'.join((*KOREAN, *ENGLISH))})[가-힣a-z]*", re.IGNORECASE)
DENIED = re.compile(r"\b(?:not|n't|never|isn't|wasn't)\s+(?:\w+\s+)?$|(?:안|별로)\s*$", re.IGNORECASE)
KO_DENIED = re.compile(r"^(?:지(?:는|도)?|하지(?:는|도)?|스럽지(?:는|도)?)?\s*(?:않|아니)")


def upset_words(text: str) -> list[str]:
    """What in the text says that its writer is upset, as it stands there; at most four, none said twice.

    "벌써 세 번째 문의인데 정말 답답하네요" -> ["벌써 세 번째", "답답하네요"]; "화면이 안 켜져요" -> [].
    """
    text = text[:READ_CHARS_MAX]
    found: dict[str, None] = {}
    for match in SAID.finditer(text):
        before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 8]
        if not DENIED.search(before) and not KO_DENIED.search(after):
            found.setdefault(" ".join(match[0].split()))
    return list(found)[:WORDS_MOST]
