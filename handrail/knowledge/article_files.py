"""Pictures, films and captions of articles: whoever may see the article may see them, nobody else."""

from __future__ import annotations

import hashlib

from django.db import models, transaction
from django.utils.translation import gettext as _

from handrail.accounts.viewer import Viewer
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.files.keeping import FileRefused, erase, keep
from handrail.core.files.models import StoredFile
from handrail.core.files.types import type_of
from handrail.knowledge.articles import Article

# Types a page may show. No SVG: it can act.
SHOWN = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "video/webm", "video/mp4", "text/vtt"}
)


class ArticleFileQuerySet(models.QuerySet["ArticleFile"]):
    def visible_to(self, viewer: Viewer) -> ArticleFileQuerySet:
        """Files of the articles this viewer may read; all for authors."""
        if "knowledge.read_all" in viewer.rights:
            return self
        return self.filter(article__in=Article.objects.visible_to(viewer))

    def shown(self) -> ArticleFileQuerySet:
        """What the text itself shows."""
        return self.filter(is_download=False)

    def downloads(self) -> ArticleFileQuerySet:
        """What readers may take with them, in the order it came."""
        return self.filter(is_download=True).select_related("file").order_by("pk")

    def named(self, name: str) -> ArticleFileQuerySet:
        """The file an address names (see `path`)."""
        return self.filter(file__name=name).select_related("file", "article")


class ArticleFile(models.Model):
    """One file one article shows. The same picture in two articles is two files: their readers may differ."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    content_type = models.CharField(max_length=80, blank=True, help_text="what a page shows it as")
    digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the bytes as they came; kept ones are painted anew"
    )

    is_download = models.BooleanField(default=False, help_text="listed below the text, not shown in it")

    objects = ArticleFileQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.file)

    @property
    def path(self) -> str:
        """Where the portal serves it."""
        return f"/hc/files/{self.file.name}"

    @classmethod
    def attach(
        cls, article: Article, content: bytes, *, title: str, by: CanAct, is_download: bool = False
    ) -> ArticleFile:
        """Keep a file for an article; the one already there if the article has these very bytes.

        is_download  any kind of file, to be taken along; else one of SHOWN

        Call it before the transaction that names the file: a picture is painted anew, which takes a while.
        Raises FileRefused for a type or size that is not taken.
        """
        digest = hashlib.sha256(content).hexdigest()
        if known := cls.objects.filter(article=article, digest=digest, is_download=is_download).first():
            return known
        content_type = type_of(content) if is_download else shown_as(content)
        file = keep(content, name=title, by=by)
        with transaction.atomic():
            row = cls.objects.create(
                article=article, file=file, content_type=content_type, digest=digest, is_download=is_download
            )
            record("article.file_attached", article, by=by, file=row.file_id)
            article.topic.product.brand.touch()
        return row

    def take_away(self, *, by: CanAct) -> None:
        """Remove the file from its article, and its bytes for good."""
        with transaction.atomic():
            record("article.file_removed", self.article, by=by, file=self.file_id)
            self.delete()
            self.article.topic.product.brand.touch(taken_back=True)
        erase(self.file, by=by)


def shown_as(content: bytes) -> str:
    """The type a page may show these bytes as. Raises FileRefused where there is none."""
    is_captions = content.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")
    content_type = "text/vtt" if is_captions else type_of(content)
    if content_type not in SHOWN:
        raise FileRefused(_("A page cannot show a file of type %(type)s.") % {"type": content_type})
    return content_type
