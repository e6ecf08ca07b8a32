"""What a short message says of what was shown just before it: that it failed, or that it worked. Told by how it is said.

여전히 소리가 안 나요, still silent       ->  what was so before is so still
열어도 그대로예요, I reset it and nothing  ->  something was done, and it came to nothing
안 나와요, it won't turn on               ->  it denies, and names no thing
아니요, 답답하네, so what now?            ->  a refusal, a feeling, or "what next", and nothing else
이제 잘 들려요, ok                        ->  it worked, or was understood

None of it holds for a first message: there it is a question like any. What asks for something else is no failure.
"""

from __future__ import annotations

import re

from handrail.answers.asking import asks

WORDS_MAX, READ_CHARS_MAX = 12, 200
ASKS_NOTHING = (
    "asks_nothing"  # in the data of a message that was read so, which its words alone would not show
)
KO = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
AROUND = r"[\s,.!?？~^…·;:ㅠㅜㅡㅎㅋ()'\"-]*"


def _whole(words: str, *, end: str = r"(?![가-힣\w])") -> re.Pattern[str]:
    return re.compile(rf"{AROUND}(?:(?:{words}){end}{AROUND})+", re.IGNORECASE)


KO_NEGATED = (
    r"(?:안|못)\s?[가-힣]+|[가-힣]+지\s?(?:는|도|를)?\s?(?:않|못|안)[가-힣]*|[가-힣]*(?:없|아니)[가-힣]+"
)
KO_UNCHANGED = r"그대로|똑같|마찬가지|매한가지|여전"
KO_DENIES = re.compile(rf"(?:^|\s)(?:{KO_NEGATED})|{KO_UNCHANGED}")
# So before, and so still.
KO_STILL = re.compile(
    r"(?:^|[\s,])(?:(?:여전히|아직도|계속|그래도|지금도|자꾸|매번)(?=[\s가-힣])|아직(?=\s))"
)
# What was shown is pointed back at, and denied: 이걸로는 해결이 안 될 것 같아요.
KO_BY_IT = re.compile(r"(?:^|\s)(?:이|그)(?:걸로|거로|것으로|\s?방법으로|렇게)\S*\s")
# Though it was done: 청소했는데도 시끄러워요.
KO_THOUGH = re.compile(r"[가-힣]는데도(?=[\s,])")
# Something was done: 열어도, 닫았는데(도), 해 봤지만; what follows tells that it came to nothing.
KO_DID = re.compile(
    r"(?:(?:(?<=[가-힣])[아어여해와워려러껴]|[봐켜꺼써])도|[았었였했봤됐웠켰렸]는데도?|[았었였했봤됐웠켰렸](?:지만|으나|고))(?=[\s,])"
)
KO_BARE = _whole(
    rf"(?:{KO_NEGATED})|(?:{KO_UNCHANGED})[가-힣]*|(?:효과|변화|반응|소용|차이|도움|해결|결과)[이가은는도]?|저는|제\s?건|제\s?거는?|이거는?|이건|그거는?|그건|전혀|하나도|아예|아무\s?것도|근데|그런데|아직|역시|또|진짜|정말|다|잘|별로|네"
)
KO_FEELS = r"(?:너무|진짜|정말|참|아|아오|에휴|하|휴|왜\s?이래|좀|많이|이거)?\s*(?:답답|짜증|속\s?터|속\s?상|열\s?받|화\s?나|화가\s?나|미치겠|어이\s?없|황당|힘드|힘들|지치|지친|실망|최악|너무하|귀찮|환장|돌겠|답이\s?없|노답|불편|말도\s?안)[가-힣]*(?:\s?돼요?)?|아+|에휴|하+아*|휴+|아오|쯧+|진짜|정말|너무"
KO_NO = r"아니|아니[요오]|아뇨|아녀|아닌데요?|ㄴㄴ|노노?|놉|별로(?:요|예요|에요|네요)?"
KO_NEXT = r"(?:(?:그럼|그러면|그래서|이제|인제|근데|저|제가|전|다음(?:은|엔|에는)?)\s*)*(?:어떡하|어떡해|어쩌|어째|어떻게\s?(?:하|해)|(?:뭘|뭐|무엇을|뭐를)\s?(?:더\s?)?(?:하|해))[가-힣]*(?:\s?(?:하나요|해요|하죠|되죠|되나요|돼요|할까요|좋을까요|좋죠))?"
KO_WORSE = re.compile(r"(?:더|오히려)\s*(?:심|나빠|나쁘|안\s?좋|커|시끄|느려|이상)[가-힣]*")
KO_WHY = re.compile(
    rf"왜\s*(?:이거\s?|아직도?\s?|여전히\s?|계속\s?|자꾸\s?)*(?:{KO_NEGATED}|이래요?|이러[가-힣]*){AROUND}"
)

