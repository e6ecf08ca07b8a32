"""Writing facts, and handing them to those who hear them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import models, transaction

from handrail.core import bus, clock
from handrail.core.actors import CanAct
from handrail.core.events import registry
from handrail.core.events.models import Event
from handrail.core.inserting import insert
from handrail.core.jobs.backend import enqueue_each

CHAIN_MAX = 10  # steps from a fact to its last consequence; beyond it rules are chasing each other
SWEEP_AFTER = timedelta(seconds=3)

_past: ContextVar[bool] = ContextVar("past", default=False)
_cause: ContextVar[Event | None] = ContextVar("cause", default=None)


class ChainTooLong(RuntimeError):
    """A fact would be the eleventh in a chain of causes: something answers itself."""


def record(
    verb: str,
    subject: models.Model,
    *,
    by: CanAct,
    whose_time: str = "",
    at_hand: tuple[models.Model, ...] = (),
    **data: Any,
) -> Event:
    """Write a fact about a saved row, in the caller's transaction, and return it.

    verb        `thing.happened`, lower case
    at_hand     rows just written of which the fact tells, so that whoever hears it inside need not read them again
    data        JSON values: codes, ids, old and new values; never prose
    whose_time  bot, human, waiting or ""

    Raises RuntimeError outside a transaction and ChainTooLong past ten links of cause.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"record({verb!r}) needs the transaction of the change it tells of.")
    cause = _cause.get()
    depth = cause.depth + 1 if cause else 0
    if depth > CHAIN_MAX:
        raise ChainTooLong(
            f"{verb} would be link {depth} of one chain of causes, starting at event {cause and cause.pk}."
        )
    actor = by.as_actor()
    event = Event(
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        actor_kind=actor.kind,
        actor_id=actor.id,
        whose_time=whose_time,
        data=data,
        at=clock.now(),
        cause=cause,
        depth=depth,
        # A fact nobody hears has nothing to hand on, and the sweeper need never look at it.
        dispatched_at=clock.now() if _past.get() or not registry.hears(verb, inside=False) else None,
    )
    insert(event)
    event.at_hand = at_hand
    for subscriber in registry.hears(verb, inside=True):
        subscriber.handler(event)
    if event.dispatched_at is None:
        transaction.on_commit(partial(dispatch, event.pk, verb=verb), robust=True)
    return event


@transaction.atomic
def dispatch(event_id: int, *, verb: str = "") -> int:
    """Give each subscriber of a committed fact its job, once. Returns how many jobs were made.

    verb  the fact's own, where the caller knows it
    """
    from handrail.core.events.jobs import hear

    marked = Event.objects.filter(pk=event_id, dispatched_at=None).mark_dispatched()
    if not marked:
        return 0
    verb = verb or Event.objects.values_list("verb", flat=True).get(pk=event_id)
    found = registry.hears(verb, inside=False)
    enqueue_each([(hear.using(queue_name=one.queue), (event_id, one.name)) for one in found])
    return len(found)


def sweep(*, older_than: timedelta = SWEEP_AFTER) -> int:
    """Dispatch facts that a crash left between commit and dispatch. Returns how many there were."""
    left = Event.objects.waiting().filter(at__lte=clock.now() - older_than).values_list("pk", flat=True)[:500]
    count = sum(1 for pk in left if dispatch(pk))
    if count:
        bus.publish("jobs")
    return count


@contextmanager
def because_of(event: Event) -> Iterator[None]:
    """Facts recorded inside the block name `event` as their cause."""
    token = _cause.set(event)
    try:
        yield
    finally:
        _cause.reset(token)


@contextmanager
def of_the_past() -> Iterator[None]:
    """Facts recorded inside the block are history: they are written, and projected, but nobody acts on them.

    For conversations that were had elsewhere: no answer, mail or notice must follow from them today.
    """
    token = _past.set(True)
    try:
        yield
    finally:
        _past.reset(token)
