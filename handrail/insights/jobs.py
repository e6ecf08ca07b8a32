"""What the room does by the clock."""

from __future__ import annotations

from handrail.core.jobs.backend import task
from handrail.core.jobs.schedules import schedule
from handrail.insights import gathering


@schedule("*/5 * * * *")
@task()
def gather() -> int:
    """Count what was asked since the last time."""
    return gathering.gather()