EN_NEGATED = r"(?:\w+n['’]t|(?:do|does|did|is|was|wo|ca|could)nt|not|no|never|nothing|none|cannot|neither)"
EN_DENIES = re.compile(rf"\b(?:{EN_NEGATED}|same|still|worse|keeps?|kept|continues?)\b", re.IGNORECASE)
EN_STILL = re.compile(
    r"\b(?:still|keeps|keep\s+\w+ing|continues|persists|remains|(?:is|are|it['’]s|came|comes)\s+back)\b",
    re.IGNORECASE,
)
EN_DID = re.compile(
    r"^(?:(?:no|nope|well|ok|okay|but|yes|yeah|so|hm+|ugh)[\s,]+)*(?:i|we)(?:['’]ve|\s+have|\s+just|\s+already|\s+also)*\s+"
    r"(?!(?:do|did\s+not|can|could|am|are|was|were|want|need|would|like|will|have|had)\b|\w+n't)\w+\b.*(?:[,;.–-]|\b(?:and|but|yet|though)\b)",
    re.IGNORECASE,
)
EN_IT = r"(?:it|this|that|they|you|mine|which|everything)(?:['’](?:s|re|ll))?(?:\s+(?:just|really|simply|is|are|was|does|do|will))*"
EN_BARE = re.compile(
    rf"{AROUND}(?:(?:but|and|well|sorry|hm+|no|nope|yeah|ok)[\s,]+)*(?:{EN_IT}\s+)?(?:\w+\s+)?(?:{EN_NEGATED}|same)"
    rf"(?:\s+(?!my\b|the\b|an?\b)[\w'’]+){{0,4}}{AROUND}",
    re.IGNORECASE,
)
EN_FEELS = r"(?:(?:this|that|it)(?:['’]s|\s+is)|i['’]?m|i\s+am|how|so|very|really|just|such|too|getting|feel(?:ing)?|of|with|by|a|all|this|ugh+|argh+|gr+|omg|wtf|sigh|man|come\s+on|what|useless|annoy\w+|frustrat\w+|ridiculous|terrible|awful|horrible|disappoint\w+|fed\s+up|tired|sick|angry|upset|mad|crazy|joke|waste(?:\s+of\s+time)?|hopeless|driving\s+me|nuts|hate)"
EN_FELT = re.compile(
    r"\b(?:annoy|frustrat|ridiculous|terrible|awful|horrible|disappoint|fed\s+up|tired|sick|angry|upset|mad\b|crazy|joke|waste|hopeless|nuts|hate|useless|ugh|argh|sigh|wtf|come\s+on)",
    re.IGNORECASE,
)
EN_FEELING = _whole(EN_FEELS)
EN_NO = r"no|nope|nah|not\s+(?:really|quite|at\s+all|yet)|negative"
EN_NEXT = r"(?:(?:so|ok|okay|and|then|but|well|now)[\s,]*)*(?:what\s+(?:now|next|then)|then\s+what|now\s+what|(?:and|so|ok)\s+now|what\s+(?:do|should|can|else\s+can)\s+(?:i|we)\s+do(?:\s+(?:now|next|then))?)"
EN_WORSE = re.compile(
    r"\b(?:(?:got|gets|getting|it['’]?s|is|even)\s+(?:even\s+)?(?:worse|louder|slower|hotter|weaker))\b",
    re.IGNORECASE,
)
EN_WHY = re.compile(
    r"why\s+(?:\w+\s+)?(?:\w+n['’]t\s+)?(?:it|this|that)\b.*|why\s+(?:not|still)\b.*", re.IGNORECASE
)

NOTHING_ELSE = tuple(_whole(words) for words in (rf"{KO_FEELS}|{KO_NO}", KO_NEXT, EN_NO, EN_NEXT))
FINE = re.compile(
    r"\bstill\s+(?:works?|working|good|fine|ok|okay)\b|\bthank|\bno\s+need\b|\blater\b|\bbother\b|문제\s?(?:는|가)?\s?없|괜찮|이상\s?(?:은|이)?\s?없",
    re.IGNORECASE,
)

