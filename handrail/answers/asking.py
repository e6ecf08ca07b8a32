"""Does a chat message ask or want something, by its form? A statement tells how things are; a word alone does neither."""

from __future__ import annotations

import re

KO_ASKS = re.compile(
    r"(?:^|[\s,])(?:어떻게|어떡|어케|어디|언제|얼마|몇|며칠|왜|누가|누구|뭐|뭔|뭘|무엇|무슨|어느|어떤)"
    r"|(?:(?<=[가-힣])(?<![안못])나요|까요|가요|은요|는요|은지|는지|던지|인지|냐|죠|지요|할래요|주세요|주십시오|줘요?|싶(?:어요?|습니다|은데요?)|궁금\S*|부탁\S*|려고요?|면요)[\s.!~ㅠㅜ]*$"
)
EN_ASKS = re.compile(
    r"^(?:(?:and|but|so|ok|okay|then|also|or|well|no|yes|hm+)[\s,]+)*"
    r"(?:how|what|when|where|why|who|whose|which|can|could|do|does|is|are|am|was|were|will|would|should|may|must|have|has|did)\s+\w"
    r"|\b(?:i(?:\s+would|['’]d)?\s+(?:want|need|like|wish)|tell\s+me|show\s+me|looking\s+for|how\s+to|i\s+wonder|explain)\b",
    re.IGNORECASE,
)
READ_CHARS = 150
MARK = re.compile(r"[?？]\s*$")


def asks(text: str) -> bool:
    """
    >>> asks("그럼 요금은요"), asks("where is the button"), asks("여전히 소리가 안 나요"), asks("still silent")
    (True, True, False, False)
    """
    said = " ".join(text.split())
    # By how it begins and how it ends; a long message is no slower to read than a short one.
    said = said if len(said) <= 2 * READ_CHARS else f"{said[:READ_CHARS]} {said[-READ_CHARS:]}"
    return any(form.search(said) for form in (MARK, KO_ASKS, EN_ASKS))
