"""When an outage was mailed, apart from when it was told; and kept mails found by their senders' ids."""

from django.db import migrations, models
from django.db.models import F


def fill(apps, schema_editor):
    """Until now an outage was told by its mail alone: those told of were mailed. One row a way of a mailbox."""
    apps.get_model("channels", "Health").objects.update(mailed_at=F("told_at"))


class Migration(migrations.Migration):

    dependencies = [
        ("channels", "0009_mail_templates"),
    ]

    operations = [
        migrations.AddField(
            model_name='health',
            name='mailed_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='inboundraw',
            index=models.Index(fields=['external_id'], name='inbound_by_id', opclasses=['varchar_pattern_ops']),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
