"""Now and then the third choice is an article from further down, so that what the order never shows can be found right.

Where an engine learns from what people press, it hears only of what it shows, and an article it wrongly puts fourth stays
there. So of a few questions in a hundred that are offered choices, the last place goes to one of the articles after it
that may well be meant, the likelier the oftener; what people then press is learned like any press. An answer is never
touched, nor the first two choices, nor what was put in order by something else than the engine's guess.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings

from handrail.answers.asks import Ask
from handrail.answers.bands import CHOICES
from handrail.answers.results import Result
from handrail.core import clock
from handrail.core.events.models import Event

# Where people choose; programs and colleagues get what is likeliest.
WHERE = ("portal", "chat")
COUNTED = timedelta(days=30)
COUNTED_MAX = 2_000  # questions, the newest


@dataclass(frozen=True)
class Explored:
    """How often an article from further down stood among the choices lately, and how often it was the one pressed."""

    shown: int
    pressed: int


def look_further(result: Result, channel: str) -> Result:
    """The result, of some the last choice replaced by an article from further down, which `explored` then names."""
    further = result.worth_naming()[CHOICES:]
    is_plain = result.choices == result.considered[:CHOICES] and len(result.choices) == CHOICES
    if result.outcome != Ask.Outcome.CHOICES or channel not in WHERE or not (is_plain and further):
        return result
    if random.random() * 100 >= settings.EXPLORE_PERCENT:
        return result
    taken = random.choices(further, weights=[hit.confidence for hit in further])[0]
    return replace(result, choices=[*result.choices[:-1], taken], explored=taken.article)


def explored() -> Explored:
    """Of the last 30 days."""
    asks = Ask.objects.filter(explored__isnull=False, at__gte=clock.now() - COUNTED).order_by("-pk")
    taken = dict(asks.values_list("pk", "explored_id")[:COUNTED_MAX])
    opened = Event.objects.filter(
        subject_type=Ask._meta.label_lower, subject_id__in=list(taken), verb="ask.opened"
    ).values_list("subject_id", "data__article")
    pressed = {pk for pk, article in opened if taken[pk] == article}
    return Explored(len(taken), len(pressed))
