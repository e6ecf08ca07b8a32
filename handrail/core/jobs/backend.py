"""The django-tasks backend that writes jobs into the lease table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ParamSpec, TypeVar

import django_tasks
from django.db import IntegrityError, transaction
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from handrail.core import bus, clock
from handrail.core.inserting import insert
from handrail.core.jobs.models import Job

TRIES = 5
P = ParamSpec("P")
T = TypeVar("T")

STATUS = {
    Job.State.READY: TaskResultStatus.READY,
    Job.State.RUNNING: TaskResultStatus.RUNNING,
    Job.State.DONE: TaskResultStatus.SUCCESSFUL,
    Job.State.DEAD: TaskResultStatus.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseTask(Task[P, T]):
    """A task that may carry a dedupe key: while a job with that key is unfinished, no second one is made."""

    attempts_max: int = 6
    dedupe_key: str | None = None

    def using(self, *, dedupe_key: str | None = None, **changes: Any) -> LeaseTask[P, T]:  # type: ignore[override]
        given = {name: value for name, value in changes.items() if value is not None}
        return replace(self, **given, dedupe_key=dedupe_key or self.dedupe_key)


def task(
    *, priority: int = 0, queue_name: str = "default", attempts_max: int = 6
) -> Callable[[Callable[P, T]], LeaseTask[P, T]]:
    """django_tasks.task for this backend: the same decorator, with the number of attempts and our `using`."""
    options: Any = {"priority": priority, "queue_name": queue_name, "attempts_max": attempts_max}
    return django_tasks.task(**options)


def job_of(task: LeaseTask[Any, Any], args: Sequence[Any], kwargs: Mapping[str, Any]) -> Job:
    """The row of one call, not written yet. Raises TypeError for what is no JSON."""
    return Job(
        task=task.module_path,
        args=normalize_json(list(args)),
        kwargs=normalize_json(dict(kwargs)),
        queue=task.queue_name,
        priority=task.priority,
        run_after=task.run_after or clock.now(),
        attempts_max=task.attempts_max,
        dedupe_key=task.dedupe_key,
    )


def enqueue_each(calls: Iterable[tuple[LeaseTask[Any, Any], Sequence[Any]]]) -> None:
    """Several calls at once, none of which has a dedupe key; the worker hears of them once."""
    for task, args in calls:
        insert(job_of(task, args, {}))
    bus.publish("jobs")


def _saved(job: Job) -> Job:
    job.save(force_insert=True)
    return job


class LeaseBackend(BaseTaskBackend):
    """Enqueues in the caller's transaction; the worker (worker.py) claims, keeps and finishes."""

    task_class = LeaseTask
    supports_defer = True
    supports_priority = True
    supports_get_result = True

    def enqueue(self, task: LeaseTask[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:  # type: ignore[override]
        job = self._insert(task, args, kwargs) if task.dedupe_key else _saved(job_of(task, args, kwargs))
        bus.publish("jobs")
        return self._result(task, job)

    def _insert(self, task: LeaseTask[Any, Any], args: Any, kwargs: Any) -> Job:
        """A new job, or the unfinished one with its key. One that finishes between the two looks leaves neither, so again."""
        for _ in range(TRIES):
            try:
                with transaction.atomic():
                    return _saved(job_of(task, args, kwargs))
            except IntegrityError:
                if there := Job.objects.unfinished().filter(dedupe_key=task.dedupe_key).first():
                    return there
        raise RuntimeError(f"A job with the key {task.dedupe_key!r} came and went {TRIES} times.")

    def get_result(self, result_id: str) -> TaskResult[Any]:
        from django.utils.module_loading import import_string

        try:
            job = Job.objects.get(pk=result_id)
        except Job.DoesNotExist as missing:
            raise TaskResultDoesNotExist(result_id) from missing
        return self._result(import_string(job.task), job)

    def _result(self, task: LeaseTask[Any, Any], job: Job) -> TaskResult[Any]:
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=str(job.pk),
            status=STATUS[Job.State(job.state)],
            enqueued_at=job.created_at,
            started_at=None,
            last_attempted_at=None,
            finished_at=job.finished_at,
            args=job.args,
            kwargs=job.kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[job.worker] if job.worker else [],
        )
        object.__setattr__(result, "_return_value", job.result)
        return result
