"""What past questions turned out to mean: the article that answered each, or none."""

from __future__ import annotations

from django.db import models

from handrail.core import clock
from handrail.knowledge.audiences import KEY_LENGTH_MAX, Audience
from handrail.knowledge.models import Article
from handrail.workspace.locales import LocaleField


class LabelQuerySet(models.QuerySet["Label"]):
    def standing(self) -> LabelQuerySet:
        """Labels that nobody withdrew."""
        return self.filter(withdrawn_at=None)

    def to_learn_from(self) -> LabelQuerySet:
        return self.standing().filter(is_held_out=False)

    def to_measure_with(self) -> LabelQuerySet:
        """Labels that nothing was or will be fitted on."""
        return self.standing().filter(is_held_out=True)


class Label(models.Model):
    """One verdict on one question, with who gave it. No article: none of ours answers it."""

    text = models.CharField(max_length=1000, help_text="masked")
    text_hash = models.CharField(max_length=32)
    locale = LocaleField()
    channel = models.CharField(max_length=20, default="portal")
    article = models.ForeignKey(Article, null=True, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=KEY_LENGTH_MAX, default=Audience.PUBLIC)
    weight = models.FloatField(default=1.0, help_text="1 certain, 0.7 the asker said so, 0.3 a click")
    is_held_out = models.BooleanField(help_text="measured with, never learned from")
    given_by_kind = models.CharField(max_length=12)
    given_by_id = models.BigIntegerField(null=True)
    at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(null=True)

    objects = LabelQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["locale", "is_held_out"], name="labels_of_locale"),
            models.Index(fields=["text_hash"], name="labels_of_text"),
        ]

    def __str__(self) -> str:
        return f"{self.text[:40]} -> {self.article_id or 'none'}"
