"""Who may take which step with a text. Pages, the API and the buttons they show all ask here."""

from __future__ import annotations

from django.db import models

from handrail.accounts.policy import can
from handrail.accounts.viewer import Viewer
from handrail.knowledge.reviewing import WRITING
from handrail.knowledge.stages import Stage
from handrail.knowledge.translations import Translation


class Step(models.TextChoices):
    """What can be done with a text as it stands, the most likely first."""

    ASK = "ask"
    APPROVE = "approve"
    CHANGES = "changes"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    WITHDRAW = "withdraw"


def steps(text: Translation, viewer: Viewer) -> list[Step]:
    """The steps this viewer may take with this text now. An author writes, a reviewer approves; both publish what is
    approved, and a reviewer may approve and publish in one step."""
    if text.article.archived_at:
        return []
    writes, reviews = can(viewer, "knowledge.write"), can(viewer, "knowledge.review")
    publishes = can(viewer, "knowledge.publish")
    is_approved = text.stage in {Stage.APPROVED, Stage.SCHEDULED}
    is_open = text.stage in {*WRITING, Stage.REVIEW}
    allowed = {
        Step.ASK: writes and text.stage in WRITING,
        Step.CHANGES: reviews and text.stage == Stage.REVIEW,
        Step.APPROVE: reviews and is_open,
        Step.PUBLISH: publishes and (is_approved or (reviews and is_open)),
        Step.SCHEDULE: publishes and is_approved,
        Step.UNSCHEDULE: publishes and text.stage == Stage.SCHEDULED,
        Step.WITHDRAW: publishes and text.published is not None,
    }
    return [step for step in Step if allowed[step]]
