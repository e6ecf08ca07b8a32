"""Pictures, films and captions of articles and blocks: whoever may see the text may see them, nobody else."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from handrail.accounts.viewer import Viewer
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.core.files.keeping import FileRefused, erase, keep
from handrail.core.files.models import StoredFile
from handrail.core.files.pictures import IMAGES, PIXELS_MAX, is_too_large
from handrail.core.files.types import type_of
from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import Audience
from handrail.knowledge.blocks import Block, BlockText
from handrail.knowledge.translations import Translation

ARTICLE_FILES = "/hc/files/"
IN_TEXT = re.compile(rf"{ARTICLE_FILES}([\w-]+)")
PICTURE_PIXELS_MAX = 1_600  # of the longer side: twice the reading measure, for fine screens
# Types a page may show. No SVG: it can act.
SHOWN = frozenset(
    {"image/png", "image/jpeg", "image/gif", "image/webp", "video/webm", "video/mp4", "text/vtt"}
)


class ArticleFileQuerySet(models.QuerySet["ArticleFile"]):
    def visible_to(self, viewer: Viewer) -> ArticleFileQuerySet:
        """Files of the articles and blocks this viewer may read; all for authors."""
        if "knowledge.read_all" in viewer.rights:
            return self
        return self.filter(
            models.Q(article__in=Article.objects.visible_to(viewer))
            | models.Q(block__in=Block.objects.visible_to(viewer))
        )

    def shown(self) -> ArticleFileQuerySet:
        """What the text itself shows."""
        return self.filter(is_download=False)

    def downloads(self) -> ArticleFileQuerySet:
        """What readers may take with them, in the order it came."""
        return self.filter(is_download=True).select_related("file").order_by("pk")

    def named(self, name: str) -> ArticleFileQuerySet:
        """The file an address names (see `path`)."""
        return self.filter(file__name=name).select_related("file", "article", "block")


class ArticleFile(models.Model):
    """One file one article or block shows. The same picture in two is two files: their readers may differ.

    One that came before its article was saved for the first time belongs to nobody, and only authors see it, until
    `claim` finds it in a text.
    """

    article = models.ForeignKey(Article, null=True, on_delete=models.CASCADE, related_name="files")
    block = models.ForeignKey(Block, null=True, on_delete=models.CASCADE, related_name="files")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    content_type = models.CharField(max_length=80, blank=True, help_text="what a page shows it as")
    digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the bytes as they came; kept ones are painted anew"
    )

    is_download = models.BooleanField(default=False, help_text="listed below the text, not shown in it")

    objects = ArticleFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_file_belongs_to_one_text_at_most",
                condition=models.Q(article__isnull=True) | models.Q(block__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return str(self.file)

    @property
    def path(self) -> str:
        """Where the portal serves it."""
        return f"{ARTICLE_FILES}{self.file.name}"

    @property
    def audience(self) -> str:
        """Who may see it: those who may see the text, colleagues alone what only their passages show."""
        owner = self.article or self.block
        return owner.audience if owner and not self._is_in_passages_only() else Audience.AGENTS

    def _is_in_passages_only(self) -> bool:
        name = self.file.name
        texts: models.QuerySet[Any] = BlockText.objects.filter(block=self.block_id)
        if self.article_id:
            texts = Translation.objects.filter(article=self.article_id)
        inner = texts.filter(published__whole_html__contains=name)
        return inner.exists() and not texts.filter(published__html__contains=name).exists()

    @classmethod
    def attach(
        cls,
        owner: Article | Block | None,
        content: bytes,
        *,
        title: str,
        by: CanAct,
        is_download: bool = False,
    ) -> ArticleFile:
        """Keep a file for an article or block; the one already there if it has these very bytes.

        owner        None where the article is not saved yet
        is_download  any kind of file, to be taken along; else one of SHOWN

        Call it before the transaction that names the file: a picture is painted anew, which takes a while.
        Raises FileRefused for a type or size that is not taken.
        """
        digest = hashlib.sha256(content).hexdigest()
        of = {"article" if isinstance(owner, Article) else "block": owner}
        same = cls.objects.filter(**of, digest=digest, is_download=is_download).select_related("file")
        if owner and (known := same.first()):
            return known
        content_type = type_of(content) if is_download else shown_as(content)
        file = keep(
            content, name=title, by=by, longest=None if is_download else PICTURE_PIXELS_MAX, is_any=True
        )
        with transaction.atomic():
            row = cls.objects.create(
                **of, file=file, content_type=content_type, digest=digest, is_download=is_download
            )
            if owner:
                record(f"{owner._meta.model_name}.file_attached", owner, by=by, file=row.file_id)
            if is_download and isinstance(owner, Article):
                owner.topic.product.brand.touch()
        return row

    def take_away(self, *, by: CanAct) -> None:
        """Remove the file from its article, and its bytes for good."""
        with transaction.atomic():
            article = self.article
            assert article is not None  # only articles offer files
            record("article.file_removed", article, by=by, file=self.file_id)
            self.delete()
            article.topic.product.brand.touch(taken_back=True)
        erase(self.file, by=by)


def claim(owner: Article | Block, html: str) -> None:
    """Files shown in this text that belong to nobody yet become the owner's."""
    names = set(IN_TEXT.findall(html))
    if names:
        loose = ArticleFile.objects.filter(article=None, block=None, file__name__in=names)
        loose.update(**{"article" if isinstance(owner, Article) else "block": owner})


def shown_as(content: bytes) -> str:
    """The type a page may show these bytes as. Raises FileRefused where there is none, and for a picture too large to unpack."""
    is_captions = content.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")
    content_type = "text/vtt" if is_captions else type_of(content)
    if content_type not in SHOWN:
        raise FileRefused(_("A page cannot show a file of type %(type)s.") % {"type": content_type})
    if content_type in IMAGES.values() and is_too_large(content):
        most = PIXELS_MAX // 1_000_000
        raise FileRefused(
            _(
                "The picture has more than %(most)s million pixels, which no page shows. Make it smaller and try again."
            )
            % {"most": most}
        )
    return content_type
