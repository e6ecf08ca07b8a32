"""What the questions of readers give an author to do, few and the most useful first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Value

from handrail.accounts.policy import can
from handrail.accounts.viewer import Viewer
from handrail.insights.failing import FailingArticle, FailingArticleQuerySet
from handrail.insights.gaps import Gap, GapQuerySet
from handrail.insights.links import BrokenLink

GAPS_MOST = 2
LATELY_AT_LEAST = 3  # people of the last 28 days, before a gap is a task
MOST = 4


@dataclass(frozen=True)
class Finding:
    """`kind`: gap, reply, failing or links; `subject` the id of the gap or article, 0 for links.

    title  of the gap; "" for the others
    count  people, conversations, readers failed or links
    """

    kind: str
    subject: int
    title: str
    locale: str
    count: int
    at: datetime


def findings(viewer: Viewer) -> list[Finding]:
    """At most four, in three queries: two gaps, the article of the viewer's or of nobody's that failed most, and the broken links."""
    if not can(viewer, "knowledge.write"):
        return []
    found = [
        Finding(
            "reply" if gap.kind == Gap.Kind.REPLY else "gap",
            gap.pk,
            gap.title,
            gap.locale,
            gap.people,
            gap.last_at,
        )
        for gap in _gaps(viewer).defer("center").ranked()[:GAPS_MOST]
    ]
    for failing in _failing(viewer).order_by("-failed", "pk")[:1]:
        found.append(Finding("failing", failing.article_id, "", "", failing.failed, failing.at))
    links = BrokenLink.objects.visible_to(viewer).aggregate(count=Count("pk"), since=Min("since"))
    if links["count"]:
        found.append(Finding("links", 0, "", "", links["count"], links["since"]))
    return found[:MOST]


def how_many(viewer: Viewer) -> int:
    """How many `findings` would give, in one query: for the count beside every page."""
    if not can(viewer, "knowledge.write"):
        return 0
    most = {"gaps": GAPS_MOST, "failing": 1, "links": 1}
    rows = {
        "gaps": _gaps(viewer),
        "failing": _failing(viewer),
        "links": BrokenLink.objects.visible_to(viewer),
    }
    counted: list[QuerySet[Any, Any]] = [
        each.order_by().values_list(Value(name)).annotate(n=Count("pk"))  # type: ignore[attr-defined]
        for name, each in rows.items()
    ]
    return min(MOST, sum(min(count, most[name]) for name, count in counted[0].union(*counted[1:])))


def _gaps(viewer: Viewer) -> GapQuerySet:
    shown = Gap.objects.visible_to(viewer).worth_showing()
    return shown.filter(state=Gap.State.OPEN, lately__gte=LATELY_AT_LEAST)


def _failing(viewer: Viewer) -> FailingArticleQuerySet:
    whose = Q(article__owner=viewer.user_id) | Q(article__owner=None)
    return FailingArticle.objects.visible_to(viewer).filter(whose)
