"""Labels: short words colleagues sort articles by, across topics, and what readers of each language see in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.db import models, transaction

from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.workspace.locales import LOCALES
from handrail.workspace.models import Brand

LETTERS_MAX = 40
HANGUL = re.compile(r"[가-힣]")


def tidy(word: str) -> str:
    """The word without spaces that say nothing, as long as a label may be."""
    return " ".join(word.split())[:LETTERS_MAX]


class ArticleLabel(models.Model):
    """One word, written once; `articles` carry it. It stands in addresses, files and the API whatever readers see.

    names  {"en": "Cards"}: what readers of a language see; the word itself in those that are not there
    """

    name = models.CharField(max_length=LETTERS_MAX, unique=True)
    names = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def said(self, locale: str) -> tuple[str, str]:
        """(what readers of `locale` see, its language as far as somebody said it or its letters do, else "")."""
        named = self.names.get(locale, "")
        return (named, locale) if named else (self.name, "ko" if HANGUL.search(self.name) else "")

    @transaction.atomic
    def call(self, names: Mapping[str, str], *, by: CanAct) -> None:
        """Let readers see these names, by their language; an empty one is the word itself again."""
        told = {code: tidy(names.get(code, "")) for code in LOCALES}
        old, self.names = self.names, {code: name for code, name in told.items() if name}
        if old == self.names:
            return
        self.save(update_fields=["names"])
        record("label.called", self, by=by, old=old, new=self.names)
        for brand in Brand.objects.filter(products__topics__articles__labels=self).distinct():
            brand.touch()


class Labelled(models.Model):
    """Trait of an article, which has `labels`."""

    class Meta:
        abstract = True

    @transaction.atomic
    def label_as(self, names: Iterable[str], *, by: CanAct) -> None:
        """Carry these labels and no others; one nobody carried before is made."""
        wanted = sorted({tidy(name) for name in names} - {""})
        old = sorted(self.labels.values_list("name", flat=True))  # type: ignore[attr-defined]
        if old == wanted:
            return
        self.labels.set([ArticleLabel.objects.get_or_create(name=name)[0] for name in wanted])  # type: ignore[attr-defined]
        record("article.changed", self, by=by, field="labels", old=old, new=wanted)
        self.topic.product.brand.touch()  # type: ignore[attr-defined]
