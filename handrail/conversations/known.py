"""Known issues: problems that are not over, for a conversation that looks like one case more of them."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from handrail.accounts.viewer import Viewer
from handrail.conversations.conversation import Conversation
from handrail.conversations.labels import Type
from handrail.conversations.links import Link
from handrail.conversations.status import UNSOLVED
from handrail.conversations.words import numbers_like

LIKE_MOST = 60  # conversations like the text: a problem is known by its own words and by those of its cases
KNOWN_MOST = 3


class KnownIssue(NamedTuple):
    """An open problem. `cases`: how many conversations the viewer sees hang on it."""

    number: int
    subject: str
    status: str
    cases: int


def known_issues(text: str, *, viewer: Viewer, but: Conversation, most: int = KNOWN_MOST) -> list[KnownIssue]:
    """Open problems that are likely what `text` is about, by their own words or those of a case, the likeliest first.

    but  the conversation the text is of; the problem it hangs on already is left out
    """
    place = {number: at for at, number in enumerate(numbers_like(text, most=LIKE_MOST, but=but.pk))}
    if not place:
        return []
    seen = Conversation.objects.visible_to(viewer)
    problems = seen.filter(type=Type.PROBLEM, status__in=UNSOLVED, merged_into=None)
    problems = problems.exclude(pk=but.pk).exclude(links_down__in=_cases().filter(other=but))
    cases = _cases().filter(one__in=problems, other__in=seen.filter(pk__in=place))
    best = {number: place[number] for number in problems.filter(pk__in=place).values_list("pk", flat=True)}
    for problem, case in cases.values_list("one", "other"):
        best[problem] = min(place[case], best.get(problem, place[case]))
    chosen = sorted(best, key=lambda number: (best[number], number))[:most]
    hanging = Count("links_down", filter=Q(links_down__in=_cases().filter(other__in=seen)))
    rows = problems.filter(pk__in=chosen).annotate(cases=hanging)
    found = {row[0]: KnownIssue(*row) for row in rows.values_list("pk", "subject", "status", "cases")}
    return [found[number] for number in chosen if number in found]


def _cases() -> QuerySet[Link]:
    return Link.objects.filter(kind=Link.Kind.INCIDENT)
