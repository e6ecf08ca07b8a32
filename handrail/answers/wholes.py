"""All the words of an article at once: a question that no single wording explains may be explained by all of them together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from django.db import models, transaction
from numpy.typing import NDArray

from handrail.accounts.viewer import Viewer
from handrail.answers.analysis.terms import unpack
from handrail.answers.entries import Entry
from handrail.knowledge.audiences import KEY_LENGTH_MAX, keys_of
from handrail.knowledge.models import Article, Topic
from handrail.workspace.locales import LocaleField

BATCH = 200  # articles


class WholeQuerySet(models.QuerySet["Whole"]):
    def visible_to(self, viewer: Viewer) -> WholeQuerySet:
        """Only words that the viewer may read, passage by passage."""
        return self.read_with(keys_of(viewer))

    def read_with(self, keys: frozenset[str]) -> WholeQuerySet:
        """As `visible_to`, of a viewer whose `keys_of` are known already."""
        return self.filter(audience__in=keys)


class Whole(models.Model):
    """The words of an article's published text in one language, as far as one audience reads them, each once."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    locale = LocaleField()
    audience = models.CharField(max_length=KEY_LENGTH_MAX)
    words = models.BinaryField(help_text="32-bit numbers of analysis/terms.py, in order")

    objects = WholeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "locale", "audience"],
                name="one_whole_an_article_a_language_and_an_audience",
            )
        ]

    def __str__(self) -> str:
        return f"words of article {self.article_id} in {self.locale}"

    def numbers(self) -> NDArray[np.uint32]:
        """The words as Corpus compares them."""
        return np.frombuffer(bytes(self.words), "<u4")


@transaction.atomic
def gather(article_ids: Iterable[int]) -> None:
    """Make the wholes of these articles be what their rows say now; past questions are no words of theirs."""
    ids = sorted(set(article_ids))
    for start in range(0, len(ids), BATCH):
        part = ids[start : start + BATCH]
        Whole.objects.filter(article__in=part).delete()
        rows = Entry.objects.filter(article__in=part, label=None)
        found: dict[tuple[int, int, str, str], list[NDArray[np.uint32]]] = defaultdict(list)
        columns = ("article_id", "article__topic_id", "locale", "audience", "terms")
        for article, topic, locale, audience, terms in rows.values_list(*columns):
            found[article, topic, locale, audience].append(unpack(bytes(terms))[0])
        Whole.objects.bulk_create(
            Whole(
                article_id=article,
                topic_id=topic,
                locale=locale,
                audience=audience,
                words=np.unique(np.concatenate(words)).astype("<u4").tobytes(),
            )
            for (article, topic, locale, audience), words in found.items()
        )


def missing() -> list[int]:
    """Articles that can be found and have no whole yet: those indexed before there were any."""
    known = Whole.objects.filter(article=models.OuterRef("article"))
    rows = Entry.objects.filter(models.Q(label=None), ~models.Exists(known), article__isnull=False)
    return list(rows.order_by().values_list("article_id", flat=True).distinct()[: 10 * BATCH])
