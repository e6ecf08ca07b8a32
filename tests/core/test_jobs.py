from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from handrail.answers.jobs import ModelsAway
from handrail.core import clock
from handrail.core.jobs.models import Job
from handrail.core.jobs.schedules import Entry
from handrail.core.jobs.worker import ASIDE, NotYet, Worker, drain, run
from tests.core.jobs_for_tests import always_fails, mark, needs_what_is_starting, waits_for

LEASE = timedelta(seconds=15)


def claim(worker: str = "w1", most: int = 10) -> list[Job]:
    return Job.objects.claim(worker=worker, lease=LEASE, queues=["default"], most=most)


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "marks")


def marks(path: str) -> list[str]:
    try:
        return open(path).read().split()
    except FileNotFoundError:
        return []


@pytest.mark.django_db
def test_an_enqueued_job_runs_and_keeps_its_result(path):
    result = mark.enqueue(path, "once")
    assert drain() == 1
    assert marks(path) == ["once"]
    assert mark.get_result(result.id).return_value == "once"


@pytest.mark.django_db(transaction=True)
def test_a_job_enqueued_in_a_rolled_back_transaction_never_was(path):
    with pytest.raises(RuntimeError), transaction.atomic():
        mark.enqueue(path, "never")
        raise RuntimeError
    assert drain() == 0
    assert marks(path) == []


@pytest.mark.django_db
def test_two_workers_never_hold_the_same_job(path):
    for n in range(4):
        mark.enqueue(path, str(n))
    first, second = claim("w1", 2), claim("w2", 10)
    assert {j.pk for j in first} & {j.pk for j in second} == set()
    assert len(first) + len(second) == 4


@pytest.mark.django_db
def test_a_job_whose_worker_died_is_claimed_again_when_its_lease_runs_out(path):
    mark.enqueue(path, "again")
    (lost,) = claim("dead")
    assert claim("w2") == []
    with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
        (found,) = claim("w2")
    assert found.pk == lost.pk
    assert found.attempts == 2


@pytest.mark.django_db
def test_a_worker_that_slept_past_its_lease_changes_nothing(path):
    mark.enqueue(path, "x")
    (sleeper,) = claim("sleeper")
    with clock.at(clock.now() + LEASE + timedelta(seconds=1)):
        (awake,) = claim("awake")
    assert not sleeper.finish()
    assert not sleeper.keep(lease=LEASE)
    assert awake.finish()


@pytest.mark.django_db
def test_what_waits_for_something_that_is_only_starting_warns_once_that_goes_on(caplog):
    needs_what_is_starting.enqueue()
    warned = []
    for minutes in range(4):
        caplog.clear()
        with clock.at(clock.now() + timedelta(minutes=10 * minutes)):
            (job,) = claim()
            run(job)
        warned.append([record.levelname for record in caplog.records if record.levelname == "WARNING"])

    assert warned == [[], [], [], ["WARNING"]]
    assert issubclass(ModelsAway, NotYet)


@pytest.mark.django_db
def test_a_failing_job_is_put_off_then_dead_and_comes_back_by_retry():
    always_fails.enqueue()
    (job,) = claim()
    run(job)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("ready", 1)
    assert job.run_after > clock.now()
    with clock.at(clock.now() + timedelta(minutes=1)):
        (job,) = claim()
        run(job)
    job.refresh_from_db()
    assert job.state == "dead"
    assert "no use" in job.error
    assert list(Job.objects.dead()) == [job]
    assert job.retry()
    assert [j.pk for j in claim()] == [job.pk]


@pytest.mark.django_db
def test_a_job_that_kills_its_process_each_time_ends_as_dead_letter(path):
    mark.enqueue(path, "poison")
    later = clock.now()
    for _ in range(7):
        with clock.at(later):
            (job,) = claim()
        later += LEASE + timedelta(seconds=1)
    run(job)
    job.refresh_from_db()
    assert job.state == "dead"
    assert marks(path) == []


@pytest.mark.django_db
def test_while_a_job_with_a_dedupe_key_waits_no_second_one_is_made(path):
    keyed = mark.using(dedupe_key="k")
    assert keyed.enqueue(path, "1").id == keyed.enqueue(path, "2").id
    drain()
    keyed.enqueue(path, "3")
    drain()
    assert marks(path) == ["1", "3"]


@pytest.mark.django_db
def test_a_more_urgent_job_goes_first(path):
    mark.enqueue(path, "later")
    mark.using(priority=10).enqueue(path, "first")
    drain()
    assert marks(path) == ["first", "later"]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        # New York springs forward on 8 March 2026: 02:30 does not exist that day.
        (datetime(2026, 3, 7, 12, tzinfo=UTC), datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        # ... and falls back on 1 November: 02:30 comes once, in winter time.
        (datetime(2026, 11, 1, 0, tzinfo=UTC), datetime(2026, 11, 1, 7, 30, tzinfo=UTC)),
    ],
)
def test_schedules_mean_wall_clock_time_across_a_clock_change(after, expected):
    from zoneinfo import ZoneInfo

    entry = Entry(mark, "30 2 * * *", ZoneInfo("America/New_York"))
    assert entry.after(after).astimezone(UTC) == expected


@pytest.mark.django_db
def test_a_schedule_missed_for_hours_runs_once(monkeypatch):
    from zoneinfo import ZoneInfo

    from handrail.core.jobs import schedules

    entry = Entry(always_fails, "*/5 * * * *", ZoneInfo("Asia/Seoul"))
    monkeypatch.setattr(schedules, "_entries", {entry.name: entry})
    schedules.enqueue_due()
    with clock.at(clock.now() + timedelta(hours=3)):
        assert schedules.enqueue_due() == 1
        assert schedules.enqueue_due() == 0
    assert Job.objects.unfinished().count() == 1


@pytest.mark.django_db
def test_a_job_that_finishes_between_two_looks_is_no_fault_of_who_enqueues(path, monkeypatch):
    keyed = mark.using(dedupe_key="one")
    keyed.enqueue(path, "first")
    seen = Job.objects.unfinished

    def finished_meanwhile():
        # The worker is quicker than the second look.
        monkeypatch.setattr(type(Job.objects), "unfinished", lambda self: seen())
        drain()
        return seen()

    monkeypatch.setattr(type(Job.objects), "unfinished", lambda self: finished_meanwhile())
    keyed.enqueue(path, "second")
    drain()
    assert marks(path) == ["first", "second"]


@pytest.mark.django_db(transaction=True)
def test_nothing_waits_behind_what_runs_aside(path):
    long = waits_for.enqueue(path, 20)
    mark.enqueue(path, "meanwhile")
    worker = Worker(lease=LEASE, queues=["default", ASIDE])

    def stop() -> None:
        until = time.monotonic() + 40
        while Job.objects.unfinished().exists() and time.monotonic() < until:
            time.sleep(0.1)
        worker.stopping.set()
        connection.close()

    threading.Thread(target=stop).start()
    worker.run_forever()

    assert waits_for.get_result(long.id).return_value is True
    assert marks(path) == ["meanwhile"]


def test_what_took_long_aside_gives_way_only_while_others_wait(monkeypatch):
    worker, waits = Worker(lease=LEASE, queues=["default", ASIDE]), []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        worker._is_busy = len(waits) < 3

    monkeypatch.setattr(worker.stopping, "wait", wait)
    worker._give_way(60)
    assert not waits
    worker._is_busy = True
    worker._give_way(0.05)
    assert not waits
    worker._give_way(60)
    assert len(waits) == 3
