"""Pictures, films and captions of articles: whoever may see the article may see them, nobody else."""

from __future__ import annotations

import hashlib

from django.db import models, transaction

from handrail.accounts.viewer import Viewer
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.files.keeping import keep
from handrail.core.files.models import StoredFile
from handrail.knowledge.articles import Article


class ArticleFileQuerySet(models.QuerySet["ArticleFile"]):
    def visible_to(self, viewer: Viewer) -> ArticleFileQuerySet:
        """Files of the articles this viewer may read; all for authors."""
        if "knowledge.read_all" in viewer.rights:
            return self
        return self.filter(article__in=Article.objects.visible_to(viewer))

    def named(self, name: str) -> ArticleFileQuerySet:
        """The file an address names (see `path`)."""
        return self.filter(file__name=name).select_related("file")


class ArticleFile(models.Model):
    """One file one article shows. The same picture in two articles is two files: their readers may differ."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")

    objects = ArticleFileQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.file)

    @property
    def path(self) -> str:
        """Where the portal serves it."""
        return f"/hc/files/{self.file.name}"

    @classmethod
    @transaction.atomic
    def attach(cls, article: Article, content: bytes, *, title: str, by: CanAct) -> ArticleFile:
        """Keep a file for an article; the one already there if the article has these very bytes.

        Raises NotKept for a type or size that is not taken.
        """
        digest = hashlib.sha256(content).hexdigest()
        if known := cls.objects.filter(article=article, file__sha256=digest).select_related("file").first():
            return known
        row = cls.objects.create(article=article, file=keep(content, title=title, types=SHOWN))
        record("article.file_attached", article, by=by, file=row.file_id)
        return row


# Types a page may show. No SVG: it can act.
SHOWN = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "video/webm", "video/mp4", "text/vtt"}
)
