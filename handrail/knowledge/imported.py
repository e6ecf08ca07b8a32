"""What each source said of an article the last time it was read, so that only what changed is written again."""

from __future__ import annotations

from django.db import models

from handrail.core import clock
from handrail.knowledge.articles import Article


class Imported(models.Model):
    """One imported article. Digests are SHA-256 of what the source said, not of what stands here now.

    settings  digest of topic, kind, audience, pin, position and related articles
    texts     locale -> {"digest": ..., "revision": the number of the revision it became}; "tree" -> the same of its
              troubleshooter, with the edition that became
    """

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="imported")
    settings = models.CharField(max_length=64, blank=True)
    texts = models.JSONField(default=dict)
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return self.article.source

    def says(self, locale: str, digest: str) -> bool:
        """Whether the source said exactly this the last time."""
        return self.texts.get(locale, {}).get("digest") == digest

    def is_edited(self, locale: str) -> bool:
        """Whether somebody has written here since this language last came in."""
        known = self.texts.get(locale)
        if known is None:
            return False
        newest = self.article.translations.filter(locale=locale).aggregate(n=models.Max("revisions__number"))
        return bool(newest["n"] and newest["n"] > known["revision"])
