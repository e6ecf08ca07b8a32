"""Does somebody who was asked "shall I?" say yes, or no? Whole words only: whatever says more is more than that."""

from __future__ import annotations

import re

YES = (
    r"네|넵|넹|넴|예|옙|응|ㅇㅇ|ㅇㅋ|그래|그래요|좋아요|좋습니다|좋아|그럴게요|그렇게|그럼요|물론이죠|오케이|제발|부탁(?:해요|드려요|드립니다|드릴게요|합니다)"
    r"|(?:연결|전달|그렇게|바로|지금|빨리|꼭|좀)*\s*(?:해|이어|바꿔|넘겨|전해|불러|연결해|전달해|부탁해)\s*(?:주세요|줘요?|주시면|주십시오|줘)"
    r"|ye(?:s|ah|p|a|ss)|yup|ya|ok(?:ay)?|k|sure(?:\s+thing)?|please|pls|plz|go\s+ahead|please\s+do|(?:do|let['’]?s\s+do)\s+(?:it|that|so)|sounds\s+good|fine(?:\s+by\s+me)?|of\s+course|absolutely|definitely"
    r"|(?:that\s+would\s+be|that['’]?s)\s+(?:great|good|nice|fine|perfect)|great|perfect|connect\s+me|pass\s+it\s+on|i['’]?d\s+like\s+that|why\s+not|(?:i\s+)?(?:would|do|want\s+(?:that|it))"
)
NO = (
    r"아니|아니[요오]|아뇨|ㄴㄴ|괜찮(?:아요|습니다|아)|됐(?:어요|습니다|어)|필요\s*없(?:어요|습니다|어)|안\s*(?:그래|해)도\s*(?:돼요|됩니다|괜찮아요)|아직(?:은)?(?:요)?|나중에(?:요|\s*할게요)?|(?:제가\s*)?더\s*(?:찾아|해)\s*볼게요"
    r"|no(?:pe|t\s+yet|t\s+now)?|nah|no\s+(?:thanks|thank\s+you|need)|thanks|thank\s+you|(?:that['’]?s\s+)?(?:ok|okay|fine|alright|all\s+right)|i['’]?m\s+(?:good|fine|ok)|(?:maybe\s+)?later|don['’]?t\s+bother"
)
GAP = r"[\s,.!~^…ㅠㅜㅎㅋ]"
WHOLE, WHOLE_NO = (
    re.compile(rf"{GAP}*(?:(?:{words})(?![가-힣\w'’]){GAP}*)+", re.IGNORECASE) for words in (YES, NO)
)
READ_CHARS_MAX = 60


def says_yes(text: str) -> bool:
    """
    >>> says_yes("네, 연결해 주세요"), says_yes("yes please"), says_yes("네 근데 배송은요?")
    (True, True, False)
    """
    said = text.strip()
    return 0 < len(said) <= READ_CHARS_MAX and bool(WHOLE.fullmatch(said))


def says_no(text: str) -> bool:
    """
    >>> says_no("아니요 괜찮아요"), says_no("no thanks"), says_no("아니요 배송이요")
    (True, True, False)
    """
    said = text.strip()
    return 0 < len(said) <= READ_CHARS_MAX and not says_yes(text) and bool(WHOLE_NO.fullmatch(said))