KO_GOOD = _whole(
    r"(?:이제(?:는|야)?|지금은|드디어|오+|와+|우와|아|네|넵|예|덕분에|다시)|"
    r"(?:잘|다|바로|정상으로|정상)?\s?(?:됐|됬|되었|해결됐|해결했|고쳐졌|고쳤|연결됐|연결되|충전되|작동하|작동해|켜졌|켜져|켜지|나와|나오|나옵|들려|들리|들립|돌아가|돌아왔|움직여|움직이|돼|되|됩|충전돼|연결돼)(?:니다|어요?|네요?|요|습니다|는군요|군요|는데요|당|음|ㅆ어요)?|"
    r"알겠(?:어요|습니다)|알았어요|확인했(?:어요|습니다)|이해했(?:어요|습니다)|그렇군요|아하|오케이|ㅇㅋ|ㅇㅇ|넹|감사(?:합니다|해요)|고마워요|완료"
)
# 이제 조용하게 잘 돼요: however it does, it does it well now.
KO_NOW_WELL = re.compile(rf"{AROUND}(?:이제|드디어|지금은|덕분에|네|오)\S*\s.*잘\s?[가-힣]+{AROUND}")
EN_GOOD = _whole(
    r"ok(?:ay)?|k|yes|yep|yeah|yup|oh|ah|aha|great|perfect|nice|cool|awesome|wonderful|excellent|brilliant|alright|all\s+right|got\s+it|understood|i\s+see|makes\s+sense|good|sure|thanks?(?:\s+you)?|"
    r"(?:(?:it|that|this)(?:['’]s|\s+is|\s+has)?\s+)?(?:now\s+|finally\s+|all\s+)?(?:works?|worked|working|fixed(?:\s+(?:it|that))?|did\s+(?:it|the\s+trick)|solved(?:\s+(?:it|that))?|helped|done|back|charging|fine)(?:\s+(?:now|again|fine|well|great|perfectly))*|"
    r"(?:now\s+)?i\s+can\s+\w+(?:\s+(?:it|them|again|now|that))+|now|again|finally"
)


def failed_after(text: str) -> bool:
    """Whether a message, right after something was shown, says that this did not help.

    >>> failed_after("여전히 소리가 안나요"), failed_after("so what now?"), failed_after("그럼 요금은요?")
    (True, True, False)
    """
    said = " ".join(text.replace("\u2019", "'").split())
    if not _is_short(said) or FINE.search(said):
        return False
    if names_nothing(said):
        return True
    if KO.search(said):
        return bool(KO_WHY.fullmatch(said)) or (not asks(said) and _ko_failed(said))
    return bool(EN_WHY.fullmatch(said) and EN_DENIES.search(said)) or (not asks(said) and _en_failed(said))


def _is_short(said: str) -> bool:
    return 0 < len(said) <= READ_CHARS_MAX and len(said.split()) <= WORDS_MAX


def goes_on(text: str) -> bool:
    """Whether it says that something is as it was before: 여전히 소리가 안나요, it's still silent."""
    return bool(KO_STILL.search(text) or re.search(KO_UNCHANGED, text) or EN_STILL.search(text))


def names_nothing(text: str) -> bool:
    """Whether all of it is a refusal, a feeling, "what next", or a denial of no thing: 아니요, 안 나와요, this is so annoying.

    >>> names_nothing("답답하네"), names_nothing("여전히 소리가 안나요")
    (True, False)
    """
    said = " ".join(text.replace("\u2019", "'").split())
    if not _is_short(said):
        return False
    is_whole = any(whole.fullmatch(said) for whole in NOTHING_ELSE)
    return is_whole or _is_bare(said) or (not KO.search(said) and not asks(said) and _en_names_nothing(said))


def _en_names_nothing(said: str) -> bool:
    only_feels = EN_FELT.search(said) and EN_FEELING.fullmatch(said)
    return bool(only_feels or EN_BARE.fullmatch(said))


def _ko_failed(said: str) -> bool:
    did = KO_DID.search(said)
    came_to_nothing = did is not None and bool(KO_DENIES.search(said, did.end()))
    is_denied = bool(KO_BY_IT.search(said) and KO_DENIES.search(said))
    ways = (KO_STILL, KO_THOUGH, KO_WORSE)
    return came_to_nothing or is_denied or any(way.search(said) for way in ways)


def _is_bare(said: str) -> bool:
    """Whether it denies, and names no thing. "안 되나요?" asks of the one before, as 영수증 없으면 안 되나요 does of its own."""
    is_told = not asks(said) or bool(re.search(KO_UNCHANGED, said))
    return is_told and bool(KO_BARE.fullmatch(said) and KO_DENIES.search(said))


def _en_failed(said: str) -> bool:
    did = EN_DID.search(said)
    came_to_nothing = did is not None and bool(EN_DENIES.search(said, did.end()))
    return came_to_nothing or bool(EN_STILL.search(said) or EN_WORSE.search(said))


def worked_after(text: str) -> bool:
    """Whether it says, right after something was shown, that it worked or was understood, and nothing else.

    >>> worked_after("이제 잘 들려요"), worked_after("ok"), worked_after("ok but how?")
    (True, True, False)
    """
    said = " ".join(text.replace("\u2019", "'").split())
    if not _is_short(said) or asks(said):
        return False
    is_well = bool(KO_NOW_WELL.fullmatch(said)) and not KO_DENIES.search(said)
    return is_well or bool(KO_GOOD.fullmatch(said) or EN_GOOD.fullmatch(said))
