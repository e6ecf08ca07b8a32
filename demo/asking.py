"""Eight weeks of questions: what people asked, what they were told, and what they did next. Always the same ones."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from demo.data import days_before, load
from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers.answer import answer
from handrail.answers.asks import Ask
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events.ledger import of_the_past
from handrail.insights import closing, collecting, failing, gathering, grouping, links
from handrail.insights.gaps import Gap
from handrail.knowledge.articles import Article

DAYS = 56
QUESTIONS = {"ko": 300, "en": 90}
COMMON = 45  # questions that come again and again, of each language
MISSED_SHARE = 0.22  # of the questions, those that nothing of ours answers
CHANNELS = ("portal",) * 7 + ("chat",) * 2 + ("api",)
SEED = 20_261_128


def ask_all(now: datetime) -> int:
    """Ask the questions, each at its own time, through the engine; open, solve and refuse as people do. Returns how many."""
    chance = random.Random(SEED)
    count = 0
    for locale, amount in QUESTIONS.items():
        for text in drawn(load(f"questions.{locale}.yaml"), amount, chance):
            # More lately than long ago, more on weekdays than at the weekend.
            moment = days_before(now, DAYS * chance.random() ** 1.3)
            if moment.weekday() >= 5 and chance.random() < 0.5:
                moment = days_before(moment, 2)
            with clock.at(moment), transaction.atomic(), of_the_past():
                ask(text, locale, chance)
            count += 1
    return count


def drawn(said: Sequence[dict[str, Any]], amount: int, chance: random.Random) -> list[str]:
    """`amount` questions: some asked often, most once, and a share that has no answer."""
    answered = [one["text"] for one in said if one["kind"] == "in"]
    missed = [one["text"] for one in said if one["kind"] == "near"]
    common = answered[:COMMON]
    often = [1 / (place + 2) for place in range(len(common))]
    found = []
    for _question in range(amount):
        if chance.random() < MISSED_SHARE:
            found.append(chance.choice(missed))
        elif chance.random() < 0.6:
            found.append(chance.choices(common, often)[0])
        else:
            found.append(chance.choice(answered))
    return found


def ask(text: str, locale: str, chance: random.Random) -> None:
    """One question by somebody unknown, and what they did with what they got."""
    viewer = Viewer(locale=locale)
    result = answer(text, viewer, locale=locale, channel=chance.choice(CHANNELS))
    kept = Ask.objects.get(key=result.ask)
    offered = [*([result.answer] if result.answer else []), *result.choices]
    article = Article.objects.filter(pk=offered[0].article).first() if offered else None
    if article is None:
        return
    luck = chance.random()
    if luck < 0.55:
        kept.open(article, by=STRANGER)
    if luck < 0.2:
        kept.solve(article, by=STRANGER)
    elif luck > 0.93:
        kept.refuse(by=STRANGER)


def look_into_it() -> int:
    """What the schedules would have made of it by now. Returns gaps."""
    gathering.gather()
    collecting.collect()
    found = len(grouping.group())
    closing.close_answered()
    # One of them was looked at: people are to answer it.
    if last := Gap.objects.worth_showing().ranked().last():
        last.dismiss(Gap.Reason.IN_PERSON, by=SYSTEM)
    failing.keep_failing()
    links.check_links()
    return found
