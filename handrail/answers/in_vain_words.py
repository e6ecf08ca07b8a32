"""The words of in_vain.py: what a failure points back at, what stands beside it, and how it is said."""

from __future__ import annotations

import re


def _any(*ways: str) -> str:
    return "|".join(ways)


# Whom or what the Korean of a failure points back at, and what stands before and between its clauses.
KO_IT = _any(
    r"(?:그|이|저)(?:거|것|게|건|걸|런\s*거)(?:는|은|도|를|을|로|로는)?",
    r"(?:그|이|위|알려\s*(?:주신|준)|말씀(?:하신|해\s*주신)|보여\s*(?:주신|준)|추천(?:한|해\s*주신))\s*(?:글|문서|방법|답|답변|안내|내용|것|거)(?:들)?(?:은|는|이|도|를|을|대로|으로|로|으론|론)?(?:는)?",
    r"(?:이|그)\s*중에(?:는|선|서는)?|여기(?:에|에는|엔)?|제가\s*(?:물어본|찾는|원한|원하는|말한|궁금한)\s*(?:건|것은|게|거는)",
)
KO_BESIDE = _any(
    r"다시|이미|벌써|아까|방금|전에|다|전부|모두|저도|저는|전|아무리|(?:여러|몇|두|세|네|수십|열)\s*번(?:을|이나|도|씩|째)?|똑같이|그대로|그렇게|이렇게",
    r"(?:시키는|하라는|하란|나온|쓰여\s*있는|적힌|안내(?:하는|된|하신)|(?:말씀|설명|안내)(?:하신|해\s*주신)|(?:알려|가르쳐|보여)\s*(?:주신|준))\s*대로",
    r"분명히|직접",
)
KO_FILL = _any(
    r"ㄴㄴ|아니|아뇨|아니[요오]|아녜요|네|넵|음+|어+|흠+|아|하\.*|휴|에이|저기요?|근데|근데요|그런데|그런데요|그래도|그럼|하지만",
    r"죄송(?:한데|하지만)(?:요)?|감사(?:한데|하지만)(?:요)?|고마운데(?:요)?|안타깝게도|역시|그냥|좀|혹시|제발|또|진짜|정말|여전히|아직|아직도|계속|전혀",
    r"하나도|아무것도|별로|도무지|잘|지금도",
)
KO_DONE = _any(
    r"(?:써|적용해|바꿔|고쳐|눌러|껐다\s*켜)\s*(?:봤|보았)|(?:시도|따라|따라\s*해|확인|설정|실행)?\s*해?\s*(?:봤|보았|봣|봐)",
    r"따라\s*(?:했|해)|시도\s*했|(?<![가-힣])(?:했|햇|했었)|(?<![가-힣])(?:읽었|읽어\s*봤|해\s*본|본|봤|눌러\s*봤)",
)
KO_DONE_ENDS = r"(?:는데|는데도|는데요|는뎅|고|으나|어요|어용|습니다|지만|지만요|어|음|고요|구요|거든요|다고요|다구요|다니까요|어도|도|던\s*거(?:예요|에요|네요)?|\s*(?:글|거|건데)(?:이에요|예요|에요|네요|요)?)?"
KO_TRIED = _any(
    rf"(?:{KO_DONE}){KO_DONE_ENDS}",
    r"(?:시도|따라)?\s*해(?:\s*봐도|\s*봤자|도)",
)
KO_SAID = r"(?:어요|아요|어용|습니다|ㅂ니다|니다|네요|네|는데요|는데|던데요|던데|어서요|아서요|더라고요|더라구요|어|아|음|슴|거든요|다고요|다구요|잖아요)"
KO_NOT = rf"안\s*(?:돼|되|됨|됩|됐|된|댐|대|뎀|됬|되었|먹히|통하|통해)(?:요|{KO_SAID}|다(?:니까요|고요)?|용)?"
KO_HELPED = r"(?:도움|해결|작동|동작|실행|연결|변화|효과|소용|차이|달라진\s*(?:게|것|점)|바뀐\s*(?:게|것)|나아진\s*(?:게|것))(?:이|가|은|는|도)?"
KO_FAILED = _any(
    rf"(?:{KO_HELPED}\s*(?:(?:전혀|하나도|별로|아직|여전히|계속)\s*)?)?{KO_NOT}",
    rf"{KO_HELPED}\s*(?:되지|하지|나지)(?:는|도)?\s*(?:않|못)(?:아|았|습|네|는|음|어)?{KO_SAID}?(?:요)?",
    rf"(?:아무\s*|별\s*|전혀\s*|큰\s*)?{KO_HELPED}\s*없(?:어|었|네|는|습|음|더라|던){KO_SAID}?(?:요)?",
    r"(?:작동|동작|실행)(?:을)?\s*안\s*(?:해|하|함|합)(?:요|네요|는데요|니다)?",
    r"(?:그대로|마찬가지|매한가지|똑같은\s*(?:증상|상태|현상|문제)|같은\s*(?:증상|상태|현상|문제))(?:예요|에요|이에요|입니다|네요|이네요|임|인데요|이고요|야|요|다)?",
    r"(?:증상|상태|문제|결과|현상)(?:이|가|는|은|도)?\s*(?:그대로|똑같|같)(?:예요|에요|이에요|입니다|네요|아요|습니다|은데요|음|다)?",
    r"똑같(?:아|네|습니다|은데|음|다|아여)(?:요)?|실패(?:했|예|에|했습니다|함)(?:어요|요)?|못\s*(?:고쳤|고치겠|하겠|찾겠)(?:어요|습니다|네요|음)",
    r"소용\s*없(?:어요|네요|음|습니다|는데요|었어요|었습니다|었는데요|더라고요|던데요)|별로(?:예요|에요|네요|입니다)|효과\s*없(?:어요|네요|음)",
)
KO_OTHER_THING = r"(?:다른|딴)\s*(?:거|것|걸|건|게|방법|글|답|답변|해결\s*책|해결\s*방법|해결법|문서|안내|내용|도움말|설명|의견|제안)(?:들)?(?:은|는|이|을|를|도|로|으로|이라도|라도)?"
KO_GIVE = r"(?:좀\s*)?(?:더\s*)?(?:없(?:나요|어요|을까요|나|냐|어|습니까|는지요)|있(?:나요|어요|을까요|나|으면|습니까)|(?:알려|보여|찾아|가르쳐|추천해|소개해|말해|제시해|안내해)\s*(?:줘|주세요|줘요|주실래요|주시겠어요|봐|봐요|주시면|달라고요)|주세요|줘|부탁(?:해요|드려요|드립니다|합니다)|볼래요|볼게요|원해요|필요해요|이?요|은요|는요)"
KO_WISH = _any(
    rf"(?:(?:{KO_IT}|이것|그\s*외에?|이\s*외에?|또)\s*(?:말고|말고는|말고도|아니고|아니라|빼고|외에|외에는|제외하고)?(?:요|여)?\s*)?(?:또\s*)?{KO_OTHER_THING}\s*(?:{KO_GIVE})?",
    rf"(?:{KO_IT}|이것)\s*(?:말고|말고는|아니고|아니라|빼고)(?:요|여)?",
    r"또\s*(?:뭐|다른\s*거|다른\s*방법)\s*(?:없(?:나요|어요)|있(?:나요|어요))",
)
KO_MEANT = _any(
    rf"(?:{KO_IT})?\s*(?:제가\s*)?(?:(?:찾|찾던|찾는|원한|원하는|원하던|물어본|물은|말한|궁금한)\s*(?:게|건|거|것이|것은|답이|답변이|내용이|질문이|글이)?\s*|(?:그|이)런\s*(?:게|뜻이|말이|얘기가|이야기가|질문이)\s*|(?:그|이|저)(?:게|거|건|것)\s*|이\s*중에(?:는|서는)?\s*)(?:그게\s*|이게\s*)?(?:아니|아닌|아닙|아님|아녜|아녀)(?:에요|예요|야|데요|데|니다|고요|라고요|거든요|네요|라니까요|요|잖아요)?",
    r"(?:제|내)\s*(?:질문|문제|얘기|경우|상황)(?:이랑|랑|과|와|하고)(?:는|은)?\s*(?:다른|다르|달라|상관\s*없|관계\s*없|안\s*맞)(?:데요|네요|아요|요|어요|습니다|는데요)?",
    r"(?:제가\s*)?(?:물어본|물은|찾는|찾던|원한|원하는|말한)\s*(?:거|것|건|내용|질문)(?:랑|이랑|과|와|하고)(?:는|은)?\s*(?:다른|다르|달라|상관\s*없|관계\s*없)(?:데요|네요|아요|요|어요|습니다|는데요)?",
    r"아(?:닌데요?|닙니다|니에요|니예요|니야|님)",
    rf"(?:{KO_IT})?\s*(?:다|전부|모두|둘\s*다)\s*(?:아니|아닌|아닙)(?:에요|예요|데요|니다|네요|요)",
    rf"(?:이\s*중에(?:는|선)?|여기(?:에|에는|엔)?|{KO_IT})\s*없(?:어요|네요|습니다|는데요|음)",
    r"(?:엉뚱한|이상한|딴)\s*(?:답|답변|소리|얘기|글|말)(?:만|을|이|를)?\s*(?:하네요|이네요|네요|해요|이에요|예요|입니다|하시네요|나와요)",
    r"(?:아까|방금|계속|또|자꾸)?\s*(?:똑같은|같은)\s*(?:답|답변|글|말|얘기|소리|거|것)(?:만|이|을)?\s*(?:또\s*)?(?:하네요|이네요|네요|해요|예요|에요|이에요|나와요|나오네요|주네요|보여\s*주네요|이잖아요|잖아요|반복하네요)",
    r"(?:아까|방금)\s*(?:그|본|그거|그\s*글|본\s*거|본\s*글)\S*(?:잖아요|네요|예요|에요|인데요)",
)
KO_DID = r"(?:해|시도해|따라\s*해)\s*(?:봤|보았)(?:는데|는데도|지만|는데요|어요)"
KO_INSTEAD = rf"(?:{KO_IT}|이것)\s*(?:말고|말고는|아니고|아니라|빼고)(?:요|여)?"
KO_LAST = re.compile(rf"(?:^|[\s,.])(?:{KO_FAILED})[\s,.!~^…·;:ㅠㅜㅡㅎㅋ()]*$")

