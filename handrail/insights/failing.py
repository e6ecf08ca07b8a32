"""The articles that failed most readers of the last 28 days, kept so that every page may name one."""

from __future__ import annotations

from django.db import models, transaction

from handrail.accounts.models import Role
from handrail.accounts.viewer import Viewer
from handrail.core import clock
from handrail.insights.readers import failing
from handrail.insights.searching import lately
from handrail.knowledge.models import Article

DAYS = 28
KEPT = 50
FAILED_AT_LEAST = 5  # readers, before an article is a task
EVERYTHING = Viewer(role=Role.ADMIN)


class FailingArticleQuerySet(models.QuerySet["FailingArticle"]):
    def visible_to(self, viewer: Viewer) -> FailingArticleQuerySet:
        if "knowledge.write" not in viewer.rights:
            return self.none()
        return self.filter(article__in=Article.objects.visible_to(viewer))


class FailingArticle(models.Model):
    """`failed` counts readers who said that it did not help or asked a person after reading."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="+")
    failed = models.PositiveIntegerField()
    at = models.DateTimeField(default=clock.now)

    objects = FailingArticleQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.article_id}: {self.failed}"


@transaction.atomic
def keep_failing() -> int:
    """Find them anew. Returns how many there are."""
    found = [each for each in failing(EVERYTHING, lately(DAYS)) if each.failed >= FAILED_AT_LEAST][:KEPT]
    FailingArticle.objects.all().delete()
    FailingArticle.objects.bulk_create(
        FailingArticle(article_id=each.article, failed=each.failed) for each in found
    )
    return len(found)
