"""Making vectors of what was written: nobody else waits for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from handrail.answers import jobs
from handrail.answers.entries import Vector
from handrail.answers.model_client import current, using
from handrail.answers.model_here import ModelsHere
from handrail.core.jobs.worker import Worker


class Watched(ModelsHere):
    """The models, and whether the database was held while they worked."""

    def __init__(self, models: ModelsHere) -> None:
        self.__dict__ |= models.__dict__
        self.held: list[bool] = []

    def read(self, morphs, vectors, *, as_asked=False):
        self.held.append(connection.in_atomic_block)
        return super().read(morphs, vectors, as_asked=as_asked)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_held_in_the_database_while_the_encoder_works(help_centre):
    Vector.objects.all().delete()
    with using(watched := Watched(current())):
        assert jobs.encode_wanting() == Vector.objects.count() > 0
    assert watched.held and not any(watched.held)


def test_many_texts_are_several_jobs_between_which_others_have_their_turn(help_centre, monkeypatch):
    Vector.objects.all().delete()
    monkeypatch.setattr(jobs, "BATCH", 2)
    monkeypatch.setattr(jobs, "AT_ONCE", 8)
    jobs.encode.enqueue()
    worker = Worker(lease=timedelta(minutes=5), queues=["index"], batch=1)
    counts = []
    while worker.run_batch():
        counts.append(Vector.objects.count())
    assert counts[0] == 8 and counts[-1] == 36
    assert not jobs.encode_wanting()
