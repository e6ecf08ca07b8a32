"""What is said among colleagues about a draft. No reader ever sees it."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from handrail.core import clock


class Said(models.Model):
    """Who said it and when; in the order it was said."""

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True
        ordering = ["at", "pk"]


class Remark(Said):
    """A sentence about one revision; with a verdict it sent the draft back or approved it."""

    translation = models.ForeignKey("knowledge.Translation", on_delete=models.CASCADE, related_name="remarks")
    revision = models.ForeignKey("knowledge.Revision", null=True, on_delete=models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=8, blank=True, help_text="changes, approved, or empty")
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.verdict or 'remark'} on {self.translation_id}"
