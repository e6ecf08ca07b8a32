"""What the room does by the clock."""

from __future__ import annotations

from handrail.core.jobs.backend import task
from handrail.core.jobs.schedules import schedule
from handrail.insights import closing, collecting, gathering, grouping, numbering


@schedule("*/5 * * * *")
@task()
def gather() -> int:
    """Count what was asked since the last time."""
    return gathering.gather()


@schedule("12 * * * *")
@task(queue_name="index")
def find_gaps() -> int:
    """Put together what was asked in vain since the last time, and close what is answered now. Returns gaps touched."""
    collecting.collect()
    touched = grouping.group()
    closing.close_answered()
    return len(touched)


@schedule("50 3 * * *")
@task()
def rank_gaps() -> int:
    """Rank all gaps anew: what was asked long ago counts less."""
    return numbering.renumber_all()
