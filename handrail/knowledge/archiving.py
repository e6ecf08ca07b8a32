"""Articles put away: no reader meets them, and nothing they ever said is lost."""

from __future__ import annotations

from django.db import models, transaction

from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.stages import Stage


class Archived(models.Model):
    """Trait of an article."""

    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @transaction.atomic
    def archive(self, *, by: CanAct) -> None:
        """Take every text back and put the article away; nothing is published by the clock meanwhile."""
        if self.archived_at:
            return
        for text in self.translations.select_related("published", "draft"):  # type: ignore[attr-defined]
            text.article = self
            if text.stage == Stage.SCHEDULED:
                text.unschedule(by=by)
            text.withdraw(by=by)
        self.archived_at = clock.now()
        self.save(update_fields=["archived_at"])
        record("article.archived", self, by=by)

    @transaction.atomic
    def bring_back(self, *, by: CanAct) -> None:
        """Take it out of the archive. Its texts are drafts; what was published stands approved, ready to be shown again."""
        if self.archived_at is None:
            return
        self.archived_at = None
        self.save(update_fields=["archived_at"])
        record("article.brought_back", self, by=by)
