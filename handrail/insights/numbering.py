"""The numbers of gaps: how many people, how many lately, week by week, and the rank that follows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from handrail.core import clock
from handrail.insights.cases import Case
from handrail.insights.gaps import LATELY, SENT_AT_LEAST, WEEKS, Gap
from handrail.insights.replies import title_of, words_of

BATCH = 200


class Told(NamedTuple):
    """What counts of a case."""

    asker: str
    at: datetime
    text_key: int
    text: str


EARLIER = 0.25  # what somebody counts who asked before the last 28 days
WEEK = timedelta(days=7)


def renumber(ids: Iterable[int]) -> int:
    """Count these gaps anew from their cases. Returns how many there were."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), BATCH):
        gaps = list(Gap.objects.filter(pk__in=wanted[start : start + BATCH]))
        cases: dict[int | None, list[Told]] = defaultdict(list)
        rows = Case.objects.filter(gap__in=gaps).order_by("at")
        for number, asker, at, key, text in rows.values_list("gap", "asker", "at", "text_key", "text"):
            cases[number].append(Told(asker, at, key, text))
        for gap in gaps:
            _count(gap, cases[gap.pk])
        Gap.objects.bulk_update(
            gaps, ["people", "cases_counted", "lately", "weeks", "score", "first_at", "last_at", "title"]
        )
    return len(wanted)


def renumber_all() -> int:
    """Every gap that may still be shown: what was asked a month ago counts less than it did."""
    return renumber(Gap.objects.exclude(state=Gap.State.DISMISSED).values_list("pk", flat=True))


def _count(gap: Gap, cases: list[Told]) -> None:
    now = clock.now()
    gap.cases_counted = len(cases)
    if not cases:
        gap.people = gap.lately = 0
        gap.score, gap.weeks = 0.0, [0] * WEEKS
        return
    newest = {case.asker: case.at for case in cases}
    gap.people = len(newest)
    gap.lately = sum(at > now - LATELY for at in newest.values())
    gap.score = gap.lately + EARLIER * (gap.people - gap.lately)
    weeks = [0] * WEEKS
    for week, _asker in {((now - case.at) // WEEK, case.asker) for case in cases}:
        if 0 <= week < WEEKS:
            weeks[WEEKS - 1 - week] += 1
    gap.weeks = weeks
    gap.first_at, gap.last_at = cases[0].at, cases[-1].at
    gap.title = _title(gap, cases)


def _title(gap: Gap, cases: list[Told]) -> str:
    if gap.kind == Gap.Kind.REPLY:
        return title_of(words_of(gap)) if gap.people >= SENT_AT_LEAST else ""
    # What most people said; of several the one of middling length, which says enough and not too much.
    counted = Counter(case.text_key for case in cases)
    most = max(counted.values())
    texts = sorted(
        {case.text_key: case.text for case in cases if counted[case.text_key] == most}.values(),
        key=lambda text: (len(text), text),
    )
    return texts[len(texts) // 2][:300]
