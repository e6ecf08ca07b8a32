"""Where a block stands: the articles that show it, and every text that holds it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from handrail.accounts.viewer import Viewer
from handrail.knowledge.articles import Article, ArticleQuerySet
from handrail.knowledge.block_uses import BlockUse, holders
from handrail.knowledge.blocks import Block, BlockText
from handrail.knowledge.translations import Translation


@dataclass(frozen=True)
class Use:
    """A text the block stands in: `article` or `inside` (another block), and whether readers see it there."""

    article: Article | None
    inside: Block | None
    locale: str
    is_published: bool


def articles_showing(block: Block) -> ArticleQuerySet:
    """Articles one of whose published texts shows the block, at once or by way of other blocks."""
    uses = BlockUse.objects.filter(block__in=holders(block, published_only=True), revision__isnull=False)
    shown = Translation.objects.filter(article=OuterRef("pk"), published__in=uses.values("revision"))
    return Article.objects.filter(Exists(shown))


def uses_of(block: Block, viewer: Viewer) -> list[Use]:
    """Where the block stands now, in published texts and in drafts; for authors."""
    if "knowledge.write" not in viewer.rights:
        return []
    rows = BlockUse.objects.filter(block=block)
    in_articles = Translation.objects.filter(
        Q(published__in=rows.values("revision")) | Q(draft__in=rows.values("revision"))
    ).select_related("article", "published", "draft")
    in_blocks = BlockText.objects.filter(
        Q(published__in=rows.values("block_revision")) | Q(draft__in=rows.values("block_revision"))
    ).select_related("block")
    revisions = set(rows.values_list("revision", flat=True))
    block_revisions = set(rows.values_list("block_revision", flat=True))
    return [
        *(Use(text.article, None, text.locale, text.published_id in revisions) for text in in_articles),
        *(Use(None, text.block, text.locale, text.published_id in block_revisions) for text in in_blocks),
    ]
