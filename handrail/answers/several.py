"""Two questions in one get two answers, each quoted from its own article; all of them, or the question stays whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from handrail.answers.asks import Ask
from handrail.answers.parts import parts_of
from handrail.answers.results import Hit, Part, Result

# What answers one part: its article with the words quoted, or None where that is not sure enough.
Answerer = Callable[[str], Hit | None]


def in_parts(question: str, result: Result, answered: Answerer) -> Result:
    """The result, or an answer of several sources where each part of the question has its own.

    It stays as it is unless every part is answered as surely as a whole question would have to be, each by another
    article, and each by one that the whole question led to as well. An answer that none of the parts gives stands too.
    """
    asked = parts_of(question)
    led_to = {hit.article for hit in result.considered}
    if len(asked) < 2 or len(led_to) < len(asked):
        return result
    parts: list[Part] = []
    for text in asked:
        hit = answered(text)
        if hit is None or hit.article not in led_to or hit.article in {part.answer.article for part in parts}:
            return result
        parts.append(Part(text, hit))
    named = {part.answer.article for part in parts}
    if result.answer and result.answer.article not in named:
        return result
    return replace(
        result,
        outcome=Ask.Outcome.ANSWER,
        answer=parts[0].answer,
        parts=parts,
        choices=[hit for hit in result.choices if hit.article not in named],
        considered=[
            *(part.answer for part in parts),
            *(hit for hit in result.considered if hit.article not in named),
        ],
    )
