"""A merge remembers when it was and what came before, so that it can be taken back."""

from importlib import import_module

from django.db import migrations, models

before = import_module("handrail.conversations.migrations.0004_conversation_shelf")


class Migration(migrations.Migration):
    dependencies = [("conversations", "0008_snooze")]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="merged_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="conversation",
            name="status_before",
            field=models.CharField(blank=True, help_text="of a merged one, to go back to", max_length=8),
        ),
        migrations.RunPython(before.keep_numbering, migrations.RunPython.noop),
    ]
