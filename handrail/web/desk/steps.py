"""The checklist of a conversation as its panel shows it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache

from handrail.conversations.checklists import Checklist, ChecklistStep
from handrail.conversations.conversation import Conversation

KEPT_SECONDS = 30  # how long a new template may take to be offered


@dataclass(frozen=True)
class Shown:
    """`offered`: (id, name) of templates whose steps do not stand here yet."""

    steps: list[ChecklistStep]
    done: int
    offered: list[tuple[int, str]]

    @property
    def whole(self) -> int:
        return len(self.steps)


def shown(conversation: Conversation, *, locale: str) -> Shown:
    """What the panel shows, in one query; the templates are at most half a minute old."""
    steps = list(conversation.checklist_steps.select_related("done_by"))
    there = {step.checklist_id for step in steps}
    offered = [(pk, name) for pk, name in _templates(locale) if pk not in there]
    return Shown(steps, sum(step.is_done for step in steps), offered)


def _templates(locale: str) -> list[tuple[int, str]]:
    def read() -> list[tuple[int, str]]:
        return [(each.pk, each.name(locale)) for each in Checklist.objects.offered(locale)]

    return cache.get_or_set(f"desk:checklists:{locale}", read, KEPT_SECONDS) or []
