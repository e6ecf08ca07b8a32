"""The order of the queue stands in the row, and a chat may go on as a ticket.

SQLite rebuilds the table for each worked-out column, PostgreSQL once: on a large one this takes seconds and blocks writers.
"""

from importlib import import_module

from django.db import migrations, models
from django.db.models import F, Q, Value, When
from django.db.models.functions import Coalesce

before = import_module("handrail.conversations.migrations.0004_conversation_shelf")

WAITING = Q(
    status__in=["new", "open"],
    held_by="people",
    snoozed_until=None,
    assignee=None,
    first_answered_at=None,
    deleted_at=None,
    side_of=None,
)
LIVE = Q(channel="chat", ticket_since=None)
PLACES = [
    (priority, kind) for priority in ("urgent", "high", "normal", "low") for kind in (LIVE, ~LIVE)
]
IN_QUEUE = Q(queue_rank__isnull=False)
ORDER = ["queue_rank", "queued_at", "number"]


class Migration(migrations.Migration):
    dependencies = [("conversations", "0027_article_notices")]

    operations = [
        migrations.AddField("conversation", "ticket_since", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "conversation",
            "queue_rank",
            models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    When(~WAITING, then=Value(None)),
                    *(
                        When(Q(priority=priority) & kind, then=Value(at))
                        for at, (priority, kind) in enumerate(PLACES)
                    ),
                    default=Value(None),
                ),
                output_field=models.SmallIntegerField(null=True),
            ),
        ),
        migrations.AddField(
            "conversation",
            "queued_at",
            models.GeneratedField(
                db_persist=True,
                expression=Coalesce(F("handed_over_at"), F("created_at")),
                output_field=models.DateTimeField(),
            ),
        ),
        migrations.AddIndex(
            "conversation", models.Index(fields=ORDER, condition=IN_QUEUE, name="conversations_in_queue")
        ),
        migrations.AddIndex(
            "conversation",
            models.Index(
                fields=["team", *ORDER], condition=IN_QUEUE, name="conversations_in_queue_of_team"
            ),
        ),
        migrations.RunPython(before.keep_numbering, migrations.RunPython.noop),
    ]
