"""What is counted of readers' questions: each number by its name, the sentence that says what it means, and its rows.

The condition is used twice, to count and to list, so that a number and the rows it opens to cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from handrail.answers.asks import Ask


@dataclass(frozen=True)
class Metric:
    """`condition` is on Journey; `is_good` says which way is better, None where neither is."""

    code: str
    name: Promise
    sentence: Promise
    condition: Q
    is_good: bool | None = None


METRICS = [
    Metric(
        "asked",
        _("Asked"),
        _(
            "Questions people sent: searches, messages to the assistant, mails it read, questions through the API. What is typed and not sent is not counted, nor is what colleagues ask."
        ),
        Q(),
    ),
    Metric(
        "answered",
        _("Answered"),
        _("An article was quoted as the answer."),
        Q(outcome=Ask.Outcome.ANSWER),
        is_good=True,
    ),
    Metric(
        "choices",
        _("Offered choices"),
        _("It was not clear what was meant, so articles were offered to choose from."),
        Q(outcome=Ask.Outcome.CHOICES),
    ),
    Metric(
        "nothing",
        _("Found nothing"),
        _("Neither an answer nor choices: nothing we have fits well enough."),
        Q(outcome=Ask.Outcome.HANDOVER),
        is_good=False,
    ),
    Metric(
        "opened",
        _("Opened an article"),
        _(
            "An article was opened from the results, or a choice was pressed in the chat. Counted where the browser runs scripts."
        ),
        Q(opened__isnull=False),
        is_good=True,
    ),
    Metric(
        "contacted",
        _("Asked a person afterwards"),
        _(
            "The form was sent or the chat was passed on to people with this question. A mail is written to people from the start and is not counted."
        ),
        Q(is_contacted=True),
        is_good=False,
    ),
    Metric(
        "solved",
        _("Said it is solved"),
        _("The person pressed that this solved it."),
        Q(is_solved=True),
        is_good=True,
    ),
]
BY_CODE = {metric.code: metric for metric in METRICS}
CODES = [metric.code for metric in METRICS]
