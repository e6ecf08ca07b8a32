"""Does this message ask for a person? Told by whole words, so that a question about agents is not one."""

from __future__ import annotations

import re

SOMEBODY = r"(상담사|상담원|상담\s*직원|사람|직원|담당자)"
TALKING = r"(이야기|얘기|말씀|말|대화|통화|채팅|상담|문의|물어|묻|여쭤|연결|전달)"
# What was said to somebody is no wish to speak to them.
WISH = r"(하고\s*싶|고\s*싶|할래|할게|해\s*주세|해\s*줘|보고\s*싶|볼게|볼래|나누고\s*싶|부탁|드리고\s*싶|원해|주세요)"

PATTERNS = (
    r"^\s*0\s*$",
    r"상담\s*(사|원|직원)(님)?\s*(과|와|이랑|하고|한테|에게|을|를|으로|로)?\s*(연결|바꿔|통화|대화|부탁|불러|주세요|요청|$)",
    r"^\s*(상담사|상담원|직원|사람|담당자)(님)?\s*[!.~]*\s*$",
    r"(사람|직원|담당자)(님)?\s*(이랑|과|하고|한테|에게|의)?\s*(말|얘기|이야기|대화|상담|통화|연결|답변)",
    rf"{SOMEBODY}(님)?\s*(과|와|이랑|랑|하고|한테|에게|께)?\s*(직접\s*)?{TALKING}(을|를)?\s*{WISH}",
    rf"{SOMEBODY}(님)?\s*(좀\s*)?(불러|바꿔|보내)\s*(주|줘)",
    r"상담\s*연결\s*(해|부탁|원해|[!.]*\s*$)",
    r"사람의\s*답변이\s*필요",
    r"\b(talk|speak|chat|connect\s+me|transfer\s+me|put\s+me\s+through)\s+(to|with)\s+(an?\s+|the\s+|some\s?)?(real\s+|live\s+)?(person|human|agent|someone|somebody|representative|operator)\b",
    r"\b(real|live|actual)\s+(person|human|agent)\b",
    r"\b(i\s+)?(need|want|get\s+me)\s+(an?\s+)?(human|person|agent|representative|operator)\b",
    r"^\s*(agent|human|person|operator|representative)\s*[!.]*\s*(please)?\s*[!.]*$",
    r"\bcan\s+an?\s+(real\s+|live\s+)?(person|human|agent)\s+(please\s+)?(help|answer|reply|call)\b",
    r"^\s*an?\s+(person|human|agent),?\s+please\s*[!.]*$",
)
WANTS = re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS), re.IGNORECASE)
READ_CHARS_MAX = 2_000


def wants_person(text: str) -> bool:
    """True for "상담사", "상담원 연결해 주세요", "talk to a person", "0"; False for "상담 시간이 어떻게 되나요?"."""
    return bool(WANTS.search(text[:READ_CHARS_MAX]))
