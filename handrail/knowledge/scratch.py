"""What an author has typed and not yet saved, kept so that no closed window loses it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models

from handrail.core import clock
from handrail.core.alphabetical import Alphabetical
from handrail.knowledge.articles import Article
from handrail.workspace.locales import LocaleField

WRITING_NOW = timedelta(minutes=5)  # who kept something within this is writing now


class Scratch(models.Model):
    """One author's unsaved text in one language of one article. Nobody else reads it, and no fact is recorded of it."""

    article = models.ForeignKey(
        Article,
        null=True,
        on_delete=models.CASCADE,
        related_name="scratches",
        help_text="empty for one not begun yet",
    )
    locale = LocaleField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    fields = models.JSONField(
        help_text="the form's fields as they were typed: title, html, slug, aliases, document"
    )
    base = models.PositiveIntegerField(default=0, help_text="number of the revision it was begun from")
    kept_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "locale", "author"], name="one_scratch_an_author_and_text"
            ),
            models.UniqueConstraint(
                fields=["author"],
                condition=models.Q(article__isnull=True),
                name="one_unbegun_article_an_author",
            ),
        ]

    def __str__(self) -> str:
        return f"scratch of {self.author_id} for {self.article_id} ({self.locale})"


def keep(
    article: Article | None, locale: str, *, author: Any, fields: dict[str, Any], base: int = 0
) -> Scratch:
    """Keep what an author has typed, in place of what was kept before. Without an article: of one not begun yet."""
    defaults = {"locale": locale, "fields": fields, "base": base, "kept_at": clock.now()}
    row, _made = Scratch.objects.update_or_create(**_place(article, locale, author), defaults=defaults)
    return row


def drop(article: Article | None, locale: str, *, author: Any) -> None:
    """Forget it: it was saved, or its author does not want it."""
    Scratch.objects.filter(**_place(article, locale, author)).delete()


def kept(article: Article | None, locale: str, *, author: Any) -> Scratch | None:
    return Scratch.objects.filter(**_place(article, locale, author)).first()


def writing_now(article: Article, locale: str, *, but: int) -> list[str]:
    """Names of the others who are writing this text at the moment."""
    lately = Scratch.objects.filter(article=article, locale=locale, kept_at__gte=clock.now() - WRITING_NOW)
    return list(
        lately.exclude(author=but)
        .order_by(Alphabetical("author__name"))
        .values_list("author__name", flat=True)
    )


def _place(article: Article | None, locale: str, author: Any) -> dict[str, Any]:
    """An author has one unsaved text a language of an article, and one of an article that is not begun."""
    if article is None:
        return {"article": None, "author": author}
    return {"article": article, "locale": locale, "author": author}
