"""A greeting or a thank-you is no question: nothing is looked up for it, and nothing is learned from it."""

from __future__ import annotations

import re

HELLO = r"안녕(하세요|하십니까|하신가요|하세용|하셔요)?|반가워요|반갑습니다|하이|헬로우?|여보세요|좋은\s*(아침|오후|저녁)(이에요|입니다)?|hello(\s+there)?|hi(\s+there)?|hey|good\s+(morning|afternoon|evening|day)|greetings"
THANKS = r"(정말|너무|진짜)?\s*(감사(합니다|해요|드려요|드립니다)?|고마워요?|고맙습니다)|땡큐|ㄱㅅ|ㄳ|수고(하세요|하셨어요|하셨습니다)|thanks?(\s+(you|a\s+lot|so\s+much|very\s+much))*|thank\s+you(\s+(so|very)\s+much)?|cheers|ty|thx"
# The words alone, or several of them: "네, 감사합니다!". Anything else beside them is a question.
AROUND = r"[\s,.!?~^ㅎㅋㅠㅜ…·()♡♥☺-☻🌀-🫿]*"
YES = r"(네|넵|넹|예|아|오|ok|okay|yes|great|oh)?"
WHOLE = {
    kind: re.compile(rf"{AROUND}{YES}{AROUND}(?:(?:{words}){AROUND})+", re.IGNORECASE)
    for kind, words in (("hello", HELLO), ("thanks", THANKS))
}
READ_CHARS_MAX = 60


def pleasantry(text: str) -> str:
    """ "hello" for "안녕하세요!", "thanks" for "네 감사합니다~", "" for whatever also says something else."""
    text = text.strip()
    if not text or len(text) > READ_CHARS_MAX:
        return ""
    return next((kind for kind, words in WHOLE.items() if words.fullmatch(text)), "")
