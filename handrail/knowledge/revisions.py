"""Revisions: every state each text has had."""

from __future__ import annotations

from django.db import models

from handrail.core import clock


class Revision(models.Model):
    """One state of one text. Never changed once written. Its number is the version readers are told."""

    translation = models.ForeignKey(
        "knowledge.Translation", on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    html = models.TextField()
    text = models.TextField(help_text="the same without markup, for search and quotation")
    cleaner = models.PositiveSmallIntegerField(default=0, help_text="version of the cleaner that made `html`")
    author_kind = models.CharField(max_length=12)
    author_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["translation", "number"], name="revisions_count_up")]

    def __str__(self) -> str:
        return f"{self.title} r{self.number}"

    def says_the_same_as(self, other: Revision) -> bool:
        """Whether a reader would see no difference."""
        return (self.title, self.html) == (other.title, other.html)
