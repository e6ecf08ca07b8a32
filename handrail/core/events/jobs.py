"""The job that carries one fact to one subscriber."""

from __future__ import annotations

from handrail.core.events import registry
from handrail.core.events.ledger import because_of, sweep
from handrail.core.events.models import Event
from handrail.core.jobs.backend import task
from handrail.core.jobs.schedules import schedule


@task()
def hear(event_id: int, name: str) -> None:
    """Run one subscriber for one fact; what it records names the fact as cause."""
    event = Event.objects.get(pk=event_id)
    with because_of(event):
        registry.find(event.verb, name).handler(event)


@schedule("* * * * *")
@task()
def sweep_events() -> int:
    """Dispatch what a crash left behind."""
    return sweep()
