"""The worker: claims due jobs, keeps their leases, runs them, and says how they ended."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
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

ASIDE = (
    "aside"  # the queue of what may take seconds: it has a thread of its own, so that nothing waits behind it
)
LONG_SECONDS = 0.1  # what takes longer gives way afterwards
GIVES_WAY, GIVES_WAY_SECONDS_MAX = 9, 10.0  # times what it took, while other jobs wait
POLL_SECONDS = 1.0  # the net under the bus: how long an unannounced job may wait
ERROR_CHARS_MAX = 8_000
STARTING_ATTEMPTS = 3  # half a minute, in which what a job waits for may still be starting


class NotYet(RuntimeError):
    """What a task needs is not there, perhaps only not yet: tried again later, and worth a warning once that goes on."""


class Worker:
    """One process, one job at a time, and one ASIDE. `lease` is how long a crash may hold a job back."""

    def __init__(self, *, lease: timedelta, queues: list[str], batch: int = 10) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.lease, self.queues, self.batch = lease, queues, batch
        self.stopping = threading.Event()
        self._is_busy = False
        self._held: dict[int, Job] = {}
        self._lock = threading.Lock()

    def run_forever(self) -> None:
        """Work until SIGTERM or SIGINT, then finish the job in hand and leave."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        threading.Thread(target=self._keep_leases, daemon=True).start()
        queues = [name for name in self.queues if name != ASIDE]
        aside = threading.Thread(target=self._run_aside)
        if ASIDE in self.queues:
            aside.start()
        with bus.listening("worker", ["jobs"]) as listener:
            while not self.stopping.is_set():
                self._is_busy = bool(self._tried(queues, with_schedules=True))
                if not self._is_busy:
                    self._wait(listener)
        if ASIDE in self.queues:
            aside.join()

    def _run_aside(self) -> None:
        while not self.stopping.is_set():
            began = time.monotonic()
            if self._tried([ASIDE], most=1):
                self._give_way(time.monotonic() - began)
            else:
                self.stopping.wait(POLL_SECONDS)

    def _give_way(self, took: float) -> None:
        """Where other jobs wait, what takes long gets a tenth of the time."""
        rest = min(GIVES_WAY * took, GIVES_WAY_SECONDS_MAX) if took > LONG_SECONDS else 0.0
        until = time.monotonic() + rest
        while self._is_busy and time.monotonic() < until and not self.stopping.is_set():
            self.stopping.wait(POLL_SECONDS / 10)

    def _tried(self, queues: list[str], *, most: int = 0, with_schedules: bool = False) -> int:
        """One batch; 0 where nothing could be claimed."""
        try:
            if with_schedules:
                enqueue_due()
            return self.run_batch(queues, most=most)
        except Exception:
            # The database may be restarting: say so, wait, and go on.
            log.exception("worker could not claim")
            close_old_connections()
            connection.close()
            return 0

    def _wait(self, listener: Any) -> None:
        message = listener.wait(POLL_SECONDS)
        while message is not None and message.get("topic") != "jobs" and not self.stopping.is_set():
            message = listener.wait(POLL_SECONDS)

    def run_batch(self, queues: list[str] | None = None, *, most: int = 0) -> int:
        """Claim and run up to one batch, of all queues unless named. Returns how many jobs were claimed."""
        wanted = queues or self.queues
        jobs = Job.objects.claim(worker=self.name, lease=self.lease, queues=wanted, most=most or self.batch)
        with self._lock:
            self._held |= {job.pk: job for job in jobs}
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
    worker = Worker(lease=timedelta(minutes=5), queues=["default", "mail", "index", ASIDE])
    count = 0
    while count < most and (ran := worker.run_batch()):
        count += ran
    return count
