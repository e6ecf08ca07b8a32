"""People quote ticket numbers; four digits from the first one."""

from django.db import migrations


def start(apps, schema_editor):
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT setval(pg_get_serial_sequence('conversations_conversation', 'number'), 1000)")
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'conversations_conversation'")
            cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('conversations_conversation', 1000)")


class Migration(migrations.Migration):
    dependencies = [("conversations", "0001_initial")]
    operations = [migrations.RunPython(start, migrations.RunPython.noop)]
