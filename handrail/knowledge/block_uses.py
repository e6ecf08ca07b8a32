"""Where blocks stand: one row for each block in each written state of an article or of another block."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef, Q

from handrail.knowledge.blocks import Block, BlockRevision, BlockText
from handrail.knowledge.revisions import Revision

PLACE = re.compile(r'<div data-block="(\d+)"></div>')


class BlockUse(models.Model):
    """A block standing in a revision of an article, or in one of another block."""

    block = models.ForeignKey(Block, on_delete=models.CASCADE, related_name="uses")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.CASCADE, related_name="block_uses")
    block_revision = models.ForeignKey(
        BlockRevision, null=True, on_delete=models.CASCADE, related_name="block_uses"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_block_stands_in_one_text",
                condition=Q(revision__isnull=False, block_revision__isnull=True)
                | Q(revision__isnull=True, block_revision__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"block {self.block_id} in {self.revision or self.block_revision}"


def blocks_in(clean_html: str) -> list[int]:
    """The numbers of the blocks that stand in a text, each once, in order."""
    return list(dict.fromkeys(int(number) for number in PLACE.findall(clean_html)))


def names_of_blocks(*htmls: str) -> dict[int, str]:
    """number -> name, for authors, of the blocks that stand in these texts and still exist."""
    numbers = {number for html in htmls for number in blocks_in(html) if number < 2**63}
    return dict(Block.objects.filter(pk__in=numbers).values_list("pk", "name")) if numbers else {}


def note_uses(written: Revision | BlockRevision, numbers: Iterable[int]) -> None:
    """Remember which blocks stand in a new revision; numbers of blocks that do not exist are passed over."""
    key = "revision" if isinstance(written, Revision) else "block_revision"
    known = Block.objects.filter(pk__in=numbers)
    BlockUse.objects.bulk_create(BlockUse(block=block, **{key: written}) for block in known)


def holders(block: Block, *, published_only: bool) -> set[int]:
    """The block's own number and those of all blocks it stands in, at once or by way of others."""
    found, level = {block.pk}, {block.pk}
    shown = Q(Exists(BlockText.objects.filter(published=OuterRef("block_revision"))))
    drafted = Q(Exists(BlockText.objects.filter(draft=OuterRef("block_revision"))))
    while level:
        rows = BlockUse.objects.filter(shown if published_only else shown | drafted, block__in=level)
        level = set(rows.values_list("block_revision__of__block", flat=True)) - found
        found |= level
    return found


def path_back(block: Block, held: Iterable[int]) -> list[Block]:
    """From `block` by way of one of the blocks it would hold back to itself; empty where there is no such way."""
    above = holders(block, published_only=False)
    for inner in Block.objects.filter(pk__in=[number for number in held if number in above]):
        return [block, block] if inner == block else [block, inner, block]
    return []
