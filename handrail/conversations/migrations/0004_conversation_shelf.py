"""One stored column says where a conversation lies (queue, bot, over), so that every list is an index's range.

SQLite rebuilds the table for it; on a large one this takes seconds and blocks writers meanwhile.
"""

from django.db import migrations, models


def keep_numbering(apps, schema_editor):
    # Rebuilding an empty table makes SQLite forget that numbers start at 1001.
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'conversations_conversation' AND seq < 1000")
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT 'conversations_conversation', 1000 WHERE NOT EXISTS "
                "(SELECT 1 FROM sqlite_sequence WHERE name = 'conversations_conversation')"
            )


class Migration(migrations.Migration):
    dependencies = [("conversations", "0003_thread_keys")]

    operations = [
        migrations.RemoveIndex(model_name="conversation", name="conversations_unsolved"),
        migrations.RemoveIndex(model_name="conversation", name="conversations_unsolved_of"),
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
                    models.When(held_by="bot", then=models.Value("bot")),
                    default=models.Value("queue"),
                ),
                output_field=models.CharField(
                    choices=[("queue", "Queue"), ("bot", "Bot"), ("over", "Over")], max_length=5
                ),
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["shelf", "-last_message_at", "-number"], name="conversations_on_shelf"),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=["assignee", "shelf", "-last_message_at", "-number"], name="conversations_shelf_of"
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                fields=["team", "shelf", "-last_message_at", "-number"], name="conversations_shelf_of_team"
            ),
        ),
        migrations.RunPython(keep_numbering, migrations.RunPython.noop),
    ]
