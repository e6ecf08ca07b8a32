"""A question that asks two things at once, taken apart where its own words say so.

    배송비는 얼마고 환불은 어떻게 해요?              ->  배송비는 얼마인가요 / 환불은 어떻게 해요?
    How much is delivery and how do I get a refund?  ->  How much is delivery / how do I get a refund?

It errs on the side of one question: every part must ask by itself and name what it is about. Whether the parts are then
answered apart is decided by what they find (several.py).
"""

from __future__ import annotations

import re

from handrail.answers.analysis.grams import is_latin
from handrail.answers.pleasantry import pleasantry

PARTS_MAX = 3  # who asks more wrote a letter, and a person should read it
LETTERS_MAX = 300
MESSAGE_LETTERS_MAX, QUESTIONS_MAX = (
    6_000,
    12,
)  # of a whole message, whose questions are listed and not answered
SENTENCE_END = re.compile(r"(?<=[?？!.。])\s+|\n+")

# Korean. A clause asks by a question word, by wanting to be told, or by its last word's ending.
WHAT = r"얼마|어떻게|어떡|언제|어디|어느|어떤|무엇|무슨|뭐|뭔|뭘|몇|왜|누구|누가"
TELL = r"알려|가르쳐|궁금|설명해|알고\s?싶"
KO_ASKS = re.compile(rf"{WHAT}|{TELL}")
KO_ENDS = re.compile(r"(?:나요|까요|가요|나여|은지|는지|인지|지요|죠|되나|되냐|하나)[요\s]*[?？.]*$|[?？]$")
# What joins two clauses: 얼마고, 하고요, 얼마이며, 되는지.
JOINT = re.compile(
    r"(?P<last>\S*(?:[가-힣](?:고요?|며)|[가-힣](?:는|은|인|한|된|될|할|을|을)지|언지))(?P<mark>,|이?랑|와|하고)?\s+"
)
NO_JOINT = re.compile(
    r"(?:다|라|냐|자|려|창|광|중|재|신|사|보|최|참|경|출|입|원)고요?$"
)  # he said that; warehouse, …
WHAT_AND = re.compile(rf"(?:{WHAT})이?고요?$")
GOES_ON = re.compile(r"(?:있|싶|나서|나면|보니|보면|말)")  # 하고 있는데, 하고 싶은데: still the same clause
KO_AND = re.compile(r"^(?:그리고|또한|또|아울러|추가로|더불어|이랑|랑|와|과|하고)\s+")
KO_POINTS_BACK = re.compile(r"^(?:그|이|저)(?:건|거|게|것|때|럼|러면|렇게|분|쪽|곳)|^거기|^여기")
EITHER = re.compile(r"(?:^|\s)(?:아니면|아님)\s|^(?:혹은|또는|or\b)", re.I)
KO_TOPIC = re.compile(r"[가-힣a-z0-9]{2,}")
# Words that are about nothing by themselves: to know, to do, to become; and in what form to be told (요일로).
KO_EMPTY = re.compile(
    rf"^(?:그리고|또한|혹시|{WHAT}|{TELL}|알아|알[고면]|아니|아세|아시|아십|아나|알지|하나요|되나요|인가요|해요|돼요|되요|주세요|정도|걸리|드는|나는|있나요|가능|자세)|로$"
)

