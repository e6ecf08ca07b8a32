"""Schedules: a cron line beside a task. Times are wall-clock times of the zone, right across a clock change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from cronsim import CronSim
from django.conf import settings
from django.db import transaction

from handrail.core import clock
from handrail.core.jobs.backend import LeaseTask
from handrail.core.jobs.models import Schedule


@dataclass(frozen=True)
class Entry:
    """A task, its cron line, and the zone the line is meant in."""

    task: LeaseTask[Any, Any]
    line: str
    zone: ZoneInfo

    @property
    def name(self) -> str:
        return self.task.module_path

    def after(self, moment: datetime) -> datetime:
        """The first moment after `moment` at which the line falls due."""
        return next(CronSim(self.line, moment.astimezone(self.zone)))


_entries: dict[str, Entry] = {}


def schedule(line: str, *, zone: str | None = None) -> Callable[[LeaseTask[Any, Any]], LeaseTask[Any, Any]]:
    """Enqueue the task (without arguments) whenever the five-field cron `line` falls due.

    zone  an IANA name; the site's own zone without it
    """

    def keep(task: LeaseTask[Any, Any]) -> LeaseTask[Any, Any]:
        entry = Entry(task, line, ZoneInfo(zone or settings.TIME_ZONE))
        _entries[entry.name] = entry
        return task

    return keep


def enqueue_due() -> int:
    """Enqueue what has fallen due since it was last asked, each once however long ago. Returns how many."""
    moment = clock.now()
    known = {row.name: row for row in Schedule.objects.all()}
    count = 0
    for entry in _entries.values():
        row = known.get(entry.name)
        if row is None:
            Schedule.objects.get_or_create(name=entry.name, defaults={"next_at": entry.after(moment)})
        elif row.next_at <= moment:
            count += _take(entry, row, moment)
    return count


@transaction.atomic
def _take(entry: Entry, row: Schedule, moment: datetime) -> int:
    # Two workers may see the same due row; the one that moves it forward enqueues.
    moved = Schedule.objects.filter(pk=row.pk, next_at=row.next_at).update(
        next_at=entry.after(moment), last_at=moment
    )
    if moved:
        entry.task.using(dedupe_key=f"schedule:{entry.name}").enqueue()
    return moved
