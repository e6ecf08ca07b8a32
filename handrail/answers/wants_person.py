"""Does this message ask for a person? Told by whole words, so that a question about agents is not one."""

from __future__ import annotations

import re

PATTERNS = (
    r"^\s*0\s*$",
    r"상담\s*(사|원|직원)(님)?\s*(과|와|이랑|하고|한테|에게|을|를|으로|로)?\s*(연결|바꿔|통화|대화|부탁|불러|주세요|요청|$)",
    r"^\s*(상담사|상담원|직원|사람|담당자)(님)?\s*[!.~]*\s*$",
    r"(사람|직원|담당자)(님)?\s*(이랑|과|하고|한테|에게|의)?\s*(말|얘기|이야기|대화|상담|통화|연결|답변)",
    r"사람의\s*답변이\s*필요",
    r"\b(talk|speak|chat|connect\s+me|transfer\s+me|put\s+me\s+through)\s+(to|with)\s+(an?\s+|the\s+|some\s?)?(real\s+|live\s+)?(person|human|agent|someone|somebody|representative|operator)\b",
    r"\b(real|live|actual)\s+(person|human|agent)\b",
    r"\b(i\s+)?(need|want|get\s+me)\s+(an?\s+)?(human|person|agent|representative|operator)\b",
    r"^\s*(agent|human|person|operator|representative)\s*[!.]*\s*(please)?\s*[!.]*$",
    r"^\s*an?\s+(person|human|agent),?\s+please\s*[!.]*$",
)
WANTS = re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS), re.IGNORECASE)
READ_CHARS_MAX = 2_000


def wants_person(text: str) -> bool:
    """True for "상담사", "상담원 연결해 주세요", "talk to a person", "0"; False for "상담 시간이 어떻게 되나요?"."""
    return bool(WANTS.search(text[:READ_CHARS_MAX]))
