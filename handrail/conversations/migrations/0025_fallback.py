"""Somebody signed in who leaves a chat gets by mail what they did not read."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0024_read_marks'),
    ]

    # In SQL, because a column that may not be empty is added by SQLite itself without a rebuild, and by Django with one.
    operations = [
        migrations.RunSQL(
            'ALTER TABLE conversations_endpoint ADD COLUMN is_fallback bool NOT NULL DEFAULT false',
            'ALTER TABLE conversations_endpoint DROP COLUMN is_fallback',
            state_operations=[
                migrations.AddField(
                    model_name='endpoint',
                    name='is_fallback',
                    field=models.BooleanField(db_default=False, default=False),
                ),
            ],
        ),
        migrations.AlterField(
            model_name='delivery',
            name='state',
            field=models.CharField(choices=[('queued', 'Queued'), ('sent', 'Sent'), ('failed', 'Failed'), ('bounced', 'Bounced'), ('read', 'Read')], default='queued', max_length=8),
        ),
    ]
