"""Does this message ask for a person, or how to reach one? Told by whole words, so that a question about agents is not one."""

from __future__ import annotations

import re

from handrail.answers.keyboard import STRAY, SYLLABLE, from_keys, other_reading, to_keys
from handrail.answers.person_refused import without_refused

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
    rf"{SOMEBODY}(님)?(이|가)\s*(직접\s*)?(답변?|대답|상담|전화)(을|를)?\s*(좀\s*)?(해\s*)?(주세요|줘요?)\s*([?.!~,]|$)",
    r"상담\s*연결\s*(해|부탁|원해|[!.]*\s*$)",
    r"사람의\s*답변이\s*필요",
    r"\b(talk|speak|chat|connect\s+me|transfer\s+me|put\s+me\s+through)\s+(to|with)\s+(an?\s+|the\s+|some\s?)?(real\s+|live\s+)?(person|human|agent|someone|somebody|representative|operator)\b",
    r"\b(real|live|actual)\s+(person|human|agent)\b",
    r"\b(i\s+)?(need|want|get\s+me)\s+(an?\s+)?(human|person|agent|representative|operator)\b",
    r"^\s*(agent|human|person|operator|representative)\s*[!.]*\s*(please)?\s*[!.]*$",
    *REACHED,
    r"\bcan\s+an?\s+(real\s+|live\s+)?(person|human|agent)\s+(please\s+)?(help|answer|reply|call)\b",
    r"^\s*an?\s+(person|human|agent),?\s+please\s*[!.]*$",
    r"\b(operator|representative|human|agent)\s*,?\s*please\b",
)
WANTS = re.compile("|".join(f"(?:{pattern})" for pattern in PATTERNS), re.IGNORECASE)
READ_CHARS_MAX = 2_000
MEANT_CHARS_MAX = 60  # a longer one is seen to be in the wrong layout while it is typed

# A short message that is made of nothing but such words asks for a person, in whatever order: "됐고 사람 바꿔요", "no bots".
ONLY_WORDS_MAX = 12
WHO = r"(사람|인간|상담사|상담원|상담직원|직원|담당자|관리자|책임자|매니저|팀장|실장)(님|분)?(이|가|은|는|을|를|과|와|이랑|랑|하고|한테|에게|께|으로|로|이라도|하나|만)?"
NO_PERSON = r"(로봇|로보트|챗봇|봇|기계|자동응답|자동답변|인공지능|ai)(이|가|은|는|을|를|과|와|이랑|랑|하고|한테)?(말고|싫어\S*)?"
ASIDE = r"(됐고|됐어요?|됐으니까|아니|아니요?|그냥|좀|제발|빨리|얼른|당장|지금|바로|여기|거기|진짜|실제|저|저기요?|혹시|이제|너|제가|나|말고|대신|그만|싫어요?|싫다고요?|직접|누구|아무나|아무도|정말|안녕하세요|여보세요)"
DOES = (
    r"(바꿔|연결|불러|보내|나와|나오|나왔으면|오라고|부탁|원해|원합|주세|줘|답해|대답|답변|상담|통화|대화|말하|말할|말로|말고|하세요|하라고|달라|주라|얘기|이야기|전화|채팅|"
    r"싶|있나|있어|있습|있는|없나|없어|없습|없는|계신|계세|안돼|안되|돼요|되나|될까|가능|해줘|해주|해요$|해$|하고|하게|할래|할게|할수|수$|안$|주면|주실|받고)\S*"
)
HELD_TALK = r"(전화|채팅|문자)?(상담|통화)(을|를|원|이)?"
KOREAN = re.compile(rf"({WHO}|{NO_PERSON}|{ASIDE}|{DOES}|{HELD_TALK})")
SOMEONE_KO = re.compile(WHO)
REFUSES = re.compile(r"(로봇|챗봇|봇|기계|자동응답|자동답변|인공지능|ai)\S*\s*(말고|그만|싫)")
WISHES_TALK = re.compile(
    r"(상담|통화)(을|를)?\s*(좀\s*)?(원해|원합|하고\s*싶|받고\s*싶|할래|할게|해\s*(주세|줘)|부탁)"
)
ENGLISH = re.compile(
    r"(please|pls|plz|just|now|ok|okay|hello|hi|hey|sorry|i|i'd|i'll|i'm|we|you|your|me|my|like|would|to|want|wanna|need|can|could|may|get|give|let|"
    r"have|a|an|the|real|live|actual|actually|really|human|no|not|don't|more|stop|enough|is|are|there|any|here|out|with|by|from|for|of|in|charge|talk|speak|talking|"
    r"speaking|chat|call|phone|connect|transfer|put|through|ask|reach|rather|instead|back|enough|this|that|"
    r"bots?|chatbots?|robots?|machines?|ai|anyone|anybody|someone|somebody|humans?|persons?|people|agents?|reps?|representatives?|operators?|"
    r"managers?|supervisors?|customer|service|support|staff|team)"
)
SOMEONE = re.compile(
    r"\b(anyone|anybody|someone|somebody|humans?|person|people|agents?|reps?|representatives?|operators?|managers?|supervisors?|staff|customer\s+(service|support)|"
    r"live\s+(chat|support)|(no|stop|enough|not|don't\s+want)\s+(more\s+|of\s+|with\s+)?(the\s+|your\s+|this\s+|an?\s+)?((chat)?bots?|machines?)|don't\s+(want\s+to|wanna)\s+(talk|speak|chat)\s+(to|with)\s+(the\s+|your\s+|this\s+|an?\s+)?((chat)?bots?|robots?|machines?|ai)|no\s+(more\s+)?robots?|(call|phone|transfer|connect)\s+me|^support(\s+please)?$)\b"
)
BREAKS = re.compile(r"[\s,.!?~;:…ㅠㅜㅋㅎ]+")


def wants_person(text: str) -> bool:
    """True for "상담사", "상담원 연결해 주세요", "talk to a person", "0"; False for "상담 시간이 어떻게 되나요?", "상담사 말고 답만"."""
    return any(map(_wants, _readings(text[:READ_CHARS_MAX])))


def _readings(text: str) -> list[str]:
    """As it stands, and as it was meant: with the other layout on ("tkdekadnjs"), or with letters that missed their syllable."""
    if len(text) > MEANT_CHARS_MAX:
        return [text]
    if STRAY.search(text) and SYLLABLE.search(text):
        return [text, from_keys(to_keys(text))]
    other = other_reading(text)
    return [text, other] if other else [text]


def _wants(text: str) -> bool:
    said = without_refused(text)
    return bool(WANTS.search(said)) or _says_nothing_else(said)


def _says_nothing_else(text: str) -> bool:
    """Whether every word is one of those with which people ask for a person, a person among them or machines refused.

    >>> _says_nothing_else("로봇 말고 사람"), _says_nothing_else("사람이 많아서 배송이 늦나요")
    (True, False)
    """
    words = [word for word in BREAKS.split(text.lower().replace("do not", "don't")) if word]
    if not 0 < len(words) <= ONLY_WORDS_MAX:
        return False
    if all(map(ENGLISH.fullmatch, words)):
        return bool(SOMEONE.search(" ".join(words)))
    said = " ".join(words)
    asks = any(map(SOMEONE_KO.fullmatch, words)) or WISHES_TALK.search(said) or REFUSES.search(said)
    return bool(asks) and all(map(KOREAN.fullmatch, words))
