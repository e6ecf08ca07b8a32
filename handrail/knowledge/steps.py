"""Who may take which step with a text. Pages, the API and the buttons they show all ask here."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from handrail.accounts.policy import can
from handrail.accounts.viewer import Viewer
from handrail.knowledge.articles import Article
from handrail.knowledge.audiences import narrower
from handrail.knowledge.blocks import Block
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


def may_show_to(article: Article, audience_key: str, viewer: Viewer) -> bool:
    """Whether this viewer may change for whom the article is. To let more people read what is published or approved is to
    publish it to them: without a reviewer's word only a reviewer may."""
    return can(viewer, "knowledge.review") or not opens(article, audience_key)


def may_publish_unreviewed(viewer: Viewer) -> bool:
    """Whether this viewer may show readers what nobody has approved: an answer just written, or a troubleshooter or block,
    which are not approved step by step as a text is. Who publishes it has read it, and is a reviewer."""
    return can(viewer, "knowledge.publish") and can(viewer, "knowledge.review")


def may_show_block_to(block: Block, audience_key: str, viewer: Viewer) -> bool:
    """Whether this viewer may change at once for whom the block is; otherwise it can be wished for (Block.wish_for). To let
    more people read what is published is to publish it to them."""
    if may_publish_unreviewed(viewer) or not _widens(block.audience_key, audience_key):
        return True
    return not block.texts.filter(published__isnull=False).exists()


def opens(article: Article, audience_key: str) -> bool:
    """Whether people outside its audience would read, or be about to read, what nobody approved for them."""
    if not _widens(article.audience_key, audience_key):
        return False
    passed = Q(published__isnull=False) | Q(stage__in=[Stage.APPROVED, Stage.SCHEDULED])
    return article.translations.filter(passed).exists()


def _widens(old: str, new: str) -> bool:
    """Whether anybody belongs to the new audience who does not belong to the old one."""
    return narrower(old, new) != new


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
