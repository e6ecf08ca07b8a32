"""The order of the queue stands in the row, a chat may go on as a ticket, and what was said can be asked for by mail.

SQLite rebuilds the table once for both worked-out columns, PostgreSQL once for each: on a large one this takes seconds, and
nobody reads it meanwhile on PostgreSQL.
"""

from importlib import import_module
from typing import Any

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.models import F, Q, Value, When
from django.db.models.functions import Coalesce

import handrail.core.clock
import handrail.core.ids

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
PLACES = [(priority, kind) for priority in ("urgent", "high", "normal", "low") for kind in (LIVE, ~LIVE)]
IN_QUEUE = Q(queue_rank__isnull=False)
ORDER = ["queue_rank", "queued_at", "number"]

RANK = models.GeneratedField(
    db_persist=True,
    expression=models.Case(
        When(~WAITING, then=Value(None)),
        *(When(Q(priority=priority) & kind, then=Value(at)) for at, (priority, kind) in enumerate(PLACES)),
        default=Value(None),
    ),
    output_field=models.SmallIntegerField(null=True),
)
SINCE = models.GeneratedField(
    db_persist=True,
    expression=Coalesce(F("handed_over_at"), F("created_at")),
    output_field=models.DateTimeField(),
)


class AddWorkedOut(Operation):
    """AddField for several columns that the database works out: SQLite, which copies the table for one, copies it once."""

    def __init__(self, model_name: str, fields: dict[str, models.GeneratedField]) -> None:
        self.model_name, self.fields = model_name, fields
        self.each = [migrations.AddField(model_name, name, field) for name, field in fields.items()]

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.model_name, self.fields], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        for add in self.each:
            add.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        if editor.connection.vendor == "sqlite":
            editor._remake_table(after.apps.get_model(app_label, self.model_name))
            return
        for add in self.each:
            add.database_forwards(app_label, editor, before, after)

    def database_backwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        if editor.connection.vendor == "sqlite":
            editor._remake_table(after.apps.get_model(app_label, self.model_name))
            return
        for add in reversed(self.each):
            add.database_backwards(app_label, editor, before, after)

    def describe(self) -> str:
        return f"Add {' and '.join(self.fields)} to {self.model_name}"


class Migration(migrations.Migration):
    dependencies = [("conversations", "0030_mentions_by_time")]

    operations = [
        migrations.AddField("conversation", "ticket_since", models.DateTimeField(blank=True, null=True)),
        AddWorkedOut("conversation", {"queue_rank": RANK, "queued_at": SINCE}),
        migrations.AddIndex(
            "conversation", models.Index(fields=ORDER, condition=IN_QUEUE, name="conversations_in_queue")
        ),
        migrations.AddIndex(
            "conversation",
            models.Index(fields=["team", *ORDER], condition=IN_QUEUE, name="conversations_in_queue_of_team"),
        ),
        migrations.CreateModel(
            "Transcript",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.CharField(max_length=254)),
                ("locale", models.CharField(max_length=5)),
                ("zone", models.CharField(max_length=40)),
                ("upto", models.PositiveIntegerField()),
                ("is_proved", models.BooleanField(default=False)),
                (
                    "mark",
                    models.CharField(
                        default=handrail.core.ids.random_id,
                        help_text="of the mail's id, so that a repeat is one",
                        max_length=40,
                    ),
                ),
                ("asked_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=models.CASCADE,
                        related_name="transcripts",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["email", "asked_at"], name="transcripts_to_mailbox")]},
        ),
        migrations.RunPython(before.keep_numbering, migrations.RunPython.noop),
    ]
