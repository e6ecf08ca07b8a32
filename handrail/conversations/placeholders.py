"""Placeholders of prepared texts: {{customer}} and the like, by their English or Korean name, with a particle if wanted.

{{고객}}, 안녕하세요. {{제목|을}} 확인했어요. {{제목}}을(를) 확인했어요.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from handrail.accounts.models import User
from handrail.conversations.conversation import Conversation
from handrail.core import clock
from handrail.workspace.formats import day, polite_name
from handrail.workspace.korean import PAIRS, stand_in, with_particle

WRITTEN = re.compile(r"\{\{\s*([\w가-힣]{1,20})\s*(?:\|\s*([가-힣]{1,3})\s*)?\}\}")
KOREAN = {
    "고객": "customer",
    "상담원": "agent",
    "번호": "number",
    "제목": "subject",
    "브랜드": "brand",
    "오늘": "today",
}
NAMES = (*KOREAN.values(), *KOREAN)
# What a customer without a name is called, in any sentence that a name would fit.
NAMELESS = {"ko": "고객님", "en": "customer"}
LOOKED_BACK = 40
BEGINS = re.compile(r"(?:^|[.!?]\s+|\n)[\s\W]*$")


def filled(text: str, conversation: Conversation, *, agent: User | None) -> str:
    """The text with every placeholder that has something to stand in it; in the customer's language and zone. Who gave no
    name is called as one calls a customer; a conversation that is not opened yet has no number."""
    return filled_with(text, _values(conversation, agent))


def filled_with(text: str, values: Mapping[str, str]) -> str:
    """The text with what there is in `values`, by the English names of placeholders."""

    def value_of(match: re.Match[str]) -> str | None:
        name, pair = match[1].lower(), match[2]
        value = values.get(KOREAN.get(name, name), "")
        if value == NAMELESS["en"] and BEGINS.search(
            text[max(0, match.start() - LOOKED_BACK) : match.start()]
        ):
            value = value.capitalize()
        if not value:
            return None
        return with_particle(value, pair) if pair in PAIRS else value

    return stand_in(WRITTEN, text, value_of)


def unfilled(text: str) -> list[str]:
    """The placeholders we know that still stand in a text, as they are written; a customer would read them."""
    found = WRITTEN.finditer(text)
    return list(dict.fromkeys(match[0] for match in found if match[1].lower() in NAMES))


def _values(conversation: Conversation, agent: User | None) -> dict[str, str]:
    locale, person = conversation.locale, conversation.requester
    # Of somebody who is not there yet the name may still be typed.
    nameless = NAMELESS.get(locale, NAMELESS["en"]) if person.pk else ""
    return {
        "customer": polite_name(person.name, locale=locale) if person.name else nameless,
        "agent": agent.name if agent else "",
        "number": f"#{conversation.number}" if conversation.pk else "",
        "subject": conversation.subject,
        "brand": conversation.brand.name(locale),
        "today": day(clock.now(), locale=locale, zone=person.zone),
    }
