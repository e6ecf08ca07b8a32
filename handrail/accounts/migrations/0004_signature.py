"""Mails carry a signature, and may quote what they answer."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_undo_send'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='signature',
            field=models.CharField(blank=True, help_text="below their mails, with placeholders; empty: the mailbox's", max_length=1000),
        ),
    ]
