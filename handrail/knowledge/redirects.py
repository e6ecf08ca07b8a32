"""Where articles used to stand."""

from __future__ import annotations

from django.db import models

from handrail.workspace.locales import LocaleField


class Redirect(models.Model):
    """A path below the help centre that used to lead to an article: `ko/articles/12-old-slug`."""

    path = models.CharField(max_length=300, unique=True)
    article = models.ForeignKey("knowledge.Article", on_delete=models.CASCADE, related_name="redirects")
    locale = LocaleField()

    def __str__(self) -> str:
        return self.path
