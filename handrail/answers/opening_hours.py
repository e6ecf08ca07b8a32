"""When people are there, asked as a question: answered from the workspace's opening hours, in the words of the rail.

Told by whole words: every word must be of opening hours, so that "배송은 몇 시까지 해요" is not one.
"""

from __future__ import annotations

import re

from django.utils import translation
from django.utils.translation import gettext as _

from handrail.channels.reached import hours_of, teams_of
from handrail.conversations.expect import expect
from handrail.workspace.models import Brand

READ_CHARS_MAX = 100
UNSEEN = "\u2060"  # keeps "9 am–6 pm" on one line of a page
# Korean. Who or what is open, and what only somebody can do just now; a call has a length too, so it is of the second.
KO_OPEN = r"고객\s?센터|콜\s?센터|상담\s?센터|고객\s?상담|채팅\s?상담|전화\s?상담|상담|문의|영업|업무|근무|운영|고객\s?지원"
KO_NOW = rf"{KO_OPEN}|통화|전화|연락|연결|채팅|사람|직원|상담사|상담원|담당자|누가|누구"
KO_DAY = r"지금|현재|오늘|내일|모레|주말|평일|[월화수목금토일]요일|공휴일|휴일|명절|연휴|설날?|추석|점심|아침|저녁|새벽|밤|야간"
KO_TIME = r"몇시|시간대?|언제"
KO_ENDS = (
    r"(?:이나|에서|까지|부터|에도|에는|에|은|는|이|가|을|를|도|만|님|께서|께|이랑|랑|하고|과|와|의|로|으로)*"
)
KO_DOES = r"(?:하|해|했|되|돼|된|될|할|열|여는|연|닫|쉬|쉰|가능|있|계|끝|시작|받|이용|일하|일해|어떻게|알려|알고|궁금|가르쳐|주세요|주실|줘|싶|인가|이에|예요|이야|언제|정도|혹시|저기|안녕|끊|종료|마감|오픈)\S*|에요|요|여기|거기|거기는|회사"
KO_WORD = re.compile(
    rf"(?:{KO_NOW}|{KO_DAY}|{KO_TIME})(?:{KO_NOW}|{KO_DAY}|{KO_TIME})*{KO_ENDS}(?:{KO_DOES})?|{KO_DOES}"
)
KO_ASKS = re.compile(
    rf"(?:{KO_OPEN})\S*\s?(?:\S+\s)*?(?:{KO_TIME})|(?:{KO_TIME})\S*\s(?:\S+\s)*?(?:{KO_OPEN})"
    rf"|몇시(?:까지|부터|에)\s?\S*(?:하|해|열|여|닫|끝|시작|문|오픈|마감|일)"
    rf"|(?:{KO_DAY})\S*\s?(?:\S+\s)*?(?:(?:{KO_NOW})\S*\s?\S*(?:하|해|되|돼|될|가능|있|계|받|중|열|쉬)|열|여[나는]|쉬|쉽)"
)
# English.
EN_ASKS = re.compile(
    r"\b(?:opening|business|office|support|service|working|operating|contact|chat|your|the)\s+(?:hours|times)\b"
    r"|\bhours of (?:operation|business)\b"
    r"|\b(?:what time|when|until when|how late|how long)\b.*\b(?:open|opening|close|closed|available|there|around|online|working)\b"
    r"|\b(?:are|is|will)\b.*\b(?:open|closed|available|there|around|online|working)\b"
)
EN_WORDS = frozenset(
    ["a", "an", "and", "any", "anybody", "anyone", "are", "around", "at", "available", "be", "business", "call", "can", "chat", "close", "closed", "closing", "contact", "customer", "customers", "day", "days", "desk", "do", "does", "eve", "evening", "everyday", "for", "from", "have", "help", "holiday", "holidays", "hour", "hours", "how", "i", "in", "is", "know", "late", "line", "long", "lunch", "me", "monday", "mondays", "morning", "my", "night", "now", "of", "office", "on", "online", "open", "opening", "operating", "operation", "or", "people", "person", "phone", "please", "public", "reach", "right", "saturday", "saturdays", "service", "services", "somebody", "someone", "staff", "still", "sunday", "sundays", "support", "talk", "team", "tell", "the", "there", "these", "they", "thursday", "till", "time", "times", "to", "today", "tomorrow", "tonight", "tuesday", "until", "up", "us", "wednesday", "week", "weekday", "weekdays", "weekend", "weekends", "what", "what's", "whats", "when", "when's", "will", "work", "working", "you", "your", "friday", "fridays", "agent", "agents", "during", "hi", "hello"]
)  # fmt: skip
ENGLISH = re.compile(r"[a-z]+(?:'[a-z]+)?")
MARKS = re.compile(r"[\s?？!.~,…·^ㅠㅜㅎㅋ]+")


def asks_hours(text: str) -> bool:
    """True for "몇 시까지 해요?", "지금 상담 되나요", "what are your opening hours"; False for whatever names something else."""
    if len(text) > READ_CHARS_MAX:
        return False
    said = MARKS.sub(" ", text.lower().replace("’", "'")).strip()
    if said.isascii():
        return bool(EN_ASKS.search(said)) and set(ENGLISH.findall(said)) <= EN_WORDS
    said = re.sub(r"몇\s?시", "몇시", said)
    return bool(KO_ASKS.search(said)) and all(KO_WORD.fullmatch(word) for word in said.split())


def hours_said(*, locale: str, zone: str, brand: int | None, is_named: bool = False) -> str:
    """Whether people are there now or from when, and their hours, in this language; "" where no hours are kept.

    zone      the reader's; "" where nobody knows it
    brand     whose people; the only one's, or the first's, without it
    is_named  names the zone of the hours where it is the reader's too
    """
    here = brand or Brand.objects.order_by("pk").values_list("pk", flat=True).first()
    teams = [team for team in (teams_of(here) if here else []) if team.hours]
    with translation.override(locale):
        hours = hours_of(teams, locale=locale)
        if not hours:
            return ""
        expected = expect(teams[0], channel="chat")
        lines = [expected.sentence(locale=locale, zone=zone, is_named=is_named)]
        lines += [
            _("%(team)s: %(hours)s") % {"team": each.name, "hours": each.told_to(zone, is_named=is_named)}
            if each.name
            else _("Opening hours: %(hours)s") % {"hours": each.told_to(zone, is_named=is_named)}
            for each in hours
        ]
        # These are words, for mail and for machines as well: nothing in them that no one sees.
        return "\n".join(lines).replace(UNSEEN, "")


def heading(locale: str) -> str:
    """What stands above those words in place of an article's title."""
    with translation.override(locale):
        return _("Opening hours")
