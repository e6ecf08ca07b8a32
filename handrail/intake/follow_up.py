"""A question that leans on the one before it (leaning.py), read together with that one where this finds more.

배송비 얼마예요?      그럼 해외는요?          ->  해외 배송비 얼마예요
How much is delivery?  And abroad?             ->  How much is delivery abroad
I want my money back   and how long does it take?  ->  I want my money back how long does it take

A topic alone may stand for the one before or for what was asked of it (비용은요 -> 해외 배송 비용); what finds more is meant.
What names nothing is never read alone where both together find anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from handrail.answers.after_shown import ASKS_NOTHING
from handrail.answers.analysis.grams import is_latin
from handrail.answers.bands import CHOICES
from handrail.answers.in_vain import in_vain
from handrail.answers.results import Hit, Result
from handrail.conversations.messages import Message
from handrail.intake.leaning import (
    ENDS,
    KO_TOO,
    KO_TOPIC,
    is_short,
    leans,
    names_nothing,
    only_asks,
    without_opening,
)
from handrail.intake.pleasantries import pleasantry

BACK_MAX = 3  # questions that lean on one another in a row
READ_MAX = 12  # messages looked through for the one before
# Where a Korean question begins to ask: what stands before it is what it is about.
KO_ASKED_OF = re.compile(
    r"(?:은|는|이|가|을|를)?\s+(?:얼마|며칠|몇|언제|어떻게|어떡|어디|어느|어떤|무엇|무슨|뭐|뭔|뭘|왜|누구|누가)"
)
MORE_LIKELY_THAN_NOT = 0.5
WORTH = {"handover": 0, "choices": 1, "answer": 2}

Asks = Callable[[str], Result]


def joined(text: str, before: str) -> str:
    """Both as one question."""
    said, first = " ".join(text.split()), ENDS.sub("", " ".join(before.split()))
    if is_latin(said):
        return f"{first} {ENDS.sub('', without_opening(said))}".strip()
    bare = without_opening(said)
    # A topic alone stands where its kind stood before: 해외는요 -> 해외 배송비 얼마예요.
    if topic := KO_TOPIC.search(bare) or KO_TOO.search(bare):
        return f"{topic['topic']} {first}"
    return f"{first} {bare}"


def readings(text: str, before: str) -> list[str]:
    """The ways both can be one question, the plainest first."""
    plain = joined(text, before)
    topic = None if is_latin(text) else KO_TOPIC.search(without_opening(text))
    asked_of = KO_ASKED_OF.search(before)
    if topic is None or asked_of is None:
        return [plain]
    return [plain, f"{before[: asked_of.start()]} {topic['topic']}"]


def before(message: Message) -> str:
    """The question this one may lean on, itself joined with what it leaned on; "" where there is none."""
    earlier = message.conversation.messages.filter(direction="in", seq__lt=message.seq).order_by("-seq")
    asked: list[str] = []
    for said in earlier[:READ_MAX]:
        if said.data.get("choice") or said.data.get("refused") or not said.text or pleasantry(said.text):
            continue
        rest = "" if said.data.get(ASKS_NOTHING) else in_vain(said.text)
        if rest == "":
            continue  # it asks nothing
        asked.append(rest or said.text)
        if (rest is None and not leans(said.text)) or len(asked) == BACK_MAX:
            break
    found = ""
    for text in reversed(asked):
        found = joined(text, found) if found else text
    return found


def meant(message: Message, ask: Asks) -> str:
    """The message's words, or those joined with the question before them where alone they find less.

    ask  what the engine would say, without keeping the question
    """
    text = message.text
    if not leans(text) or not (earlier := before(message)):
        return text
    if names_nothing(text):
        both, together = _read(text, earlier, ask)
        return text if together.outcome == "handover" else both
    alone = ask(text)
    if alone.outcome == "answer":
        return text
    both, together = _read(text, earlier, ask)
    is_better = WORTH[together.outcome] > WORTH[alone.outcome] or (
        together.outcome == alone.outcome and (_sure(alone) < MORE_LIKELY_THAN_NOT or only_asks(text))
    )
    is_surer = _sure(together) > _sure(alone)
    finds_nothing = alone.outcome == "handover"
    return both if is_better and is_surer and (finds_nothing or not is_told(message, together)) else text


def _read(text: str, earlier: str, ask: Asks) -> tuple[str, Result]:
    """The reading that finds most, and what: another than the plainest only where it leads elsewhere."""
    plain, *others = ((both, ask(both)) for both in readings(text, earlier))
    elsewhere = [each for each in others if _first(each[1]) != _first(plain[1])]
    return max([plain, *elsewhere], key=lambda each: (WORTH[each[1].outcome], _sure(each[1])))


def _first(result: Result) -> int:
    return result.considered[0].article if result.considered else 0


def _sure(result: Result) -> float:
    return result.considered[0].confidence if result.considered else 0.0


def is_told(message: Message, result: Result) -> bool:
    """Whether these very words were the bot's last, in whatever order: to say them again answers nothing."""
    return result.outcome == "answer" and sorted(_passages(result.text)) == sorted(_told_last(message))


def _told_last(message: Message) -> list[str]:
    told = message.conversation.messages.filter(author_kind="bot", seq__lt=message.seq).order_by("-seq")
    return _passages(told.values_list("text", flat=True).first() or "")


def _passages(text: str) -> list[str]:
    return text.split("\n\n")


def new_first(message: Message, result: Result) -> Result:
    """An answer of several passages, of which the bot's last words said some, with those that it did not say at its head.

    The windows of a chat fold what is long, and nobody reads on below what stands right above.
    """
    hit = result.answer
    if hit is None or result.parts or hit.quoted:
        return result
    new_ones_first = sorted(_passages(hit.text), key=_told_last(message).__contains__)
    return replace(result, answer=replace(hit, text="\n\n".join(new_ones_first)))


def offered(message: Message, result: Result, ask: Asks) -> Result:
    """What the message's words find by themselves, as far as it may be meant.

    An answer to what names nothing is a guess: it is a choice. Choices for a short question get the article beside them that
    answers it together with the one before, second, so that neither reading is lost.
    """
    text = message.text
    if result.outcome == "answer" and names_nothing(text) and before(message):
        return not_again(result)
    if result.outcome != "choices" or not is_short(text) or not (earlier := before(message)):
        return result
    together = ask(joined(text, earlier))
    return result if together.answer is None else _second(result, together.answer)


def _second(result: Result, hit: Hit) -> Result:
    """The choices with this article as the second of them; as they are where it is one of them, or no article."""
    if not hit.article or hit.article in {each.article for each in result.choices}:
        return result
    first, *others = result.choices
    considered = [
        first,
        hit,
        *(each for each in result.considered if each.article not in (first.article, hit.article)),
    ]
    return replace(result, choices=[first, hit, *others][:CHOICES], considered=considered)


def not_again(result: Result) -> Result:
    """What was just told as the first of the choices: its article may say more than what was quoted of it."""
    if result.answer is None:
        return result
    choices = [result.answer, *result.choices][:CHOICES]
    return replace(result, outcome="choices", answer=None, parts=[], choices=choices)
