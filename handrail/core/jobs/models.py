"""Jobs and when they fall due."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.db import connection, models, transaction
from django.db.models import F, Q

from handrail.core import bus, clock

BACKOFF = (
    timedelta(seconds=1),
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
)


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, *, at: datetime) -> JobQuerySet:
        """Ready jobs whose moment has come, and running ones whose lease ran out; the most urgent first."""
        ready = Q(state=Job.State.READY, run_after__lte=at)
        left_behind = Q(state=Job.State.RUNNING, leased_until__lt=at)
        return self.filter(ready | left_behind).order_by("-priority", "run_after", "pk")

    def unfinished(self) -> JobQuerySet:
        return self.filter(state__in=[Job.State.READY, Job.State.RUNNING])

    def dead(self) -> JobQuerySet:
        """Given up after the last attempt; waiting for a person to press Retry. Newest first."""
        return self.filter(state=Job.State.DEAD).order_by("-pk")

    @transaction.atomic
    def claim(self, *, worker: str, lease: timedelta, queues: list[str], most: int = 10) -> list[Job]:
        """Take up to `most` due jobs for `lease`. No two workers get the same one."""
        moment = clock.now()
        due = self.due(at=moment).filter(queue__in=queues)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        # On SQLite the immediate transaction already keeps every other writer out.
        jobs = list(due[:most])
        if jobs:
            self.filter(pk__in=[job.pk for job in jobs]).update(
                state=Job.State.RUNNING,
                attempts=F("attempts") + 1,
                fence=F("fence") + 1,
                leased_until=moment + lease,
                worker=worker,
            )
        for job in jobs:
            job.attempts, job.fence, job.worker = job.attempts + 1, job.fence + 1, worker
        return jobs


class Job(models.Model):
    """One piece of work. It runs at least once, so what it does must be idempotent."""

    class State(models.TextChoices):
        READY = "ready"
        RUNNING = "running"
        DONE = "done"
        DEAD = "dead"

    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=20, default="default")
    priority = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READY)
    dedupe_key = models.CharField(max_length=200, null=True, blank=True)
    run_after = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    attempts_max = models.PositiveSmallIntegerField(default=6)
    fence = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["-priority", "run_after", "id"], condition=Q(state="ready"), name="job_ready"
            ),
            models.Index(fields=["leased_until"], condition=Q(state="running"), name="job_running"),
            models.Index(fields=["-id"], condition=Q(state="dead"), name="job_dead"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["dedupe_key"],
                condition=Q(state__in=["ready", "running"], dedupe_key__isnull=False),
                name="one_unfinished_job_per_dedupe_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} ({self.state})"

    def _mine(self) -> models.QuerySet[Job]:
        # A worker that slept past its lease finds the fence moved and changes nothing.
        return Job.objects.filter(pk=self.pk, fence=self.fence, state=Job.State.RUNNING)

    def keep(self, *, lease: timedelta) -> bool:
        """Extend the lease. False: another worker has it."""
        return bool(self._mine().update(leased_until=clock.now() + lease))

    def finish(self, result: object = None) -> bool:
        """Mark as done. False: another worker has it."""
        done = {"state": Job.State.DONE, "finished_at": clock.now(), "result": result, "error": ""}
        return bool(self._mine().update(**done))

    def fail(self, error: str) -> bool:
        """Put back for a later attempt, or give up after the last. False: another worker has it."""
        if self.attempts >= self.attempts_max:
            return bool(self._mine().update(state=Job.State.DEAD, finished_at=clock.now(), error=error))
        wait = BACKOFF[min(self.attempts, len(BACKOFF)) - 1] * random.uniform(0.8, 1.2)
        return bool(self._mine().update(state=Job.State.READY, run_after=clock.now() + wait, error=error))

    @transaction.atomic
    def retry(self) -> bool:
        """Give a dead job a new set of attempts, now. False: it was not dead."""
        fresh = {"state": Job.State.READY, "attempts": 0, "run_after": clock.now(), "finished_at": None}
        bus.publish("jobs")
        return bool(Job.objects.filter(pk=self.pk, state=Job.State.DEAD).update(**fresh))


class Schedule(models.Model):
    """When a named schedule falls due next; whoever moves `next_at` forward enqueues its job."""

    name = models.CharField(max_length=200, unique=True)
    next_at = models.DateTimeField()
    last_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
