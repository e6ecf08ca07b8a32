"""How one text stands, in words and a meaning: what readers see of it, and what is being written."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from handrail.knowledge.models import Translation
from handrail.knowledge.stages import Stage

MEANINGS = {
    Stage.CHANGES: "wrong",
    Stage.REVIEW: "waiting",
    Stage.APPROVED: "good",
    Stage.SCHEDULED: "info",
}


@dataclass(frozen=True)
class Standing:
    """`label` and `meaning` for a badge; `is_outdated`: the original moved on."""

    label: str
    meaning: str = ""
    is_published: bool = False
    is_outdated: bool = False


def standing(text: Translation) -> Standing:
    """The badge of a text: the stage of its draft if there is one, else that it is published."""
    is_published = text.published_id is not None
    if text.draft_id:
        label = Stage(text.stage).label if text.stage else Stage.DRAFT.label
        return Standing(str(label), MEANINGS.get(Stage(text.stage), ""), is_published, text.is_outdated)
    if is_published:
        return Standing(_("Published"), "good", True, text.is_outdated)
    return Standing(_("No text yet"))
