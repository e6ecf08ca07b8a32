"""Revisions: every state each text has had."""

from __future__ import annotations

from django.db import models

from handrail.core import clock
from handrail.knowledge.wording import Wording


class Revision(Wording):
    """One state of one text. Never changed once written. Its number is the version readers are told."""

    translation = models.ForeignKey(
        "knowledge.Translation", on_delete=models.CASCADE, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    author_kind = models.CharField(max_length=12)
    author_id = models.BigIntegerField(null=True)
    written_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["translation", "number"], name="revisions_count_up")]

    def __str__(self) -> str:
        return f"{self.title} r{self.number}"

    def says_the_same_as(self, other: Revision) -> bool:
        """Whether nobody would see a difference, neither a reader nor a colleague."""
        return (self.title, self.whole) == (other.title, other.whole)
