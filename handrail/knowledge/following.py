"""A translation follows its original: which state of it was translated, and whether that has moved since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models, transaction

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record

if TYPE_CHECKING:
    from handrail.knowledge.revisions import Revision


class Following(models.Model):
    """Trait of a translation. The original itself follows nothing."""

    published_from = models.ForeignKey(
        "knowledge.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    draft_from = models.ForeignKey(
        "knowledge.Revision", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outdated_at = models.DateTimeField(
        null=True, blank=True, help_text="when the original moved on from what was translated"
    )

    class Meta:
        abstract = True

    @property
    def is_original(self) -> bool:
        return self.locale == self.article.original_locale  # type: ignore[attr-defined]

    @property
    def is_outdated(self) -> bool:
        """Whether readers of this language are told less, or other things, than readers of the original."""
        return self.outdated_at is not None

    @property
    def translated_from(self) -> Revision | None:
        """The state of the original that the newest text here was translated from."""
        return self.draft_from or self.published_from

    def follow(self, original: Revision | None) -> None:
        """Note what was translated, on the unsaved row; the caller saves it."""
        if not self.is_original:
            self.draft_from = original or self.translated_from or self.article.newest_of_original()  # type: ignore[attr-defined]

    @transaction.atomic
    def hold(self, *, by: CanAct) -> None:
        """Say that the translation is right for the original as it stands now, though its words did not change."""
        newest = self.article.newest_of_original()  # type: ignore[attr-defined]
        self.published_from = newest if self.published else self.published_from  # type: ignore[attr-defined]
        self.draft_from = newest if self.draft else self.draft_from  # type: ignore[attr-defined]
        self.outdated_at = None
        self.save(update_fields=["published_from", "draft_from", "outdated_at"])
        number = newest.number if newest else None
        record("article.translation_held", self.article, by=by, locale=self.locale, original=number)  # type: ignore[attr-defined]

    def compare_with_original(self, original: Revision, *, by: CanAct) -> None:
        """Mark or unmark as out of date against what is published of the original, inside the caller's transaction."""
        if self.published is None:  # type: ignore[attr-defined]
            return
        before = self.published_from
        if before is None or before.says_the_same_as(original):
            self.published_from, self.outdated_at = before or original, None
        elif self.outdated_at is None:
            self.outdated_at = clock.now()
            record("article.outdated", self.article, by=by, locale=self.locale, original=original.number)  # type: ignore[attr-defined]
        self.save(update_fields=["published_from", "outdated_at"])
