"""The conversations that both sides are filled with: the same texts, ages and shares, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from benches.load.words import Writer

SEED = 20_260_101
YEAR_SECONDS = 365 * 86_400
PEOPLE_PER_CONVERSATION = 0.2
AGENTS = 6
# Of a hundred: sixteen wait for us, four for somebody else, eighty are over. Both lists show the first twenty.
STATES = {"new": 4, "open": 12, "pending": 3, "on_hold": 1, "solved": 10, "closed": 70}
UNSOLVED_SHARE = 0.20
PRIORITIES = {"low": 10, "normal": 75, "high": 12, "urgent": 3}


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation. `age` in seconds, different for each; `person` and `agent` are indices, `agent` None at times."""

    subject: str
    text: str
    locale: str
    state: str
    priority: str
    channel: str
    age: float
    person: int
    agent: int | None


def people(count: int) -> int:
    """How many people wrote `count` conversations."""
    return max(1, round(count * PEOPLE_PER_CONVERSATION))


def rows(count: int) -> Iterator[Row]:
    """`count` conversations, exactly a fifth of each hundred unsolved, in random order of age."""
    writer = Writer(SEED)
    dice = writer.dice
    block = [state for state, share in STATES.items() for _ in range(share)]
    priorities, weights = list(PRIORITIES), list(PRIORITIES.values())
    for index in range(count):
        if index % len(block) == 0:
            dice.shuffle(block)
        locale = "ko" if dice.random() < 0.7 else "en"
        yield Row(
            subject=writer.words(locale, 5)[:120],
            text=writer.words(locale, 30),
            locale=locale,
            state=block[index % len(block)],
            priority=dice.choices(priorities, weights)[0],
            channel=dice.choice(("mail", "mail", "form", "chat")),
            age=dice.random() * YEAR_SECONDS + index / 1000,
            person=dice.randrange(people(count)),
            agent=dice.randrange(AGENTS) if dice.random() < 0.8 else None,
        )
