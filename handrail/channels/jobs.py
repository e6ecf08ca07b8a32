"""Each minute: are the mailboxes well, and does whoever looks after them know? Each hour: do the keys stand? Each night:
what was deleted is gone."""

from __future__ import annotations

from handrail.channels.forgetting import forget_deleted
from handrail.channels.health import Health
from handrail.channels.mail.advice import look_at_key
from handrail.channels.models import SigningKey
from handrail.channels.outages import look_again, mail, notice_silence, tell
from handrail.core.actors import SYSTEM
from handrail.core.jobs.backend import task
from handrail.core.jobs.schedules import schedule


@schedule("* * * * *")
@task(queue_name="mail")
def watch_mailboxes() -> int:
    """Notice outages and recoveries, and give each that is not told of everywhere a job. Returns how many those are."""
    notice_silence()
    look_again()
    untold = Health.objects.untold()
    for row in untold:
        tell_of_outage.using(dedupe_key=f"outage:{row.pk}").enqueue(row.pk)
    return len(untold)


@task(queue_name="mail")
def tell_of_outage(health_id: int) -> bool:
    """Tell of one outage, if it goes on; the next minute tries its mail again where no way out worked."""
    row = Health.objects.untold().select_related("inbox__brand", "inbox__owner").filter(pk=health_id).first()
    if row is None:
        return False
    tell(row)
    return mail(row)


@schedule("45 3 * * *")
@task(queue_name="mail")
def forget_deleted_mail() -> int:
    """Empty the mails that were deleted longer ago than they can be brought back. Returns how many."""
    return forget_deleted()


@schedule("17 * * * *")
@task(queue_name="mail")
def look_at_signing_keys() -> int:
    """Sign with each key whose record stands, and with no other. Returns how many sign."""
    for key in SigningKey.objects.order_by("pk"):
        stands = look_at_key(key)
        if stands is not None:
            key.stands(stands, by=SYSTEM)
    return SigningKey.objects.filter(is_signing=True).count()
