"""Runs over more conversations than one waits for."""

from __future__ import annotations

from handrail.automation.closing import close_due
from handrail.automation.runs import Run
from handrail.core.jobs.backend import task
from handrail.core.jobs.schedules import schedule


@task()
def carry_out(run_id: int) -> str:
    """Go on with a run where it stands. Returns its state."""
    run = Run.objects.select_related("by", "macro").get(pk=run_id)
    if run.state == Run.State.GOING:
        run.carry_out()
    return run.state


@task()
def go_back(run_id: int) -> str:
    """Go on with taking a run back. Returns its state."""
    run = Run.objects.select_related("by").get(pk=run_id)
    if run.state == Run.State.GOING_BACK:
        run.go_back()
    return run.state


@schedule("* * * * *")
@task()
def close_for_good() -> int:
    """Close what runs solved to be closed, once their way back has ended. Returns how many conversations."""
    return close_due()
