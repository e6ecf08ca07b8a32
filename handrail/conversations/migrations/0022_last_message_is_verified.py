"""Lists say where the newest message is from somebody nobody vouches for."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0021_taken_at'),
    ]

    # In SQL, because a column that may not be empty is added by SQLite itself without a rebuild, and by Django with one.
    operations = [
        migrations.RunSQL(
            'ALTER TABLE conversations_conversation ADD COLUMN last_message_is_verified bool NOT NULL DEFAULT true',
            'ALTER TABLE conversations_conversation DROP COLUMN last_message_is_verified',
            state_operations=[
                migrations.AddField(
                    model_name='conversation',
                    name='last_message_is_verified',
                    field=models.BooleanField(db_default=True, default=True),
                ),
            ],
        ),
    ]
