"""How long counting what lies in each mailbox takes as conversations become more, beside the counts of the views and one
page of a mailbox's list.

python -m benches.load.mailboxes [conversations …]     on the database of HANDRAIL_DATA or DATABASE_URL, which must be an empty one

A fifth of the conversations is unsolved; half of those that wait for us was read by a colleague. Everything is capped at
what is shown, so that past LYING_MOST in each mailbox it should grow no further.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

MAILBOXES, PEOPLE, RUNS = 5, 500, 40
SIZES = (1_000, 10_000, 100_000)
COPIED = {  # table -> the column that says of which conversation a row is
    "conversations.Conversation": "number",
    "conversations.Endpoint": "conversation_id",
    "conversations.ReadMark": "conversation_id",
}


def main(sizes: list[int]) -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handrail.config.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    fill, viewer, inboxes = begin()
    first: dict[str, float] = {}
    for size in sizes:
        fill(size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        taken = {name: least(work) for name, work in counted(viewer, inboxes).items()}
        first = first or taken
        said = "  ".join(f"{name} {ms:6.2f} ms ({ms / first[name]:.2f} ×)" for name, ms in taken.items())
        shown = taken["mailboxes"] / taken["views"]
        print(f"{size:>8,}: {said}  mailboxes by views {shown:.2f} ×", flush=True)


def least(work: Callable[[], object]) -> float:
    """The smallest CPU of RUNS after one to warm up, in milliseconds; on PostgreSQL the smallest wall clock, because the work is
    done in another process."""
    from django.db import connection

    now = time.thread_time if connection.vendor == "sqlite" else time.perf_counter
    work()
    taken = []
    for _run in range(RUNS):
        begun = now()
        work()
        taken.append(now() - begun)
    return 1000 * min(taken)


def counted(viewer: Any, inboxes: list[int]) -> dict[str, Callable[[], object]]:
    """What stands at the side of a list, and a page of one mailbox's."""
    from handrail.conversations.per_mailbox import per_mailbox
    from handrail.conversations.queries import Filters, counts, page

    return {
        "mailboxes": lambda: per_mailbox(viewer, inboxes),
        "views": lambda: counts(viewer),
        "page": lambda: page("all", viewer=viewer, filters=Filters(mailbox=inboxes[0])),
    }


def begin() -> tuple[Callable[[int], None], Any, list[int]]:
    """A company with a private team the viewer is not in -> what fills it up to a size, the viewer, its mailboxes."""
    from handrail.accounts.models import Team, User
    from handrail.accounts.viewer import staff_viewer
    from handrail.channels.models import Inbox
    from handrail.contacts.models import Person
    from handrail.core.actors import SYSTEM
    from handrail.workspace.models import Brand

    brand = Brand.objects.create(slug="bench", name_ko="벤치", name_en="Bench")
    team = Team.objects.create(slug="bench", name_ko="팀", name_en="Team")
    Team.objects.create(slug="hidden", name_ko="숨은팀", name_en="Hidden", is_private=True)
    user = User.objects.create_user("agent@bench.test", None, name="상담원", role="agent")
    team.add(user, by=SYSTEM)
    inboxes = [
        Inbox.objects.create(kind="mail", brand=brand, address=f"box{n}@bench.test", name=f"{n}", team=team)
        for n in range(MAILBOXES)
    ]
    people = Person.objects.bulk_create(Person(name=f"고객 {n}") for n in range(PEOPLE))
    return partial(_fill, brand, team.pk, inboxes, people), staff_viewer(user), [each.pk for each in inboxes]


def _fill(brand: Any, team: int, inboxes: list[Any], people: list[Any], size: int) -> None:
    """Write the first rows and have the database copy what there is until there are `size`."""
    from handrail.conversations.models import Conversation

    if not Conversation.objects.exists():
        _write(brand, team, inboxes, people)
    while (have := Conversation.objects.count()) < size:
        for table, key in COPIED.items():
            _copy(table, key, have, most=size - have)


def _write(brand: Any, team: int, inboxes: list[Any], people: list[Any]) -> None:
    from handrail.conversations.models import Conversation, Endpoint, ReadMark
    from handrail.core import clock

    chance, now = random.Random(20_261_129), clock.now()
    fixed = {"brand": brand, "channel": "mail", "submitter_kind": "person", "last_message_from": "in"}
    made = [
        Conversation(
            number=number,
            requester=chance.choice(people),
            team_id=chance.choice((team, team, team + 1, None)),
            lies_in=chance.choice(inboxes),
            status="closed" if number % 5 else "open",
            closed_at=now if number % 5 else None,
            listed_at=now - timedelta(minutes=number),
            last_seq=1,
            priority=chance.choice(("low", "normal", "normal", "high", "urgent")),
            **fixed,
        )
        for number in range(1, SIZES[0] + 1)
    ]
    Conversation.objects.bulk_create(made)
    Endpoint.objects.bulk_create(
        Endpoint(conversation=each, inbox_id=each.lies_in_id, person_id=each.requester_id, address="p@c.test")
        for each in made
    )
    waiting = [each for each in made if each.status == "open"]
    ReadMark.objects.bulk_create(ReadMark(conversation=each, delivered=1, read=1) for each in waiting[::2])


def _copy(table: str, key: str, shift: int, *, most: int) -> None:
    from django.apps import apps
    from django.db import connection

    meta = apps.get_model(table)._meta
    names = [each.column for each in meta.concrete_fields if not each.generated and each.column != "id"]
    unique = f"'{shift}-' || {key}"
    changed = {key: f"{key} + {shift}", "public_id": unique, "reply_key": unique}
    values = ", ".join(changed.get(name, f'"{name}"') for name in names)
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        # Names of our own columns and numbers; nothing anybody typed.
        cursor.execute(
            f"INSERT INTO {meta.db_table} ({columns}) SELECT {values} FROM {meta.db_table} WHERE {key} <= {most}"
        )


if __name__ == "__main__":
    main([int(each.replace(",", "")) for each in sys.argv[1:]] or list(SIZES))
