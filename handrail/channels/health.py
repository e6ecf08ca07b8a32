"""Whether a mailbox can fetch and send: since when not, why, and who was told."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import F, Q

from handrail.channels.inboxes import Inbox
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events.ledger import record

# A server that is restarted is no outage; the owner knows within five minutes.
RED_AFTER = timedelta(minutes=2)
# A mailbox that is well says so at least this often; one that says nothing for longer has nobody fetching it.
NOTED_EVERY = timedelta(minutes=1)
SILENT_AFTER = timedelta(minutes=3)
_UNTOLD = {"told_at": None, "mailed_at": None}


class HealthQuerySet(models.QuerySet["Health"]):
    def untold(self) -> HealthQuerySet:
        """Red ones that colleagues, or those who get a mail of it, have not been told of."""
        return self.red().filter(Q(told_at=None) | Q(mailed_at=None))

    def red(self) -> HealthQuerySet:
        """Ways of mailboxes in use that have failed for longer than a moment."""
        used = self.filter(inbox__is_active=True, inbox__is_paused=False)
        return (
            used.filter(failing_since__lte=clock.now() - RED_AFTER)
            .select_related("inbox__brand")
            .order_by("pk")
        )

    def silent(self) -> HealthQuerySet:
        """Fetching that neither works nor fails: nobody tries."""
        fetched = self.filter(way=Health.Way.FETCH, inbox__is_active=True, inbox__is_paused=False)
        heard = Q(last_try_at__lt=clock.now() - SILENT_AFTER)
        return fetched.filter(heard, inbox__fetching__isnull=False, failing_since=None)


class Health(models.Model):
    """One way of one mailbox. `failing_since` empty means well; `told_at` is set once an outage stands before colleagues
    and on their devices, `mailed_at` once a mail about it has left."""

    class Way(models.TextChoices):
        FETCH = "fetch"
        SEND = "send"

    inbox = models.ForeignKey(Inbox, on_delete=models.CASCADE, related_name="health")
    way = models.CharField(max_length=5, choices=Way.choices)
    last_ok_at = models.DateTimeField(null=True)
    last_try_at = models.DateTimeField(default=clock.now)
    failing_since = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    code = models.CharField(max_length=20, blank=True, default="")
    host = models.CharField(max_length=253, blank=True, default="")
    detail = models.CharField(max_length=200, blank=True, default="")
    told_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    objects = HealthQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inbox", "way"], name="a_mailbox_is_well_or_not_each_way")
        ]

    def __str__(self) -> str:
        return f"{self.inbox_id} {self.way}"

    @property
    def is_red(self) -> bool:
        return self.failing_since is not None and self.failing_since <= clock.now() - RED_AFTER


def well(inbox: Inbox, way: str) -> None:
    """It worked just now. Writes at most once a minute, and at once where it had failed."""
    now = clock.now()
    ours = Health.objects.filter(inbox=inbox, way=way)
    stale = Q(last_ok_at=None) | Q(last_ok_at__lt=now - NOTED_EVERY) | Q(failing_since__isnull=False)
    row = ours.first()
    if row is None:
        Health.objects.get_or_create(inbox=inbox, way=way, defaults={"last_ok_at": now})
        return
    was_failing = row.failing_since
    with transaction.atomic():
        fine = {"failing_since": None, "failures": 0, "code": "", "detail": "", **_UNTOLD}
        changed = ours.filter(stale).update(last_ok_at=now, last_try_at=now, **fine)
        if changed and was_failing:
            record("inbox.recovered", inbox, by=SYSTEM, way=way, failing_since=was_failing.isoformat())


@transaction.atomic
def failed(
    inbox: Inbox, way: str, *, code: str, host: str = "", detail: str = "", at: datetime | None = None
) -> None:
    """It did not work just now; `code` is one of troubles. The first failure in a row begins an outage."""
    now = at or clock.now()
    Health.objects.get_or_create(inbox=inbox, way=way, defaults={"last_try_at": now})
    ours = Health.objects.filter(inbox=inbox, way=way)
    said = {"code": code, "host": host[:253], "detail": detail[:200], "last_try_at": now}
    ours.update(**said, failures=F("failures") + 1)
    if ours.filter(failing_since=None).update(failing_since=now, **_UNTOLD):
        record("inbox.failing", inbox, by=SYSTEM, way=way, code=code)
