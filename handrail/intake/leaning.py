"""Whether a chat question leans on the one before it, by its words alone.

It leans by how it opens (그럼 해외는요, and abroad?), by pointing back (그건 어디서 봐요, does it cost anything?), and by
naming nothing: how long does it take, 며칠 걸려요. What names nothing is about what was asked before, and about nothing else.
"""

from __future__ import annotations

import re

from handrail.answers.analysis.grams import is_latin

WORDS_MAX, POINTING_WORDS_MAX = 7, 10  # a longer question names what it is about
# How Korean goes on: with a joining word, by pointing back, with a topic and nothing said of it (해외는요, 교환도 되나요), or with a case (해외에 있으면요).
KO_OPENS = re.compile(
    r"^(?:아\s+)?(?:그럼|그러면|그렇다면|글면|그런데|근데|그리고|또|만약|만일)(?:은|요)?[\s,]+(?=\S)"
)
KO_POINTS = re.compile(r"^그(?:건|거|게|것|때|날)|^거기")
KO_TOPIC = re.compile(r"^(?P<topic>\S+(?:\s\S+){0,2})\s?(?:은|는)\s?(?:요|여|용)?[\s?？!.~]*$")
KO_TOO = re.compile(r"^(?P<topic>\S+(?:\s\S+)?)도\s?(?:요|(?:되|돼|가능|그|마찬|똑)\S*)[\s?？!.~]*$")
KO_CASE = re.compile(r"[가-힣](?:면|다면|라면|으면)\s?(?:요|여|용)?[\s?？!.~]*$")
# Korean words that name nothing: those that ask, point, count or measure, and what is done with anything at all.
KO_ASKS = r"(?:얼마|며칠|몇|언제|어떻게|어떡|어케|어디|왜|누가|누구|뭐|뭘|무엇)\S*"
KO_BESIDE = (
    r"그(?:거|건|게|것)?\S?|이거\S?|거기\S?|그때\S?|보통|대략|대충|혹시|정도\S*|쯤|시간\S?|(?:일|주|달|개월|번|영업일)(?:이나|정도|쯤)?"
    r"|다시|또|바로|먼저|다|더|꼭|직접|비용\S?|기간\S?"
)
KO_ANYTHING = (
    r"(?:걸리|걸려|걸릴|걸린|되|돼|될|된|하나|하죠|하면|해|할|있|없|드나|드는|들어요|들까|내요|내나|내야|나와|나오|이에요|예요|인가|인지|건가"
    r"|거예요|가능|필요)\S*"
)
KO_NOTHING = re.compile(rf"(?:{KO_ASKS}|{KO_BESIDE}|{KO_ANYTHING})")
KO_ASKING = re.compile(rf"{KO_ASKS}")
KO_ASKING_OR_BESIDE = re.compile(rf"(?:{KO_ASKS}|{KO_BESIDE})")
# How English does.
EN_OPENS = re.compile(
    r"^(?:(?:ok|okay|yes|no|hm+|oh)[\s,]+)?(?:and|so|then|but|or|also)?[\s,]*(?:what|how)\s+(?:about|if)\b\s*"
    r"|^(?:(?:ok|okay|yes|no|hm+|oh)[\s,]+)?(?:and|so|then|but|or|also)\b[\s,]*",
    re.IGNORECASE,
)
EN_POINTS = re.compile(
    r"^(?:how (?:much|long|many|soon|often)|when|where|can|could|do|does|did|is|are|will|would)\b"
    r".*\b(?:it|that|they|them)(?:\s+(?:be|cost|take|work|free|possible|include\w*|arrive|start|end|expire|apply|ship\w*|too))?[\s?!.]*$",
    re.IGNORECASE,
)
EN_WORD = re.compile(r"[a-z0-9']+")
EN_NOTHING = re.compile(
    r"(?:how|what|when|where|why|who|much|long|many|soon|often|far|early|late|can|could|do|does|did|is|are"
    r"|was|will|would|should|must|may|have|has|had|be|been|it|its|that|this|they|them|there|i|we|you|to"
    r"|for|of|the|a|an|on|in|at|by|if|then|now|next|still|already|usually|normally|exactly|about|around"
    r"|really|please|all|any|ever|else|not|take|takes|taking|cost|costs|last|lasts|happen|happens|get|done"
    r"|need|go|time|times|day|days|week|weeks|hour|hours|minute|minutes|month|months|possible|allowed|free"
    r"|okay|ok|first|wait)"
)
ENDS = re.compile(r"[\s?？!.。~]+$")


def without_opening(text: str) -> str:
    """The question without the words that join it to the one before."""
    said = " ".join(text.split())
    return EN_OPENS.sub("", said, count=1) if is_latin(said) else KO_OPENS.sub("", said)


def is_short(text: str) -> bool:
    """Whether it may lean though nothing in its words tells: the e-mail never came, 배송비는 누가 내요."""
    return len(text.split()) <= WORDS_MAX


def leans(text: str) -> bool:
    """True for "그럼 해외는요?", "교환도 돼요?", "and abroad?"; False for what names its own matter, as far as words tell."""
    said, bare = " ".join(text.split()), without_opening(text)
    count = len(said.split())
    if is_latin(said) and count <= POINTING_WORDS_MAX and (EN_POINTS.search(bare) or names_nothing(text)):
        return True
    if not said or count > WORDS_MAX:
        return False
    ways = () if is_latin(said) else (KO_POINTS, KO_TOPIC, KO_TOO, KO_CASE)
    return bare != said or any(way.search(bare) for way in ways) or only_asks(text)


def names_nothing(text: str) -> bool:
    """True for "how long does it take?" and "그럼 며칠 걸려요?": whatever answers it by itself is of some other matter."""
    bare = ENDS.sub("", without_opening(text).lower())
    if is_latin(bare):
        words = EN_WORD.findall(bare)
        return len(words) > 1 and all(map(EN_NOTHING.fullmatch, words))
    words = bare.replace(",", " ").split()
    return any(map(KO_ASKING.fullmatch, words)) and all(map(KO_NOTHING.fullmatch, words))


def only_asks(text: str) -> bool:
    """Whether Korean asks after something done and names nothing it is done to: 언제 들어와요, 그럼 어떻게 바꿔요."""
    words = ENDS.sub("", without_opening(text)).split()
    asks = words[:-1]
    return any(map(KO_ASKING.fullmatch, asks)) and all(map(KO_ASKING_OR_BESIDE.fullmatch, asks))
