"""What past questions turned out to mean: the article that answered each, or none."""

from __future__ import annotations

from django.db import models

from handrail.accounts.viewer import Viewer
from handrail.core import clock
from handrail.knowledge.audiences import KEY_LENGTH_MAX, Audience, keys_of
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
    def visible_to(self, viewer: Viewer) -> LabelQuerySet:
        """What an author may know of: questions of those whose articles they may read."""
        if "knowledge.write" not in viewer.rights:
            return self.none()
        return self.filter(audience__in=keys_of(viewer))

    def standing(self) -> LabelQuerySet:
        """Labels that nobody withdrew."""
        return self.filter(withdrawn_at=None)

    def to_learn_from(self) -> LabelQuerySet:
        return self.standing().filter(is_held_out=False)

    def to_remember(self) -> LabelQuerySet:
        """Labels whose question is to be answered as they say, once they agree: those to learn from, and what was taught."""
        return self.standing().filter(is_remembered=True)

    def to_measure_with(self) -> LabelQuerySet:
        """Labels that nothing was or will be fitted on."""
        return self.standing().filter(is_held_out=True)

    def came_with_data(self) -> LabelQuerySet:
        """What nobody said here: labels that an import or a demo brought along."""
        return self.filter(evidence=Evidence.EDITOR, given_by_kind="system")

    def said_here(self) -> LabelQuerySet:
        return self.exclude(evidence=Evidence.EDITOR, given_by_kind="system")

    def given_by_colleague(self, user: int) -> LabelQuerySet:
        return self.filter(given_by_kind="staff", given_by_id=user)


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
    is_held_out = models.BooleanField(help_text="measured with, never fitted on")
    is_remembered = models.BooleanField(default=True, help_text="its question is answered as it says")
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

    @property
    def came_with_data(self) -> bool:
        return self.evidence == Evidence.EDITOR and self.given_by_kind == "system"
