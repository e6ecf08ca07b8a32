"""Who does a thing: a person, the bot, a rule or the clock. Every verb takes one as `by=`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True)
class Actor:
    """`kind` is staff, person, bot, rule, clock or system; `id` is its row where it has one."""

    kind: str
    id: int | None = None

    def as_actor(self) -> Actor:
        return self

    @property
    def is_human(self) -> bool:
        return self.kind in {"staff", "person"}


@runtime_checkable
class CanAct(Protocol):
    """Anything that may be given as `by=`: staff and people answer with their own kind and id."""

    def as_actor(self) -> Actor: ...


BOT = Actor("bot")
CLOCK = Actor("clock")
SYSTEM = Actor("system")
