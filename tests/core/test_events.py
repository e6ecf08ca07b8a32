from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events import registry
from handrail.core.events.ledger import ChainTooLong, because_of, dispatch, record, sweep
from handrail.core.events.models import Event
from handrail.core.jobs.models import Job
from handrail.core.jobs.worker import drain
from handrail.workspace.models import Brand


@pytest.fixture
def brand(db):
    return Brand.objects.create(slug="b", name_ko="ㄱ", name_en="b")


@pytest.fixture
def ears(monkeypatch):
    """A registry of its own, so that a test's subscribers end with it."""
    monkeypatch.setattr(registry, "_subscribers", {})
    monkeypatch.setattr(registry, "_by_name", {})
    return registry


@pytest.mark.django_db(transaction=True)
def test_a_fact_needs_the_transaction_of_its_change():
    brand = Brand.objects.create(slug="b", name_ko="ㄱ", name_en="b")
    with pytest.raises(RuntimeError, match="needs the transaction"):
        record("brand.changed", brand, by=SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_each_subscriber_gets_its_job_after_the_commit(ears):
    heard = []
    ears.subscribe("t.happened")(lambda event: heard.append("a"))

    def second(event):
        heard.append("b")

    ears.subscribe("t.happened")(second)
    brand = Brand.objects.create(slug="b", name_ko="ㄱ", name_en="b")
    with transaction.atomic():
        record("t.happened", brand, by=SYSTEM)
        assert Job.objects.count() == 0
    assert Job.objects.count() == 2
    drain()
    assert sorted(heard) == ["a", "b"]


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_leaves_no_fact_and_no_job(ears):
    ears.subscribe("t.happened")(lambda event: None)
    brand = Brand.objects.create(slug="b", name_ko="ㄱ", name_en="b")
    with pytest.raises(ValueError), transaction.atomic():
        record("t.happened", brand, by=SYSTEM)
        raise ValueError
    assert Event.objects.count() == Job.objects.count() == 0


def test_the_sweeper_hands_on_what_a_crash_left_and_nothing_twice(ears, brand):
    ears.subscribe("t.happened")(lambda event: None)
    with transaction.atomic():
        event = record(
            "t.happened", brand, by=SYSTEM
        )  # the test's own transaction never commits: as after a crash
    assert sweep() == 0  # still fresh: its own process may be about to
    with clock.at(clock.now() + timedelta(minutes=1)):
        assert sweep() == 1
        assert sweep() == 0
    assert dispatch(event.pk) == 0
    assert Job.objects.count() == 1


def test_a_projection_runs_inside_and_takes_the_fact_down_with_it(ears, brand):
    @ears.project("t.happened")
    def broken(event):
        raise ValueError("index")

    with pytest.raises(ValueError), transaction.atomic():
        record("t.happened", brand, by=SYSTEM)
    assert not Event.objects.filter(verb="t.happened").exists()


def test_facts_name_their_cause_and_a_chain_ends(brand):
    with transaction.atomic():
        event = first = record("t.0", brand, by=SYSTEM)
        for n in range(1, 11):
            with because_of(event):
                event = record(f"t.{n}", brand, by=SYSTEM)
        assert event.depth == 10
        assert first.effects.get().verb == "t.1"
        with because_of(event), pytest.raises(ChainTooLong):
            record("t.11", brand, by=SYSTEM)
