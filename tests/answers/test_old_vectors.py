"""Vectors of an older encoder go once the new ones are whole, and never before."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs
from handrail.answers.answer import answer
from handrail.answers.asks import Ask
from handrail.answers.encoder import NoReader
from handrail.answers.entries import Vector
from handrail.answers.model_client import current, using
from handrail.core import clock

OLD = "use3-0.1.0"


@pytest.fixture
def upgraded(help_centre):
    """A help centre whose every wording has a vector by the present encoder and one by an older."""
    rows = [Vector(text_hash=row.text_hash, model=OLD, numbers=b"") for row in Vector.objects.all()]
    Vector.objects.bulk_create(rows)
    return help_centre


def old():
    return Vector.objects.by(OLD).count()


def test_an_older_encoders_vectors_go_once_the_new_ones_are_whole(upgraded):
    before = Vector.objects.by(current().vector_model).count()
    assert jobs.sweep_vectors.func() == before
    assert (old(), Vector.objects.by(current().vector_model).count()) == (0, before)
    assert jobs.sweep_vectors.func() == 0


def test_they_stay_while_one_wording_still_waits_for_its_new_vector(upgraded):
    Vector.objects.by(current().vector_model).first().delete()
    assert jobs.sweep_vectors.func() == 0
    assert old() > 0

    jobs.encode_wanting()
    assert jobs.sweep_vectors.func() > 0


def test_they_stay_while_a_host_still_answers_by_them(upgraded):
    answer("환불 얼마나 걸려요", STRANGER, locale="ko")
    Ask.objects.update(models_used=f"kiwi-0.1 {OLD}")
    assert jobs.sweep_vectors.func() == 0

    Ask.objects.update(at=clock.now() - timedelta(hours=1, seconds=1))
    assert jobs.sweep_vectors.func() > 0


def test_nothing_is_deleted_where_no_encoder_answers(upgraded):
    with using(NoReader()):
        assert jobs.sweep_vectors.func() == 0
    assert old() > 0


def test_the_files_of_an_older_encoder_go_too(upgraded):
    folder = Path(settings.DATA) / "run" / "vectors"
    for name in (OLD, current().vector_model):
        (folder / name).mkdir(parents=True, exist_ok=True)
    jobs.sweep_vectors.func()
    assert not (folder / OLD).exists()
    assert (folder / current().vector_model).exists()
