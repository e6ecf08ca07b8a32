"""Who hears what. Filled once at start from every room's subscribers.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handrail.core.events.models import Event

    Handler = Callable[[Event], None]


@dataclass(frozen=True)
class Subscriber:
    """One handler of one verb; `name` is `room.function` and stays stable, because jobs carry it."""

    name: str
    verb: str
    handler: Handler
    queue: str
    inside: bool


_subscribers: dict[str, list[Subscriber]] = {}
_by_name: dict[tuple[str, str], Subscriber] = {}


def subscribe(*verbs: str, queue: str = "default") -> Callable[[Handler], Handler]:
    """Have the function run as a job of its own after each fact with one of these verbs is committed.

    It may run more than once for one fact, so it must be idempotent. It is retried alone with backoff.
    """
    return _add(verbs, queue=queue, inside=False)


def project(*verbs: str) -> Callable[[Handler], Handler]:
    """Have the function run inside the transaction that records the fact.

    Only for rows that must never disagree with the fact (the search index). It must be quick and stay in
    the database: if it raises, the fact did not happen.
    """
    return _add(verbs, queue="", inside=True)


def _add(verbs: tuple[str, ...], *, queue: str, inside: bool) -> Callable[[Handler], Handler]:
    def keep(handler: Handler) -> Handler:
        room = handler.__module__.removeprefix("handrail.").removesuffix(".subscribers")
        name = f"{room}.{handler.__name__}"
        for verb in verbs:
            if (verb, name) not in _by_name:
                entry = Subscriber(name, verb, handler, queue, inside)
                _by_name[verb, name] = entry
                _subscribers.setdefault(verb, []).append(entry)
        return handler

    return keep


def hears(verb: str, *, inside: bool) -> list[Subscriber]:
    """Those who hear this verb, in a stable order."""
    return sorted((s for s in _subscribers.get(verb, []) if s.inside == inside), key=lambda s: s.name)


def find(verb: str, name: str) -> Subscriber:
    """The subscriber a job names. Raises KeyError if a release took it away."""
    return _by_name[verb, name]


def every() -> dict[str, list[Subscriber]]:
    """verb -> its subscribers, for `handrail events` and the map in ARCHITECTURE.md."""
    return {verb: sorted(found, key=lambda s: s.name) for verb, found in sorted(_subscribers.items())}
