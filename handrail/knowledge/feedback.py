"""Did this help? What readers say of an article, and how often it is read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import models, transaction
from django.db.models import F, Sum

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.articles import Article
from handrail.workspace.locales import LocaleField

RECENTLY = timedelta(days=30)


class Feedback(models.Model):
    """One reader's verdict on one text."""

    class Reason(models.TextChoices):
        NOT_MY_QUESTION = "not_my_question"
        UNCLEAR = "unclear"
        WRONG = "wrong"
        OUTDATED = "outdated"
        OTHER = "other"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="feedback")
    locale = LocaleField()
    is_helpful = models.BooleanField()
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    text = models.CharField(max_length=1000, blank=True)
    # A random key of the reader's browser or their person id: one verdict each, the last one counts.
    reader = models.CharField(max_length=40)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "locale", "reader"], name="one_verdict_a_reader")
        ]
        indexes = [
            models.Index(fields=["article", "at"], name="feedback_of_article"),
            models.Index(fields=["reader", "at"], name="feedback_of_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {'+' if self.is_helpful else '-'}"


class Reading(models.Model):
    """Reads of one text on one day."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="readings")
    locale = LocaleField()
    day = models.DateField()
    reads = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "locale", "day"], name="reads_counted_a_day")
        ]
        indexes = [models.Index(fields=["day"], name="readings_by_day")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day}"


@transaction.atomic
def give(
    article: Article,
    *,
    locale: str,
    is_helpful: bool,
    reader: str,
    by: CanAct,
    reason: str = "",
    text: str = "",
) -> Feedback:
    """Record a reader's verdict; a second one by the same reader replaces the first."""
    verdict = {"is_helpful": is_helpful, "reason": reason, "text": text.strip()[:1000], "at": clock.now()}
    row, _made = Feedback.objects.update_or_create(
        article=article, locale=locale, reader=reader, defaults=verdict
    )
    record("article.rated", article, by=by, locale=locale, is_helpful=is_helpful, reason=reason)
    return row


def not_helped(articles: Iterable[int], *, reader: str) -> set[int]:
    """Those of the articles of which this reader said that they did not help."""
    said = Feedback.objects.filter(article__in=list(articles), reader=reader, is_helpful=False)
    return set(said.values_list("article", flat=True)) if reader else set()


def count_read(article_id: int, *, locale: str, times: int = 1) -> None:
    """Add to today's reads. A count, not a fact: nothing is recorded on the ledger."""
    today = clock.now().date()
    row, _made = Reading.objects.get_or_create(article_id=article_id, locale=locale, day=today)
    Reading.objects.filter(pk=row.pk).update(reads=F("reads") + times)


def reads_lately(articles: Iterable[int]) -> dict[int, int]:
    """article id -> reads in the last 30 days, all languages; absent where there were none."""
    since = (clock.now() - RECENTLY).date()
    found = Reading.objects.filter(article__in=list(articles), day__gte=since)
    return dict(found.values_list("article").annotate(total=Sum("reads")).order_by())


def helped_lately(articles: Iterable[int]) -> dict[int, int]:
    """article id -> how many people it helped in the last 30 days; absent where none said so."""
    found = Feedback.objects.filter(
        article__in=list(articles), is_helpful=True, at__gte=clock.now() - RECENTLY
    )
    return dict(found.values_list("article").annotate(total=models.Count("pk")).order_by())
