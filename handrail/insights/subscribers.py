"""What the room hears: steps of an article's life that somebody is to know of."""

from __future__ import annotations

from handrail.core.events.models import Event
from handrail.core.events.registry import subscribe
from handrail.insights.telling import HEARD, SETTLES, settle_what_is_done, tell_authors


@subscribe(*sorted(HEARD))
def tell_those_who_keep_it(event: Event) -> None:
    tell_authors(event)


@subscribe(*sorted(SETTLES))
def settle_notices(event: Event) -> None:
    settle_what_is_done(event)
