"""Conversations can be put aside for a while; lists go by when something last asked for attention.

SQLite rebuilds the table for it; on a large one this takes seconds and blocks writers meanwhile.
"""

from importlib import import_module

from django.db import migrations, models
from django.db.models import F

import handrail.core.clock

before = import_module("handrail.conversations.migrations.0004_conversation_shelf")

INDEXES = {
    "conversations_by_status": ["status"],
    "conversations_of_agent": ["assignee", "status"],
    "conversations_on_shelf": ["shelf"],
    "conversations_shelf_of": ["assignee", "shelf"],
    "conversations_shelf_of_team": ["team", "shelf"],
}


def list_by_newest_message(apps, schema_editor):
    apps.get_model("conversations", "Conversation").objects.update(listed_at=F("last_message_at"))


class Migration(migrations.Migration):
    dependencies = [("conversations", "0007_undo_send")]

    operations = [
        *(migrations.RemoveIndex(model_name="conversation", name=name) for name in INDEXES),
        migrations.AddField(
            model_name="conversation",
            name="listed_at",
            field=models.DateTimeField(default=handrail.core.clock.now),
        ),
        migrations.AddField(
            model_name="conversation",
            name="snoozed_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(list_by_newest_message, migrations.RunPython.noop),
        migrations.RemoveField(model_name="conversation", name="shelf"),
        migrations.AddField(
            model_name="conversation",
            name="shelf",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Case(
                    models.When(
                        models.Q(("status__in", ("new", "open", "pending", "on_hold")), _negated=True),
                        then=models.Value("over"),
                    ),
                    models.When(snoozed_until__isnull=False, then=models.Value("snoozed")),
                    models.When(held_by="bot", then=models.Value("bot")),
                    default=models.Value("queue"),
                ),
                output_field=models.CharField(
                    choices=[("queue", "Queue"), ("snoozed", "Snoozed"), ("bot", "Bot"), ("over", "Over")],
                    max_length=7,
                ),
            ),
        ),
        *(
            migrations.AddIndex(
                model_name="conversation",
                index=models.Index(fields=[*fields, "-listed_at", "-number"], name=name),
            )
            for name, fields in INDEXES.items()
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=["snoozed_until"],
                condition=models.Q(snoozed_until__isnull=False),
                name="conversations_to_wake",
            ),
        ),
        migrations.RunPython(before.keep_numbering, migrations.RunPython.noop),
    ]
