"""A greeting or a thank-you is no question: nothing is looked up for it, and nothing is learned from it."""

from __future__ import annotations

import re

HELLO = r"안녕(하세요|하십니까|하신가요|하세용|하셔요)?|반가워요|반갑습니다|하이|헬로우?|여보세요|좋은\s*(아침|오후|저녁)(이에요|입니다)?|hello(\s+there)?|hi(\s+there)?|hey|good\s+(morning|afternoon|evening|day)|greetings"
THANKS = r"(정말|너무|진짜)?\s*(감사(합니다|해요|드려요|드립니다)?|고마워요?|고맙습니다)|땡큐|ㄱㅅ|ㄳ|수고(하세요|하셨어요|하셨습니다)|(no[,\s]+)?thanks?(\s+(you|a\s+lot|so\s+much|very\s+much))*|thank\s+you(\s+(so|very)\s+much)?|cheers|ty|thx"
# What one wishes in parting, and that it is solved: they say thanks too, and ask for nothing.
WISHES = r"(오늘도\s*)?(좋은|즐거운|행복한|편안한)\s*(하루|주말|저녁|밤|오후|아침|연휴|명절)\s*(되세요|보내세요|되십시오|보내십시오|되시길\s*바랍니다|보내시길\s*바랍니다)|건강하세요|새해\s*복\s*많이\s*받으세요|(have\s+a|enjoy\s+your)\s+((nice|great|good|lovely|wonderful)\s+)?(day|evening|weekend|week|one)|(best|kind)\s+(wishes|regards)|take\s+care"
SOLVED = r"((덕분에|이\s*(답|글|내용|방법|걸)(변)?(으)?로)\s*)?(잘|다|바로|이제)?\s*(해결|처리)(됐|되었)(어요|습니다|네요|음|당)|(이제|지금은)\s*(잘\s*)?(돼요|됩니다|되네요|나와요|나옵니다)|잘\s*(받았|도착했|됐|되었)(어요|습니다|네요)|(that|it|this)('s|\s+has|\s+is)?\s*(solved|fixed|sorted|resolved)(\s+(it|that|now|the\s+(problem|issue)))?|problem\s+solved|(that|it)\s+worked|(it\s+)?works\s+(now|again)|(it('s|\s+is)\s+)?all\s+(good|sorted)(\s+now)?"
# The words alone, or several of them: "네, 감사합니다!". Anything else beside them is a question.
AROUND = r"[\s,.!?~^ㅎㅋㅠㅜ…·()♡♥☺-☻🌀-🫿]*"
YES = r"(네|넵|넹|예|아|오|ok|okay|yes|great|oh)?"
AROUND_THANKS = AROUND.replace("?", "")  # "이제 돼요?" asks
WHOLE = {
    kind: re.compile(rf"{around}{YES}{around}(?:(?:{words}){around})+", re.IGNORECASE)
    for kind, words, around in (
        ("hello", HELLO, AROUND),
        ("thanks", f"{THANKS}|{WISHES}|{SOLVED}", AROUND_THANKS),
    )
}
READ_CHARS_MAX = 100


def pleasantry(text: str) -> str:
    """ "hello" for "안녕하세요!", "thanks" for "네 감사합니다~" or "해결됐어요, 좋은 하루 보내세요", "" for whatever also says something else."""
    text = text.strip()
    if not text or len(text) > READ_CHARS_MAX:
        return ""
    return next((kind for kind, words in WHOLE.items() if words.fullmatch(text)), "")
