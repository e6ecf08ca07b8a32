"""A block's draft under review: published by a reviewer, or sent back with what should change. That more people should read
the block is a wish of the draft, and comes true with it.

There is no asking: whatever an author writes in a block waits for a reviewer until it is sent back or published. Writing
on answers what was asked for, and the draft waits again.
"""

from __future__ import annotations

from django.db import models, transaction

from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.audiences import KEY_LENGTH_MAX
from handrail.knowledge.remarks import Said
from handrail.knowledge.stages import OutOfOrder


class ReviewedBlock(models.Model):
    """Trait of a block's text: whether its draft was sent back to whoever wrote it."""

    is_returned = models.BooleanField(
        default=False, help_text="the draft was sent back and waits for its author"
    )
    wanted_audience = models.CharField(
        max_length=KEY_LENGTH_MAX,
        blank=True,
        default="",
        help_text="the audience the whole block has once the draft is published; empty for the one it has",
    )

    class Meta:
        abstract = True

    @property
    def reach(self) -> str:
        """The key of the audience that reads the block once the draft is published."""
        return self.wanted_audience or self.block.audience_key  # type: ignore[attr-defined]

    @property
    def is_waiting(self) -> bool:
        """Whether the draft waits for a reviewer."""
        return self.draft_id is not None and not self.is_returned  # type: ignore[attr-defined]

    @transaction.atomic
    def send_back(self, words: str, *, by: CanAct) -> None:
        """Send the draft back with what should change. Raises OutOfOrder where no draft waits, ValueError without words."""
        # Two people press at once: the second one meets what the first one left.
        rows = type(self).objects.select_for_update()  # type: ignore[attr-defined]
        self.refresh_from_db(fields=["draft", "is_returned"], from_queryset=rows)
        if not self.is_waiting:
            raise OutOfOrder(f"{self} has no draft that waits for a reviewer.")
        if not words.strip():
            raise ValueError("A change is asked for in words.")
        actor = by.as_actor()
        draft = self.draft  # type: ignore[attr-defined]
        self.remarks.create(  # type: ignore[attr-defined]
            revision=draft, text=words.strip(), author_id=actor.id if actor.kind == "staff" else None
        )
        self.is_returned = True
        self.save(update_fields=["is_returned"])
        record("block.changes_asked", self.block, by=by, locale=self.locale, revision=draft.number)  # type: ignore[attr-defined]


class BlockRemark(Said):
    """What a reviewer asked to have changed in one draft of a block. No reader ever sees it."""

    of = models.ForeignKey("knowledge.BlockText", on_delete=models.CASCADE, related_name="remarks")
    revision = models.ForeignKey("knowledge.BlockRevision", on_delete=models.CASCADE, related_name="+")
    text = models.TextField()

    def __str__(self) -> str:
        return f"changes asked for in {self.of_id}"