EN_IT = r"(?:(?:all\s+)?(?:of\s+)?(?:the|those|these|your)\s+(?:\w+\s+)?(?:steps?|articles?|answers?|instructions?|suggestions?|ones?|options?|things?)|(?:all\s+(?:of\s+)?)?(?:that|this|those|these|them|it)(?:\s+(?:article|page|one|answer|steps?|stuff))?|they|both|everything|all)"
EN_ALREADY = r"(?:already|before|too|twice|again|once|just|now|exactly|several\s+times|(?:two|three|many)\s+times|multiple\s+times)"
EN_I = r"(?:(?:i|we)(?:['’]?ve|\s+have)?\s+)?"
EN_TRIED = (
    rf"{EN_I}(?:{EN_ALREADY}\s+)*(?:tried|did|done|followed|read|seen|saw|been\s+through|gone\s+through|went\s+through)\s+(?:{EN_ALREADY}\s+)?(?:{EN_IT}|(?:as|what)\s+(?:it|you)\s+(?:says?|said))(?:\s+{EN_ALREADY})*",
    rf"{EN_I}already\s+(?:tried|did|done|have|read)",
    rf"{EN_I}tried(?:\s+(?:everything|it\s+all|all)(?:\s+(?:in|on|from)\s+(?:there|it|here))?)?",
    r"(?:i|we)\s+did|been\s+there,?\s+done\s+that",
)
EN_NOT = r"(?:n['’]?t|\s+not|\s+never|\s+no\s+longer|nt)"
EN_HELP = r"(?:help(?:ed|ing|ful)?(?:\s+(?:me|us))?|work(?:ed|ing|s)?|solv(?:e|ed|ing)\s+(?:it|anything|(?:my|the)\s+(?:problem|issue))|fix(?:ed|ing)?\s+(?:it|anything|(?:my|the)\s+(?:problem|issue))|do\s+(?:it|anything|the\s+trick)|done\s+anything|chang(?:e|ed)\s+(?:anything|a\s+thing)|make\s+(?:a|any)\s+difference|made\s+(?:a|any)\s+difference|answer(?:ed)?\s+(?:it|my\s+question)|any\s+(?:help|use|good)|much\s+help|useful|relevant|right|it|the\s+(?:answer|problem|issue)|my\s+(?:question|problem|issue)|what\s+(?:i|we)(?:['’]?m|['’]?re|\s+was|\s+am|\s+were)?\s+(?:asked|asking(?:\s+(?:for|about))?|meant|mean|need(?:ed)?|want(?:ed)?|look(?:ing)?\s+for|talking\s+about))"
EN_FAILED = _any(
    rf"(?:(?:but|and|so)\s+)?(?:(?:{EN_IT}|nothing|which)(?:['’]s)?\s+)?(?:(?:still|just|really|simply|sadly|unfortunately)\s+)*(?:did|does|do|is|are|was|has|have|had|could|would|wo|ca){EN_NOT}\s+(?:(?:really|actually|even|at\s+all|been|quite)\s+)*{EN_HELP}",
    rf"(?:{EN_IT})(?:['’]s|['’]re|\s+is|\s+was)\s+(?:still\s+)?(?:not|no)\s+(?:(?:really|actually|even)\s+)*{EN_HELP}",
    rf"(?:it['’]?s\s+)?(?:still\s+)?not\s+(?:really\s+)?{EN_HELP}",
    rf"(?:{EN_IT})(?:['’]s|\s+is|\s+was|\s+were|['’]re|\s+are)\s+(?:useless|wrong|no\s+(?:use|good|help)|the\s+wrong\s+(?:one|answer|article|thing)|of\s+no\s+(?:use|help))",
    r"(?:still|again|absolutely|unfortunately)?\s*(?:no|without)\s+(?:luck|joy|dice|use|help|good|change|difference|success|effect|improvement)",
    r"to\s+no\s+avail|in\s+vain|useless|wrong\s+(?:answer|article|one|thing)",
    r"(?:(?:it|that|this)(?:['’]?s|\s+is)\s+)?(?:still|again|exactly|just)?\s*(?:(?:the\s+)?same\s+(?:problem|issue|thing|error|result|answer|article|story)|the\s+same)(?:\s+(?:as\s+before|again|though|here))?",
    r"(?:it\s+is\s+|it['’]?s\s+)?still\s+(?:broken|nothing|happening|there|failing|stuck|doing\s+(?:it|that)|does\s+it|dead)",
    r"(?:the\s+)?(?:problem|issue|error)\s+(?:is\s+still\s+there|persists|remains|is\s+still\s+happening|['’]s\s+still\s+there)",
    r"nothing\s+(?:has\s+)?(?:changed|changes|helped|helps|worked|works|happened|happens)",
    rf"(?:none|neither)\s+(?:of\s+(?:{EN_IT}|these|those|them)\s*)?(?:(?:really\s+)?(?:help(?:s|ed)?|work(?:s|ed)?|appl(?:y|ies)|fit(?:s)?|match(?:es)?|(?:is|are)\s+(?:it|right|what\s+i\s+\w+(?:\s+for)?)))?",
    r"(?:it|that)(?:['’]s|\s+is)\s+still\s+(?:not|un)\s*\w+",
    r"(?:it|that)\s+still\s+(?:won['’]?t|doesn['’]?t|can['’]?t|(?:will|does|can)\s+not)\s+\w+(?:\s+(?:on|off|up|in|out))?",
    r"(?:that|this|it)(?:['’]s|\s+is)\s+(?:for|about)\s+(?:a\s+different|another|the\s+wrong)\s+\w+",
    r"(?:it\s+)?(?:still\s+)?(?:failed|fails)(?:\s+again)?|i['’]?m\s+still\s+stuck|still\s+stuck",
    r"you\s+(?:already\s+|just\s+)?(?:said|showed|told|gave|sent|posted)\s+(?:me\s+)?(?:that|this|it|the\s+same(?:\s+(?:thing|one|article|answer))?)(?:\s+(?:already|again|before))?",
)
EN_THING = (
    r"(?:thing|answers?|articles?|solutions?|ways?|ideas?|suggestions?|options?|one|ones|fix(?:es)?|tips?)"
)
EN_WISH = _any(
    r"(?:(?:do\s+you\s+have|have\s+you\s+got|is\s+there|are\s+there|got|can\s+you\s+(?:show|give)\s+me|give\s+me|show\s+me|i\s+need|i\s+want|try|find\s+me)\s+)?(?:something|anything)\s+(?:else|different)(?:\s+(?:(?:that\s+)?i\s+(?:can|could|should)\s+(?:try|do)|to\s+try))?",
    rf"(?:(?:do\s+you\s+have|have\s+you\s+got|is\s+there|are\s+there|got|can\s+you\s+(?:show|give)\s+me|give\s+me|show\s+me|i\s+need|i\s+want|try|find\s+me)\s+)?(?:any|some|an|a|the)?\s*(?:other|another|different|more|next)\s+{EN_THING}(?:\s+(?:(?:that\s+)?i\s+(?:can|could)\s+(?:try|do)|to\s+try))?",
    r"what\s+else(?:\s+(?:can|could|should)\s+i\s+(?:do|try)|\s+is\s+there|\s+do\s+you\s+have)?",
    r"not\s+(?:that|this|these|those|it)(?:\s+one(?:s)?)?|another\s+one|next(?:\s+one)?",
)
EN_ASIDE = r"(?:no|nope|nah|hm+|sorry|but|and|well|ok|okay|thanks|thank\s+you|cheers|unfortunately|sadly|i['’]?m\s+afraid|please|pls|plz|still|yet|though|either|at\s+all|for\s+me|again|yes|yeah|yep|i\s+think|really|already|just|so|then|man|ugh|argh|oh|as\s+well|after\s+(?:that|this|it)|too|even|then|now|sure|lol|haha|guys?)(?!['’\w])"
EN_LAST = re.compile(
    rf"(?:^|[\s,.])(?:{EN_FAILED})(?:\s+(?:either|at\s+all|yet|though))*[\s,.!~…]*$", re.IGNORECASE
)
EN_INSTEAD = r"not\s+(?:that|this|these|those)(?:\s+ones?)?"
