"""What a message says of people it does not want: "상담사 말고", "I don't want to talk to a person". It is no wish for one."""

from __future__ import annotations

import re

SOMEBODY_KO = r"(?:상담사|상담원|상담\s?직원|사람|인간|직원|담당자|책임자|관리자|매니저)(?:님|분)?"
WITH = r"(?:과|와|이랑|랑|하고|한테|에게|께|을|를|은|는|으로|로)?"
TALKING = r"(?:직접\s?)?(?:이야기|얘기|말씀|말|대화|통화|전화|채팅|상담|문의|물어|묻|여쭤|연결|전달)"
DOING = (
    r"(?:을|를|은|는|이)?\s?"
    r"(?:하기|하지|하고|할|하는\s?거|받기|받지|받고|받을|보기|보지|보고|볼|해\s?주지|나누기|나누지|나누고|드리기|드리지|지|기|고)?(?:는|도|가)?"
)
# "연결 안 해 줘요" and "연결이 안 돼요" complain that nobody comes: those stay wishes.
REFUSED_KO = (
    r"(?:말고|마세요|마요|마라|싫|귀찮|부담스|없이|싶지\s?(?:는\s?)?않|원(?:하지|치)\s?(?:는\s?)?않|않(?:고|아도|을래)|(?:이|가)?\s?필요(?:가|는|도)?\s?없|"
    r"(?<=[은는])\s?(?:됐|괜찮)(?!\S*\?)|안\s?(?:하고|할래|할게|해도|해\s?(?:주셔도|줘도)|받고|받을래|거치고|통하고|원해|원합))"
)
KOREAN = rf"{SOMEBODY_KO}\s?{WITH}\s?(?:{TALKING}{DOING}\s?)?{REFUSED_KO}\S*"

SOMEBODY = (
    r"(?:(?:an?|the|any|your|some|another)\s)?(?:(?:real|live|actual|human|customer|service|support)\s)*"
    r"(?:persons?|people|humans?|(?:human\s)?agents?|someone|somebody|anyone|anybody|reps?|representatives?|operators?|staff)\b"
)
REACHING = (
    r"(?:(?:talk|speak|chat)(?:ing)?\s(?:to|with)|(?:call|phone|contact|ask|reach)(?:ing)?|(?:get|give|send)\sme|"
    r"(?:be\s|being\s)?(?:connect|transfer|put)(?:ed|red|ing|ring)?\s(?:me\s|us\s)?(?:through\s|over\s)?(?:to|with))\s"
)
NOT = r"(?:do(?:n'?t|\snot)|would(?:n'?t|\snot)|no\slonger|never)\s(?:(?:really|actually|even|just)\s)*"
ENGLISH = "|".join(
    (
        rf"\b{NOT}(?:want|wanna|need|wish|like|care|have)\s(?:you\s)?(?:to\s)?(?:have\sto\s)?(?:{REACHING})?{SOMEBODY}",
        # "you don't connect me", "why don't you": those complain that nobody comes.
        rf"(?<!you\s)(?<!they\s)(?<!why\s)\bdo(?:n'?t|\snot)\s(?:just\s)?{REACHING}{SOMEBODY}",
        rf"\b(?:(?:rather|prefer|please|better)\snot\s(?:to\s)?|without\s|no\sneed\s(?:for\s|of\s|to\s)?)(?:{REACHING})?{SOMEBODY}",
        rf"\bdo\si\s(?:have|need)\s(?:to\s)?(?:{REACHING})?{SOMEBODY}",
        # "there is no agent", "this is not a person", "no person here": so does this.
        rf"(?<!there\s)(?<!there's\s)(?<!is\s)(?<!are\s)(?<!'re\s)(?<!have\s)(?<!got\s)(?<!get\s)(?<!why\s)\b(?:not|no(?!\san?\s))\s{SOMEBODY}"
        r"(?!\s(?:here|there|is|are|available|around|answer|who)\b)",
    )
)
REFUSED = re.compile(f"{KOREAN}|{ENGLISH}", re.IGNORECASE)


def without_refused(text: str) -> str:
    """The message without those it refuses, its spaces single and its apostrophes straight.

    >>> without_refused("상담사 말고 책임자 바꿔 주세요"), without_refused("No need for an agent, just tell me")
    ('책임자 바꿔 주세요', ', just tell me')
    """
    return REFUSED.sub(" ", " ".join(text.replace("\u2019", "'").split())).strip()
