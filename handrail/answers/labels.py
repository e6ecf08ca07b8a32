"""What past questions turned out to mean: the article that answered each, or none."""

from __future__ import annotations

from django.db import models

from handrail.core import clock
from handrail.knowledge.audiences import KEY_LENGTH_MAX, Audience
from handrail.knowledge.models import Article
from handrail.workspace.locales import LocaleField


class Evidence(models.TextChoices):
    """What a verdict was read from."""

    EDITOR = "editor"  # somebody of the site said so, question by question
    RESOLVED = "resolved"  # an agent sent the article and the conversation was solved
    SENT = "sent"  # an agent sent the article
    SOLVED = "solved"  # the asker said that it solved their question
    REFUSED = "refused"  # the asker said that nothing offered helps
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    CLICKED = "clicked"
    AGAIN = "again"  # answered, and the asker asked on


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
    weight = models.FloatField(default=1.0, help_text="evidence.WEIGHTS when it was given; 1 is certain")
    evidence = models.CharField(max_length=10, choices=Evidence.choices, default=Evidence.EDITOR)
    # Whose voice it is: who gave it, or the key of a browser; and where it came from. Both are fingerprints or ids.
    giver = models.CharField(max_length=64, blank=True, default="")
    place = models.CharField(max_length=64, blank=True, default="")
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
