"""The lexical index, in the form the database in use has: FTS5 or a GIN index."""

from django.db import migrations


def _statements(vendor, name):
    if vendor == "postgresql":
        from handrail.answers.index import postgres as index
    else:
        from handrail.answers.index import sqlite as index
    return getattr(index, name)


def create(apps, schema_editor):
    for statement in _statements(schema_editor.connection.vendor, "CREATE"):
        schema_editor.execute(statement, params=None)


def drop(apps, schema_editor):
    for statement in _statements(schema_editor.connection.vendor, "DROP"):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("answers", "0001_initial")]
    operations = [migrations.RunPython(create, drop)]
