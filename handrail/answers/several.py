"""Two questions in one get two answers, each quoted from its own article; where not all are sure, the choices of both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from handrail.answers.asks import Ask
from handrail.answers.bands import CHOICES
from handrail.answers.parts import parts_of, told_of
from handrail.answers.results import Hit, Part, Result


@dataclass(frozen=True)
class Said:
    """What one part finds: its article with the words quoted, where that is sure enough, and what may be meant."""

    answer: Hit | None = None
    choices: list[Hit] = field(default_factory=list)


Asks = Callable[[str], Said]


def in_parts(question: str, result: Result, ask: Asks) -> Result:
    """The result, or what the parts of the question find, where it has parts and these find more.

    Several answers, where each part has its own; else what answers one part with the choices of the others beside it, or
    the choices of the parts together.
    """
    asked = parts_of(question)
    said = [ask(text) for text in asked] if len(asked) > 1 else []
    if said and (answered := _answered(asked, said, result)):
        return answered
    if result.answer:
        return _beside_the_others(result.answer, said, result)
    told = [] if said else told_of(question)
    return _offered(said or ([ask(text) for text in told] if len(told) > 1 else []), result)


def _answered(asked: list[str], said: list[Said], result: Result) -> Result | None:
    """An answer of several sources; None unless every part is answered as surely as a whole question would have to be.

    Each by another article, and each by one that the whole question led to as well.
    """
    led_to = {hit.article for hit in result.considered}
    parts = [Part(text, each.answer) for text, each in zip(asked, said, strict=True) if each.answer]
    named = {part.answer.article for part in parts}
    if len(parts) < len(asked) or len(named) < len(parts) or not named <= led_to:
        return None
    if result.answer and result.answer.article not in named:
        return None
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


def _beside_the_others(answer: Hit, said: list[Said], result: Result) -> Result:
    """The answer of the whole, which may be one part's alone, with the first choice of each part that leads elsewhere.

    Where no part is sure of that answer by itself, it is a choice with the others.
    """
    others = [each.choices[0] for each in said if each.choices and each.choices[0].article != answer.article]
    if not others:
        return result
    if any(each.answer and each.answer.article == answer.article for each in said):
        hits = {hit.article: hit for hit in [*others, *result.choices]}
        return replace(result, choices=list(hits.values())[:CHOICES])
    own = Said(choices=[hit for hit in result.considered if hit.article == answer.article])
    is_theirs = any(hit.article == answer.article for each in said for hit in each.choices)
    return _offered(said if is_theirs else [own, *said], replace(result, answer=None))


def _offered(said: list[Said], result: Result) -> Result:
    """The choices of all parts, the first of each before the second of any; the result where no two parts lead apart."""
    found = [each.choices for each in said if each.choices]
    led_apart = len({each[0].article for each in found}) > 1
    if not found or not (led_apart or result.outcome == Ask.Outcome.HANDOVER):
        return result
    rows = [each[at] for at in range(CHOICES) for each in found if at < len(each)]
    by_article: dict[int, Hit] = {}
    for hit in rows:
        by_article.setdefault(hit.article, hit)
    hits = list(by_article.values())[:CHOICES]
    first = {hit.article for hit in hits}
    others = [hit for hit in result.considered if hit.article not in first]
    return replace(
        result,
        outcome=Ask.Outcome.CHOICES,
        choices=hits,
        considered=[*hits, *others],
    )
