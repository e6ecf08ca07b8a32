"""Each minute: are the mailboxes well, and does whoever looks after them know?"""

from __future__ import annotations

from handrail.channels.health import Health
from handrail.channels.outages import look_again, notice_silence, tell
from handrail.core.jobs.backend import task
from handrail.core.jobs.schedules import schedule


@schedule("* * * * *")
@task(queue_name="mail")
def watch_mailboxes() -> int:
    """Notice outages and recoveries, and give each that nobody was told of a job. Returns how many those are."""
    notice_silence()
    look_again()
    untold = Health.objects.red().filter(told_at=None)
    for row in untold:
        tell_of_outage.using(dedupe_key=f"outage:{row.pk}").enqueue(row.pk)
    return len(untold)


@task(queue_name="mail")
def tell_of_outage(health_id: int) -> bool:
    """Tell of one outage, if it goes on; the next minute tries again where no way out worked."""
    row = Health.objects.red().select_related("inbox__brand", "inbox__owner").filter(pk=health_id).first()
    return row is not None and tell(row)
