"""FAQ sets: chosen questions for one product and one audience."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from handrail.accounts.viewer import Viewer
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audienced, readable_by
from handrail.knowledge.nesting import placed, set_order
from handrail.knowledge.products import Named, NamedText, Product
from handrail.workspace.models import Brand


class FaqSetQuerySet(models.QuerySet["FaqSet"]):
    def visible_to(self, viewer: Viewer) -> FaqSetQuerySet:
        return self.filter(readable_by(viewer))

    def listed(self) -> FaqSetQuerySet:
        """Without those of a product that was put away."""
        return self.filter(product__put_away_at=None)


class FaqSet(Named, Audienced):
    """An ordered choice of articles, shown as questions with their answers."""

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="faq_sets")
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.CASCADE, related_name="faq_sets"
    )
    slug = models.SlugField(max_length=80, allow_unicode=True)
    position = models.PositiveIntegerField(default=0)
    articles = models.ManyToManyField(Article, through="FaqEntry", related_name="faq_sets")

    objects = FaqSetQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            *Audienced.Meta.constraints,
            models.UniqueConstraint(fields=["brand", "slug"], name="a_faq_slug_once_a_brand"),
        ]

    def __str__(self) -> str:
        return self.slug

    @classmethod
    @transaction.atomic
    def offer(
        cls,
        brand: Brand,
        slug: str,
        *,
        names: dict[str, str],
        articles: Sequence[Article],
        by: CanAct,
        descriptions: dict[str, str] | None = None,
        **fields: Any,
    ) -> FaqSet:
        """The brand's set of this slug, made or brought up to date, holding these articles in this order.

        fields  product, audience, segment, position
        """
        faq_set, _made = cls.objects.update_or_create(brand=brand, slug=slug, defaults=fields)
        faq_set.keep_names(names, descriptions or {})
        faq_set.entries.all().delete()
        FaqEntry.objects.bulk_create(
            FaqEntry(faq_set=faq_set, article=article, position=place)
            for place, article in enumerate(articles, start=1)
        )
        record("faq.offered", faq_set, by=by, slug=slug)
        # A narrower audience or a dropped question must be gone at once.
        brand.touch(taken_back=True)
        return faq_set

    @transaction.atomic
    def put(self, *, by: CanAct, before: FaqSet | None = None) -> None:
        """Show the set before another one, or last."""
        beside = list(FaqSet.objects.filter(brand=self.brand).exclude(pk=self.pk))
        set_order(placed(beside, self, before))
        record("faq.moved", self, by=by, position=self.position)
        self.brand.touch()

    @transaction.atomic
    def remove(self, *, by: CanAct) -> None:
        """Take the set away everywhere; its articles stay."""
        record("faq.removed", self, by=by, slug=self.slug)
        self.brand.touch(taken_back=True)
        self.delete()


class FaqSetText(NamedText):
    faq_set = models.ForeignKey(FaqSet, on_delete=models.CASCADE, related_name="texts")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["faq_set", "locale"], name="a_faq_text_a_language")]

    def __str__(self) -> str:
        return self.name


class FaqEntry(models.Model):
    faq_set = models.ForeignKey(FaqSet, on_delete=models.CASCADE, related_name="entries")
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["faq_set", "article"], name="an_article_once_a_faq_set")
        ]

    def __str__(self) -> str:
        return f"{self.faq_set_id}:{self.article_id}"
