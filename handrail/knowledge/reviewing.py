"""A draft's way through review: asked for, sent back with a reason, or approved."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models, transaction

from handrail.core.actors import CanAct
from handrail.core.events.ledger import record
from handrail.knowledge.stages import OutOfOrder, Stage

WRITING = (Stage.DRAFT, Stage.CHANGES)


class Reviewed(models.Model):
    """Trait of a translation. Who may take which step is decided in `steps.py`; here only the order holds."""

    stage = models.CharField(max_length=10, choices=Stage.choices, blank=True, default=Stage.NONE)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="who was asked to review; empty for whoever may",
    )

    class Meta:
        abstract = True

    @transaction.atomic
    def ask_for_review(self, *, by: CanAct, reviewer: Any = None) -> None:
        """Hand the draft to `reviewer` (an accounts.User), or to whoever may review. Raises OutOfOrder."""
        self._stand_at(*WRITING)
        self._step("article.review_asked", Stage.REVIEW, by=by, reviewer=reviewer)

    @transaction.atomic
    def request_changes(self, text: str, *, by: CanAct) -> None:
        """Send the draft back with what should change. Raises OutOfOrder, and ValueError without a reason."""
        self._stand_at(Stage.REVIEW)
        if not text.strip():
            raise ValueError("A change is asked for in words.")
        self._remark(text, "changes", by=by)
        self._step("article.changes_asked", Stage.CHANGES, by=by)

    @transaction.atomic
    def approve(self, *, by: CanAct, text: str = "") -> None:
        """Say that the draft may be published as it is. Raises OutOfOrder where there is no draft to approve."""
        self._stand_at(Stage.REVIEW, *WRITING)
        self._remark(text, "approved", by=by)
        self._step("article.approved", Stage.APPROVED, by=by)

    @transaction.atomic
    def remark(self, text: str, *, by: CanAct) -> None:
        """Say something about the draft to those who work on it. Nothing happens without words."""
        if text.strip():
            self._remark(text, "", by=by)

    def _remark(self, text: str, verdict: str, *, by: CanAct) -> None:
        if text.strip() or verdict:
            actor = by.as_actor()
            self.remarks.create(  # type: ignore[attr-defined]
                revision=self.draft,  # type: ignore[attr-defined]
                verdict=verdict,
                text=text.strip(),
                author_id=actor.id if actor.kind == "staff" else None,
            )

    def _stand_at(self, *stages: Stage) -> None:
        # Two people press at once: the second one meets the stage the first one left.
        self.refresh_from_db(fields=["stage", "draft"], from_queryset=type(self).objects.select_for_update())  # type: ignore[attr-defined]
        if self.stage not in stages:
            raise OutOfOrder(f"{self} is at {self.stage or 'no draft'}, not at {' or '.join(stages)}.")

    def _step(self, verb: str, stage: Stage, *, by: CanAct, reviewer: Any = None) -> None:
        self.stage, self.reviewer = stage, reviewer or self.reviewer
        self.save(update_fields=["stage", "reviewer"])
        number = self.draft.number if self.draft else None  # type: ignore[attr-defined]
        whom: dict[str, Any] = {"reviewer": self.reviewer_id} if stage == Stage.REVIEW else {}  # type: ignore[attr-defined]
        record(verb, self.article, by=by, locale=self.locale, revision=number, **whom)  # type: ignore[attr-defined]
