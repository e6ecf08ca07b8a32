"""The worker: claims due jobs, keeps their leases, runs them, and says how they ended."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import traceback
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import translation
from django.utils.module_loading import import_string
from django_tasks.utils import normalize_json

from handrail.core import bus
from handrail.core.harmless import harmless
from handrail.core.jobs.models import Job
from handrail.core.jobs.schedules import enqueue_due

log = logging.getLogger(__name__)

POLL_SECONDS = 1.0  # the net under the bus: how long an unannounced job may wait
ERROR_CHARS_MAX = 8_000
STARTING_ATTEMPTS = 3  # half a minute, in which what a job waits for may still be starting


class NotYet(RuntimeError):
    """What a task needs is not there, perhaps only not yet: tried again later, and worth a warning once that goes on."""


class Worker:
    """One process, one job at a time. `lease` is how long a crash may hold a job back."""

    def __init__(self, *, lease: timedelta, queues: list[str], batch: int = 10) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.lease, self.queues, self.batch = lease, queues, batch
        self.stopping = threading.Event()
        self._held: dict[int, Job] = {}
        self._lock = threading.Lock()

    def run_forever(self) -> None:
        """Work until SIGTERM or SIGINT, then finish the job in hand and leave."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        keeper = threading.Thread(target=self._keep_leases, daemon=True)
        keeper.start()
        with bus.listening("worker", ["jobs"]) as listener:
            while not self.stopping.is_set():
                try:
                    enqueue_due()
                    busy = self.run_batch()
                except Exception:
                    # The database may be restarting: say so, wait, and go on.
                    log.exception("worker could not claim")
                    close_old_connections()
                    connection.close()
                    busy = 0
                if not busy:
                    self._wait(listener)

    def _wait(self, listener: Any) -> None:
        message = listener.wait(POLL_SECONDS)
        while message is not None and message.get("topic") != "jobs" and not self.stopping.is_set():
            message = listener.wait(POLL_SECONDS)

    def run_batch(self) -> int:
        """Claim and run up to one batch. Returns how many jobs were claimed."""
        jobs = Job.objects.claim(worker=self.name, lease=self.lease, queues=self.queues, most=self.batch)
        with self._lock:
            self._held = {job.pk: job for job in jobs}
        for job in jobs:
            run(job)
            with self._lock:
                self._held.pop(job.pk, None)
        return len(jobs)

    def _keep_leases(self) -> None:
        while not self.stopping.wait(self.lease.total_seconds() / 3):
            with self._lock:
                held = list(self._held.values())
            try:
                for job in held:
                    job.keep(lease=self.lease)
            except Exception:
                log.exception("worker could not keep its leases")
                connection.close()


def run(job: Job) -> None:
    """Run one claimed job and record how it ended."""
    if job.attempts > job.attempts_max:
        # Each attempt died with its process: it is poison, and someone should look.
        job.fail(job.error or "The process running this job ended each time.")
        return
    try:
        task = import_string(job.task)
        with translation.override(
            settings.LANGUAGE_CODE
        ):  # whatever the terminal speaks, a job begins in the site's language
            result = task.call(*job.args, **job.kwargs)
        job.finish(normalize_json(result))
    except Exception as error:
        is_starting = isinstance(error, NotYet) and job.attempts <= STARTING_ATTEMPTS
        # One line for the log; the whole story is kept with the job, where the console shows it.
        log.log(
            logging.INFO if is_starting else logging.WARNING,
            "%s failed (attempt %s of %s): %s: %s",
            job.task,
            job.attempts,
            job.attempts_max,
            type(error).__name__,
            error,
        )
        job.fail(harmless(traceback.format_exc())[-ERROR_CHARS_MAX:])


def drain(*, most: int = 1_000) -> int:
    """Run due jobs in this process until none is left; for commands and tests. Returns how many ran."""
    worker = Worker(lease=timedelta(minutes=5), queues=["default", "mail", "index"])
    count = 0
    while count < most and (ran := worker.run_batch()):
        count += ran
    return count