# English. A clause asks by how it begins.
ASK_WORDS = (
    r"(?:how|what|when|where|why|which|who|whose)(?:'s)?\b"
    r"|(?:can|could|do|does|did|is|are|will|would|should|may|must)\s+(?:i|you|we|my|the|there|it|a|an|your|this)\b"
    r"|(?:please\s+)?tell\s+me\b|i(?:\s+also)?\s+(?:want|need|would\s+like|'d\s+like)\s+to\s+know\b"
)
EN_BEGINS = re.compile(
    rf"(?:^|[,.!?]\s*)(?:(?:hi|hello|hey|please|so|ok|okay|and|also|but)\b[\s,]*)*(?:{ASK_WORDS})", re.I
)
EN_JOINT = re.compile(
    rf"\s*,?\s+(?:and|plus)(?:\s+(?:also|then))?\s+(?=(?:{ASK_WORDS}))|\s*[,;]\s*also,?\s+(?=(?:{ASK_WORDS}))",
    re.I,
)
EN_POINTS_BACK = re.compile(r"\b(?:it|its|that|this|these|those|they|them|one|so|he|she|there|then)\b", re.I)
EN_EMPTY = re.compile(
    r"^(?:how|what|when|where|why|which|who|whose|can|could|do|does|did|is|are|will|would|should|may|must|i|you|we|my"
    r"|your|the|a|an|to|of|for|in|on|at|and|or|me|much|many|long|please|tell|want|need|know|get|be|have|has|if|with"
    r"|also|what's|whats|going|happening|happened|wrong|deal|matter|problem|issue|type|kind|sort|result|use|help|do)$"
)  # fmt: skip

# What is told and not asked. Korean: done or wished, and then another clause (잊어버렸고, 바꾸고 싶고); or 도 on both sides.
KO_TOLD = re.compile(r"(?P<last>\S*(?P<end>[가-힣])고)(?:요)?,?\s+")
KO_ALSO = re.compile(r"[가-힣a-z0-9]도\s", re.I)
KO_MOST = re.compile(r"[.!]\s+(?=(?:그리고|또한?|또|아울러|추가로)\s)")
FINALS, WITH_SS = 28, 20  # endings a Korean syllable may have; that of 했, 렸, 었
# English: two clauses, each with somebody or something that does or fails to do.
EN_TOLD = re.compile(
    r"(?:\s*,?\s+and(?:\s+also)?|[.!;]\s+also,?)\s+(?=(?:i|we|my|our|the)\b.*\b(?:is|isn't|has|have|hasn't|haven't|was|wasn't|won't"
    r"|don't|does|doesn't|did|didn't|can't|cannot|never|forgot|lost|need|want|am|would|keeps?)\b)",
    re.I,
)


def parts_of(question: str) -> list[str]:
    """What is asked, one text for each thing; one text in any case but a clear one."""
    text = question.strip()
    if not text or len(text) > LETTERS_MAX:
        return [question]
    cut = _english if is_latin(text) else _korean
    found = [part for sentence in _sentences(text, cut) for part in cut(sentence)]
    names_its_own = _names_english if is_latin(text) else _names_korean
    if not 2 <= len(found) <= PARTS_MAX or not all(map(names_its_own, found)):
        return [question]
    points_back = EN_POINTS_BACK if is_latin(text) else KO_POINTS_BACK
    if any(points_back.search(part) or EITHER.search(part) for part in found[1:]):
        return [question]
    return found if _differ(found) else [question]


def told_of(question: str) -> list[str]:
    """Both of two needs that one sentence tells of; one text in any case but a clear one.

    비밀번호도 잊어버렸고 배송도 안 와요  ->  비밀번호도 잊어버렸어요 / 배송도 안 와요

    What is told may be one story, so it is good for offering the choices of both and never for an answer.
    """
    text = question.strip()
    if not text or len(text) > LETTERS_MAX:
        return [question]
    is_english = is_latin(text)
    found = _told_english(text) if is_english else _told_korean(text)
    names_its_own = _names_english if is_english else _names_korean
    points_back = EN_POINTS_BACK if is_english else KO_POINTS_BACK
    is_clear = all(map(names_its_own, found)) and not any(map(points_back.search, found[1:]))
    return found if len(found) > 1 and is_clear and _differ(found) else [question]


def _told_korean(text: str) -> list[str]:
    if found := KO_MOST.search(text):
        return [text[: found.start()], KO_AND.sub("", text[found.end() :])]
    for joint in KO_TOLD.finditer(text):
        left, right = text[: joint.end("last")], KO_AND.sub("", text[joint.end() :])
        is_done = (ord(joint["end"]) - ord("가")) % FINALS == WITH_SS
        is_wish = joint["end"] == "싶"
        is_both = bool(KO_ALSO.search(left) and KO_ALSO.search(right)) and not NO_JOINT.search(joint["last"])
        if (is_done or is_wish or is_both) and not GOES_ON.match(right):
            return [left[:-1] + "어요" if is_done or is_wish else left[:-1] + "나요", right]
    return [text]


