"""Labels: short words colleagues sort articles by, across topics."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models, transaction

from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

LETTERS_MAX = 40


class ArticleLabel(models.Model):
    """One word, written once; `articles` carry it."""

    name = models.CharField(max_length=LETTERS_MAX, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Labelled(models.Model):
    """Trait of an article, which has `labels`."""

    class Meta:
        abstract = True

    @transaction.atomic
    def label_as(self, names: Iterable[str], *, by: CanAct) -> None:
        """Carry these labels and no others; one nobody carried before is made."""
        wanted = sorted({" ".join(name.split())[:LETTERS_MAX] for name in names} - {""})
        old = sorted(self.labels.values_list("name", flat=True))  # type: ignore[attr-defined]
        if old == wanted:
            return
        self.labels.set([ArticleLabel.objects.get_or_create(name=name)[0] for name in wanted])  # type: ignore[attr-defined]
        record("article.changed", self, by=by, field="labels", old=old, new=wanted)
        self.topic.product.brand.touch()  # type: ignore[attr-defined]
