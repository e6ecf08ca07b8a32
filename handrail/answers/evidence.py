"""What people do with an answer, as weighted verdicts on their question: clicks, votes, solutions, asking again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from handrail.accounts.viewer import Viewer
from handrail.answers import learn
from handrail.answers.asks import Ask
from handrail.answers.bands import CHOICES
from handrail.answers.labels import Evidence, Label
from handrail.core import clock
from handrail.core.actors import Actor
from handrail.knowledge.models import Article
from handrail.workspace.locales import LOCALES

WEIGHTS = {
    Evidence.EDITOR: 1.0,
    Evidence.RESOLVED: 1.0,
    Evidence.SENT: 0.7,
    Evidence.SOLVED: 0.7,
    Evidence.REFUSED: 0.7,
    Evidence.HELPFUL: 0.5,
    Evidence.CLICKED: 0.3,
    Evidence.AGAIN: -0.3,
    Evidence.UNHELPFUL: -0.5,
}
A_DAY_MAX = 20  # verdicts of one voice on one article
AGAIN_WITHIN = timedelta(minutes=10)
RATED_WITHIN = timedelta(minutes=30)  # of the question that led to the article


@transaction.atomic
def keep(ask: Ask, article: Article | None, kind: Evidence, *, by: Actor) -> Label | None:
    """Keep what somebody's deed says of their question; None where their voice has said enough today."""
    giver = f"{by.kind}:{by.id}" if by.id is not None else ask.asker_key or f"{by.kind}:"
    if _is_over(giver, ask.place, article):
        return None
    return learn.confirm_all(
        [
            learn.Verdict(
                ask.wording_for(article),
                article,
                ask.locale,
                channel=ask.channel,
                audience=article.audience_key if article else "public",
                weight=WEIGHTS[kind],
                evidence=kind,
                giver=giver,
                place=ask.place,
            )
        ],
        by=by,
    )[0]


def keep_sent(question: str, article: Article, kind: Evidence, *, locale: str, by: Actor) -> Label:
    """Keep that a colleague sent an article to whoever asked this."""
    verdict = learn.Verdict(
        question,
        article,
        locale if locale in LOCALES else LOCALES[0],
        channel="desk",
        audience=article.audience_key,
        weight=WEIGHTS[kind],
        evidence=kind,
    )
    return learn.confirm_all([verdict], by=by)[0]


def rated(article: Article, viewer: Viewer, *, is_helpful: bool) -> None:
    """A reader says whether an article helped: a vote on the question that led them to it, where there was one."""
    if viewer.is_staff:
        return
    if ask := asked_before(article, key=viewer.voice, place=viewer.place):
        ask.rate(article, is_helpful=is_helpful, by=viewer)


def asked_before(article: Article, *, key: str, place: str) -> Ask | None:
    """The question by which this reader came to the article a moment ago: of their own key, or else of their place."""
    if not key and not place:
        return None
    mine = {"asker_key": key} if key else {"place": place}
    lately = Ask.objects.filter(at__gte=clock.now() - RATED_WITHIN, **mine).order_by("-pk")[:20]
    return next((ask for ask in lately if article.pk in [offered for offered, _chance in ask.offered]), None)


def asked_again() -> int:
    """Keep of the last day's answers those after which the same asker asked on within ten minutes. Returns how many.

    It is safe to run again: a voice says the same thing once.
    """
    count = 0
    for before, _ask in asked_on(since=clock.now() - timedelta(days=1)):
        article = Article.objects.filter(pk=before.offered[0][0]).first()
        if article and keep(before, article, Evidence.AGAIN, by=Actor(before.asker_kind, before.asker_id)):
            count += 1
    return count


def asked_on(*, since: datetime) -> Iterator[tuple[Ask, Ask]]:
    """Each answer after which the same asker asked on within ten minutes, with what they asked then."""
    asks = (
        Ask.objects.filter(at__gte=since)
        .exclude(asker_key="")
        .exclude(asker_kind="staff")
        .order_by("asker_key", "at", "pk")
    )
    before = None
    for ask in asks.iterator():
        if before and _is_again(before, ask):
            yield before, ask
        before = ask


def _is_again(before: Ask, ask: Ask) -> bool:
    """Whether somebody asked the same in other words: what they were given is still among the first. Else it is another matter."""
    return (
        before.asker_key == ask.asker_key
        and before.outcome == Ask.Outcome.ANSWER
        and before.solved_by_id is None
        and bool(before.offered)
        and before.text != ask.text
        and before.offered[0][0] in [article for article, _chance in ask.offered[:CHOICES]]
        and ask.at - before.at <= AGAIN_WITHIN
    )


def _is_over(giver: str, place: str, article: Article | None) -> bool:
    """Whether who speaks, or where from, has had today's say on an article: one person from ever new places has it once."""
    lately = Label.objects.standing().filter(at__gte=clock.now() - timedelta(days=1), article=article)
    voice = Q(giver=giver)
    if place:
        nameless = giver.endswith(":")  # of those, each place is a voice
        voice = Q(place=place) if nameless else voice | Q(place=place)
    return lately.filter(voice).count() >= A_DAY_MAX
