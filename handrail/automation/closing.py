"""A run that closes: its conversations are solved at once, and closed for good when the way back has ended.

Closed does not change any more. So the press that closes hundreds is one that can be taken back for a while, like a
reply that waits before it leaves.
"""

from __future__ import annotations

from django.db import transaction

from handrail.accounts.viewer import staff_viewer
from handrail.automation.runs import CLOSE_AFTER, Run, Step
from handrail.conversations.conversation import Conversation
from handrail.conversations.status import Status
from handrail.core import clock


def close_due() -> int:
    """Close what every run whose way back has ended still holds solved. Returns how many conversations were closed.

    Safe to begin again where a crash left it.
    """
    return sum(_close(run) for run in Run.objects.to_close(at=clock.now()).select_related("by"))


def _close(run: Run) -> int:
    # Whoever takes the row first wins: from here on nobody undoes it.
    states = [Run.State.DONE, Run.State.CLOSING]
    if not Run.objects.filter(pk=run.pk, state__in=states).update(state=Run.State.CLOSING):
        return 0
    done = run.steps.filter(state=Step.State.DONE).order_by("pk").values_list("pk", flat=True)
    closed = sum(_close_one(run, pk) for pk in list(done))
    Run.objects.filter(pk=run.pk, state=Run.State.CLOSING).update(state=Run.State.CLOSED)
    return closed


@transaction.atomic
def _close_one(run: Run, pk: int) -> bool:
    """Close the conversation of one step, unless somebody has gone on with it since; then the step says so."""
    step = Step.objects.select_for_update().get(pk=pk)
    seen = Conversation.objects.visible_to(staff_viewer(run.by)).select_for_update(of=("self",))
    conversation = seen.filter(pk=step.conversation_id).first()
    if conversation is not None and conversation.is_closed:
        return False
    if conversation is None or not _still_solved(conversation, run):
        step.reason = "changed_since"
        step.save(update_fields=["reason"])
        return False
    conversation.set_status(Status.CLOSED, by=run.by)
    return True


def _still_solved(conversation: Conversation, run: Run) -> bool:
    if conversation.status != Status.SOLVED or not conversation.solved_at or not run.closes_at:
        return False
    # Reopened and solved again in between is somebody's own work.
    return conversation.solved_at <= run.closes_at - CLOSE_AFTER