def _told_english(text: str) -> list[str]:
    joint = EN_TOLD.search(text)
    return [text[: joint.start()].strip(), text[joint.end() :]] if joint else [text]


def asked_in(text: str) -> list[str]:
    """Each question of a whole message, however many there are: the sentences that ask, cut where two stand in one."""
    cut, asks = (_english, _asks_english) if is_latin(text) else (_korean, _asks_korean)
    sentences = (sentence.strip() for sentence in SENTENCE_END.split(text[:MESSAGE_LETTERS_MAX]))
    found = [part for each in sentences if each and not pleasantry(each) and asks(each) for part in cut(each)]
    return list(dict.fromkeys(found))[:QUESTIONS_MAX]


def _differ(found: list[str]) -> bool:
    """Whether each has a few words and ends in its own: "is it A? is it B?" asks one thing."""
    words = [re.findall(r"[\w']+", part.lower()) for part in found]
    return all(len(each) >= 2 for each in words) and len({each[-1] for each in words}) == len(words)


def _sentences(text: str, cut: object) -> list[str]:
    """Sentences that ask, each with what was said before it; greetings and thanks say nothing."""
    asks = _asks_english if cut is _english else _asks_korean
    found: list[str] = []
    waiting = ""
    for sentence in SENTENCE_END.split(text):
        if not sentence.strip() or pleasantry(sentence):
            continue
        waiting = f"{waiting} {sentence.strip()}".strip()
        if asks(sentence):
            found.append(waiting)
            waiting = ""
    if waiting and found:
        found[-1] = f"{found[-1]} {waiting}"
    return found


def _korean(sentence: str) -> list[str]:
    for joint in JOINT.finditer(sentence):
        left, right = sentence[: joint.end("last")], sentence[joint.end() :]
        joined = bool(joint["mark"] or KO_AND.match(right))
        right = KO_AND.sub("", right)
        if joint["last"].endswith("지") and not joined:
            continue  # 언제인지 알고 싶어요
        if NO_JOINT.search(joint["last"]) and not WHAT_AND.search(joint["last"]):
            continue
        if GOES_ON.match(right) or not KO_ASKS.search(left) or not _asks_korean(right):
            continue
        if _names_korean(left) and _names_korean(right):
            return [_whole(left), *_korean(right)]
    return [sentence]


def _whole(clause: str) -> str:
    """The clause as a question that ends there."""
    said = re.sub(rf"((?:{WHAT})\S*?)(?:이?고요?|이?며)$", r"\1인가요", clause)
    return said if said != clause else re.sub(r"(?:고요?|며)$", "나요", clause)


def _english(sentence: str) -> list[str]:
    for joint in EN_JOINT.finditer(sentence):
        left, right = sentence[: joint.start()], sentence[joint.end() :]
        if EN_BEGINS.search(left) and _names_english(left) and _names_english(right):
            return [left.strip(), *_english(right)]
    return [sentence]


def _asks_korean(clause: str) -> bool:
    return bool(KO_ASKS.search(clause) or KO_ENDS.search(clause.strip()))


def _asks_english(clause: str) -> bool:
    # "Visa or Mastercard?" asks only together with what stands before it.
    return bool(EN_BEGINS.search(clause)) or (clause.rstrip().endswith("?") and len(clause.split()) > 4)


def _names_korean(clause: str) -> bool:
    words = clause.lower().split()
    return any(
        KO_TOPIC.search(word) and not KO_EMPTY.search(word) and not KO_ASKS.search(word) for word in words
    )


def _names_english(clause: str) -> bool:
    words = re.findall(r"[a-z0-9']+", clause.lower())
    return any(len(word) > 2 and not EN_EMPTY.match(word) for word in words)
