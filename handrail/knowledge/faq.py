"""FAQ sets: chosen questions for one product and one audience."""

from __future__ import annotations

from django.db import models

from handrail.accounts.viewer import Viewer
from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience
from handrail.knowledge.products import Named, NamedText, Product
from handrail.workspace.models import Brand


class FaqSetQuerySet(models.QuerySet["FaqSet"]):
    def visible_to(self, viewer: Viewer) -> FaqSetQuerySet:
        return self.filter(audience__in=viewer.audiences)


class FaqSet(Named):
    """An ordered choice of articles, shown as questions with their answers."""

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="faq_sets")
    product = models.ForeignKey(
        Product, null=True, blank=True, on_delete=models.CASCADE, related_name="faq_sets"
    )
    slug = models.SlugField(max_length=80, allow_unicode=True)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.PUBLIC)
    position = models.PositiveIntegerField(default=0)
    articles = models.ManyToManyField(Article, through="FaqEntry", related_name="faq_sets")

    objects = FaqSetQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["brand", "slug"], name="a_faq_slug_once_a_brand")]

    def __str__(self) -> str:
        return self.slug


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
