"""Does this message ask for a person, or how to reach one? Told by whole words, so that a question about agents is not one."""

from __future__ import annotations

import re

SOMEBODY = r"(상담사|상담원|상담\s*직원|사람|직원|담당자)"
TALKING = r"(이야기|얘기|말씀|말|대화|통화|채팅|상담|문의|물어|묻|여쭤|연결|전달)"
# What was said to somebody is no wish to speak to them.
WISH = r"(하고\s*싶|고\s*싶|할래|할게|해\s*주세|해\s*줘|보고\s*싶|볼게|볼래|나누고\s*싶|부탁|드리고\s*싶|원해|주세요)"
# How the company is reached: the whole message says nothing else, so that to change a phone number is none.
TOLD = r"(뭐|뭔|무엇|몇\s*번|알려|알\s*수|어떻게|어디|있|주세|줘|되나|돼요|될까|가능|인가|이에|예요|요)\S*"
TELL = rf"(\s*{TOLD}(\s+{TOLD}){{0,3}})?\s*[?.!~]*\s*$"
REACHED = (
    rf"^\s*(고객|상담|콜)\s*센터\s*(대표\s*)?(전화\s*번호|전화|번호|연락처)?(이|가|는|를|을|좀)?{TELL}",
    rf"^\s*(대표\s*)?(전화\s*번호|연락처)(가|는|를|좀)?{TELL}",
    rf"^\s*(어떻게|어디로|어디에)\s*(연락|문의|전화)(을|를)?\s*(하나|하면|해야|해요|드리|할\s*수)\S*{TELL}",
    rf"^\s*(전화|통화)\s*(로)?\s*(상담|문의|연락)?(도|은|이)?\s*(할\s*수\s*있|되나|돼요|될까|가능)\S*{TELL}",
    rf"^\s*(좀\s*)?도와\s*(주세요|줘요?|주실\s*수){TELL}",
    r"^\s*(what('?s|\s+is)\s+)?(your|the)?\s*((customer\s+)?(service|support|contact|care|help\s*line)\s+)?(phone|telephone|contact)\s*(number|no\.?|details|info(rmation)?)(\s+please)?\s*[?.!]*\s*$",
    r"^\s*(can|could|may)\s+i\s+(call|phone|ring|contact)\s*(you|someone|somebody|anyone|support|customer\s+(service|support))?(\s+please)?\s*[?.!]*\s*$",
    r"^\s*how\s+(can|do|could|should)\s+i\s+(contact|reach|call|phone)\s+(you|someone|somebody|support|customer\s+(service|support))(\s+guys)?\s*[?.!]*\s*$",
    r"^\s*(please\s+)?(i\s+need\s+(some\s+)?)?help(\s+me)?(\s+please)?\s*[?.!]*\s*$",
)

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
    *REACHED,
    r"\bcan\s+an?\s+(real\s+|live\s+)?(person|human|agent)\s+(please\s+)?(help|answer|reply|call)\b",
    r"^\s*an?\s+(person|human|agent),?\s+please\s*[!.]*$",
)
WANTS = re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS), re.IGNORECASE)
READ_CHARS_MAX = 2_000


def wants_person(text: str) -> bool:
    """True for "상담사", "상담원 연결해 주세요", "talk to a person", "0"; False for "상담 시간이 어떻게 되나요?"."""
    return bool(WANTS.search(text[:READ_CHARS_MAX]))
