"""What the room does by the clock."""

from __future__ import annotations

from handrail.core.jobs.backend import task
from handrail.core.jobs.schedules import schedule
from handrail.insights import (
    closing,
    collecting,
    failing,
    gathering,
    grouping,
    links,
    numbering,
    offered,
    weekly,
)


@schedule("*/5 * * * *")
@task()
def gather() -> int:
    """Count what was asked since the last time."""
    return gathering.gather()


@schedule("12 * * * *")
@task(queue_name="index")
def find_gaps() -> int:
    """Put together what was asked in vain since the last time, close what is answered now, and find what fails readers. Returns gaps touched."""
    collecting.collect()
    touched = grouping.group()
    closing.close_answered()
    failing.keep_failing()
    return len(touched)


@schedule("50 3 * * *")
@task()
def rank_gaps() -> int:
    """Rank all gaps anew: what was asked long ago counts less."""
    return numbering.renumber_all()


@schedule("*/15 * * * *")
@task()
def tell_the_week() -> int:
    """Begin Monday's mails to those who write, each in the morning of their own zone (some are a quarter of an hour off)."""
    return weekly.begin_week()


@schedule("5 * * * *")
@task()
def keep_what_is_offered() -> int:
    """Keep what stands on colleagues' lists as their Monday begins, to measure by how much of it is acted on."""
    return offered.keep_week()


@schedule("20 4 * * *")
@task()
def check_links() -> int:
    """Look at every link of every published text. Returns how many lead nowhere."""
    return links.check_links()
