"""Trait: who looks after a conversation."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction

from handrail.accounts.models import Team, User
from handrail.conversations.touched import Touched
from handrail.core import clock
from handrail.core.actors import CanAct
from handrail.core.events.ledger import record


def may_have(colleague: User, team: Team | None) -> bool:
    """Whether a colleague may look after a conversation of `team`: a private team's only its members."""
    return team is None or not team.is_private or team.members.filter(pk=colleague.pk).exists()


class NotTheAssignee(ValueError):
    """The team leaves replies to the assignee, and whoever wrote this one is another colleague."""


class AssignedMeanwhile(ValueError):
    """Somebody else than was seen has it: `now`, or nobody."""

    def __init__(self, now: User | None) -> None:
        super().__init__(f"It is with {now} by now.")
        self.now = now


class Assignable(Touched):
    assignee = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations"
    )
    team = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="conversations"
    )

    # When the present assignee got it; none where nobody has it, or got it before this was kept.
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def may_be_answered_by(self, colleague: User) -> bool:
        """Whether a colleague may write to the customer: where the team leaves it to the assignee, nobody else."""
        if self.team is None or not self.team.is_answered_by_assignee:
            return True
        return self.assignee_id in (None, colleague.pk)

    @transaction.atomic
    def assign_from(self, seen: int | None, *, to: User | None, by: CanAct) -> None:
        """Give it as `assign` does, from the colleague of this id, or from nobody, who was seen to have it.

        Raises AssignedMeanwhile, with nothing changed, where somebody else has it by now and is not who it goes to.
        """
        locked = type(self)._default_manager.select_for_update().get(pk=self.pk)
        self.assignee_id = locked.assignee_id
        if self.assignee_id not in (seen, to.pk if to else None):
            raise AssignedMeanwhile(self.assignee)
        self.assign(to=to, by=by)

    @transaction.atomic
    def assign(self, *, to: User | None, by: CanAct) -> None:
        """Give to a colleague, or to nobody; the same person is no change. What a colleague gives to one, the bot no longer has."""
        if self.assignee_id == (to.pk if to else None):
            return
        old, self.assignee = self.assignee_id, to
        self.updated_at = clock.now()
        self.taken_at = self.updated_at if to else None
        self.save(update_fields=["assignee", "taken_at", "updated_at"])
        record("conversation.assigned", self, by=by, old=old, new=to.pk if to else None)
        if to is not None:
            self.step_in(reason="taken", by=by)  # type: ignore[attr-defined]

    @transaction.atomic
    def hand_to_team(self, team: Team | None, *, by: CanAct) -> None:
        """Give to a team; a colleague outside it no longer has it, which the fact says as `left`."""
        if self.team_id == (team.pk if team else None):
            return
        old, self.team = self.team_id, team
        left: dict[str, Any] = {}
        if team and self.assignee_id and not team.members.filter(pk=self.assignee_id).exists():
            left = {"left": self.assignee_id}
            self.assignee = self.taken_at = None
        self.updated_at = clock.now()
        self.save(update_fields=["team", "assignee", "taken_at", "updated_at"])
        record("conversation.team_changed", self, by=by, old=old, new=team.pk if team else None, **left)
