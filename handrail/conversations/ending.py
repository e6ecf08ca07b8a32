"""Trait: what keeps a conversation from being over while people of ours still have something to do in it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models

from handrail.conversations.fields import Field


class NotOver(ValueError):
    """It cannot be solved or closed yet. `children` are numbers of conversations that must be over first, `steps`
    texts by language of what must be ticked first, `fields` those that must say something first."""

    def __init__(
        self,
        number: int,
        children: Sequence[int],
        steps: Sequence[dict[str, str]],
        fields: Sequence[Field] = (),
    ) -> None:
        keys = [field.key for field in fields]
        super().__init__(f"Conversation {number} waits for {list(children)}, {len(steps)} steps and {keys}.")
        self.children, self.steps, self.fields = list(children), list(steps), list(fields)


class Ending(models.Model):
    class Meta:
        abstract = True

    def must_be_free_to_end(self) -> None:
        """Raise NotOver where something stands in the way. Whoever asked may always say that it is solved for them."""
        from handrail.conversations.values import missing_to_end

        if self.merged_into_id:  # type: ignore[attr-defined]
            # It is not over but goes on in the other.
            return
        required = self.links_down.filter(kind="child", is_required=True)  # type: ignore[attr-defined]
        unsolved = required.exclude(other__status__in=["solved", "closed"])
        children = list(unsolved.order_by("other").values_list("other", flat=True))
        unticked = self.checklist_steps.filter(is_required=True, done_at=None)  # type: ignore[attr-defined]
        steps = [{"ko": step.text("ko"), "en": step.text("en")} for step in unticked]
        fields = missing_to_end(self)  # type: ignore[arg-type]
        if children or steps or fields:
            raise NotOver(self.pk, children, steps, fields)
