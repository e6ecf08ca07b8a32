"""Fills the peer with what we are filled with: one article in a category of its own, and the same conversations.

Usage: python -m benches.load.peer.fill COUNT        (a new data folder; prints what to ask for, as JSON)
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta
from itertools import islice

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from helpdesk.models import KBCategory, KBItem, Queue, Ticket  # noqa: E402

from benches.load.rows import AGENTS, SEED, UNSOLVED_SHARE, rows  # noqa: E402
from benches.load.words import Writer, as_markdown  # noqa: E402

STATES = {"new": 1, "open": 1, "pending": 2, "on_hold": 2, "solved": 3, "closed": 4}
PRIORITIES = {"low": 4, "normal": 3, "high": 2, "urgent": 1}
BATCH = 2_000


def main(count: int) -> None:
    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)
    queue = Queue.objects.create(title="Support", slug="support", allow_public_submission=True)
    agents = [
        get_user_model().objects.create_user(
            f"agent{n}", f"agent{n}@bench.test", is_staff=True, first_name="Agent", last_name=str(n)
        )
        for n in range(AGENTS)
    ]
    category = KBCategory.objects.create(
        name="Refunds", title="Refunds", slug="refunds", description="Refunds"
    )
    # The very words of our measured article.
    writer = Writer(SEED)
    text = as_markdown(writer.article("ko", sections=5))
    KBItem.objects.create(
        category=category, title="환불", question="환불", answer=text, last_updated=timezone.now()
    )
    with transaction.atomic():
        fill(count, queue, agents)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found = Ticket.objects.filter(status__in=[1, 2]).count()
    assert found == round(count * UNSOLVED_SHARE), "both lists must hold the same number of rows"
    print(
        json.dumps(
            {
                "queue": queue.pk,
                "session": sign_in(agents[0]),
                "conversations": Ticket.objects.count(),
                "matches": found,
            }
        )
    )


def fill(count: int, queue: Queue, agents: list) -> None:
    now, made = timezone.now(), rows(count)
    # The field fills itself with the present moment, which bulk rows must not have.
    Ticket._meta.get_field("created").auto_now_add = False
    Ticket._meta.get_field("modified").auto_now = False
    while batch := list(islice(made, BATCH)):
        Ticket.objects.bulk_create(
            Ticket(
                title=row.subject,
                queue=queue,
                created=now - timedelta(seconds=row.age),
                modified=now - timedelta(seconds=row.age),
                submitter_email=f"p{row.person}@customers.test",
                assigned_to=agents[row.agent] if row.agent is not None else None,
                status=STATES[row.state],
                description=row.text,
                priority=PRIORITIES[row.priority],
            )
            for row in batch
        )


def sign_in(user) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


if __name__ == "__main__":
    main(int(sys.argv[1]))
