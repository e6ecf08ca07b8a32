"""Whether a text gives orders to a machine that reads it: then what a language model says of it is not believed."""

from __future__ import annotations

import re

ORDER = re.compile(
    r"(?:지시|명령|규칙|지침|프롬프트)\S*\s(?:\S+\s){0,3}?(?:무시|잊|따르지)|시스템\s?프롬프트"
    r"|\b(?:ignore|disregard|forget|override)\b[^.!?\n]{0,60}\b(?:instructions?|prompts?|rules|orders|above|previous)\b"
    r"|\bsystem prompt\b",
    re.IGNORECASE,
)
MACHINE = re.compile(
    r"인공\s?지능|언어\s?모델|챗봇|\b(?:AI|LLM|GPT\S*|chatbot|language model|assistant)(?![a-z])",
    re.IGNORECASE,
)
ASKS_OF_IT = re.compile(
    r"(?:세요|시오|해라|하라|할\s?것)(?![가-힣])|\b(?:must|should|say|reply|answer|tell|respond|write|output)\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"(?<=[.!?。])\s+|\n+")


def instructs(text: str) -> bool:
    """True for "인공지능은 이렇게 답하세요" and "ignore previous instructions"; in doubt too, for it costs a plainer sentence only."""
    if ORDER.search(text):
        return True
    return any(MACHINE.search(each) and ASKS_OF_IT.search(each) for each in SENTENCE_END.split(text))
