"""Choices that are typed instead of pressed: by their place in the list, or by a yes to the only one.

(three choices)   2번이요, the second one, 마지막 거   ->  as if it had been pressed
(one choice)      네                                  ->  the same
(three choices)   네                                  ->  asked which
"""

from __future__ import annotations

import re
from typing import Any

from handrail.answers.says_yes import says_yes
from handrail.conversations.messages import Message
from handrail.core.actors import Actor
from handrail.intake.last_ask import last_ask
from handrail.intake.said_before import said_before
from handrail.intake.second_try import OFFERS_PERSON, listed_in
from handrail.knowledge.models import Article

READ_CHARS_MAX = 40
FROM_THE_TOP = {
    **dict.fromkeys(["첫", "일", "맨위", "제일위", "first", "1st", "one", "top"], 1),
    **dict.fromkeys(["두", "둘", "second", "2nd", "two"], 2),
    **dict.fromkeys(["세", "셋", "삼", "third", "3rd", "three"], 3),
    **dict.fromkeys(["네", "넷", "사", "fourth", "4th", "four"], 4),
    **dict.fromkeys(["다섯", "fifth", "5th", "five"], 5),
    **dict.fromkeys(["마지막", "맨아래", "맨밑", "제일아래", "last", "bottom"], -1),
}
KOREAN = re.compile(
    r"(?:(?:(?P<number>[1-9])\s*(?:번\s*째?|\)|\.)?|(?P<native>첫|두|둘|세|셋|네|넷|다섯)\s*(?:번\s*)?째|(?P<sino>[일삼사])\s*번|(?P<end>마지막|(?:맨|제일)\s*(?:위|아래|밑)))"
    r"\s*(?:에?\s*(?:있는\s*)?)?(?:거|것|꺼|글|걸|항목|선택지)?(?:로|으로|이|를|을)?\s*(?:요|이요|이에요|예요|입니다|할게요|주세요|보여\s*주세요|보여\s*줘|맞아요|같아요)?)[\s.!~]*"
)
SEVERAL = re.compile(
    r"(둘|셋|세\s?개|전부|모두)\s*(다|모두)?\s*(요|궁금해요|알려\s*주세요|볼래요|보여\s*주세요)?[\s.!~]*|(both|all)(\s+of\s+(them|these|those))?(\s+please)?[\s.!]*",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"(?:(?:it['’]?s|i\s+(?:mean|want)|show\s+me|yes,?)\s+)?(?:the\s+)?(?:(?:number|option|choice|no\.?|#)\s*)?"
    r"(?P<word>[1-9]|first|second|third|fourth|fifth|last|top|bottom|1st|2nd|3rd|4th|5th|(?<=number\s)(?:one|two|three|four|five)|(?<=option\s)(?:one|two|three|four|five))"
    r"(?:\s+(?:one|article|option|choice|link))?(?:[\s,]+(?:please|pls))?[\s.!]*",
    re.IGNORECASE,
)


def place_in_list(text: str) -> int:
    """From 1; -1 for the last; 0 where the words point at none.

    >>> place_in_list("2번이요"), place_in_list("the second one"), place_in_list("마지막 거"), place_in_list("2개 샀어요")
    (2, 2, -1, 0)
    """
    said = text.strip()
    if not said or len(said) > READ_CHARS_MAX:
        return 0
    found = KOREAN.fullmatch(said) or ENGLISH.fullmatch(said)
    if found is None:
        return 0
    word = "".join(next(filter(None, found.groupdict().values())).lower().split())
    return int(word) if word.isdecimal() else FROM_THE_TOP[word]


def point(message: Message) -> bool:
    """Keep the choice that these words point at, as pressing it does. False where they point at none of those that stand there."""
    place, is_yes = place_in_list(message.text), says_yes(message.text)
    listed = listed_in(_standing(message)) if place or is_yes else []
    if is_yes and len(listed) == 1:
        place = 1
    if not place or place > len(listed):
        return False
    article = Article.objects.filter(pk=listed[place - 1 if place > 0 else -1]).first()
    if article is None:
        return False
    if ask := last_ask(message.conversation):
        ask.open(article, by=Actor(message.author_kind, message.author_id))
    message.data = {**message.data, "choice": article.pk}
    message.save(update_fields=["data"])
    return True


def asked_which(message: Message) -> dict[str, Any] | None:
    """What the last turn offered, where these words say yes to several choices, or want them all, and so name none; else None."""
    if not says_yes(message.text) and not SEVERAL.fullmatch(message.text.strip()):
        return None
    said = _standing(message)
    return said if len(listed_in(said)) > 1 and not said.get(OFFERS_PERSON) else None


def _standing(message: Message) -> dict[str, Any]:
    """The bot's newest turn; where it found nothing, the one before, whose choices still stand there."""
    return next((data for data in said_before(message, 2) if data.get("code") != "handover"), {})
