"""Words of conversations for search: one table on both databases, with the index each of them has for words."""

import django.db.models.deletion
from django.db import migrations, models

INDEX = "conversations_words_index"
VECTOR = "array_to_tsvector(array_remove(string_to_array(public || ' ' || private, ' '), ''))"


def index(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {INDEX} ON conversations_words USING gin (({VECTOR}))")
    else:
        # detail=column: no phrases are asked for, and the index is a third of the size.
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {INDEX} USING fts5(public, private, content='conversations_words', "
            "content_rowid='conversation_id', detail='column', tokenize='unicode61 remove_diacritics 0')"
        )


def unindex(apps, schema_editor):
    what = "INDEX" if schema_editor.connection.vendor == "postgresql" else "TABLE"
    schema_editor.execute(f"DROP {what} {INDEX}")


class Migration(migrations.Migration):
    dependencies = [("conversations", "0004_conversation_shelf")]

    operations = [
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="conversations.conversation",
                    ),
                ),
                ("public", models.TextField(blank=True)),
                ("private", models.TextField(blank=True)),
            ],
            options={"db_table": "conversations_words"},
        ),
        migrations.RunPython(index, unindex),
    ]
