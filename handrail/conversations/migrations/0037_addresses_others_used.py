"""A signed reply address that somebody else has used proves nobody any more."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0036_what_stands_beside_a_draft'),
    ]

    # In SQL, because a column that may not be empty is added by SQLite itself without a rebuild, and by Django with one.
    operations = [
        migrations.RunSQL(
            'ALTER TABLE conversations_endpoint ADD COLUMN is_disclosed bool NOT NULL DEFAULT false',
            'ALTER TABLE conversations_endpoint DROP COLUMN is_disclosed',
            state_operations=[
                migrations.AddField(
                    model_name='endpoint',
                    name='is_disclosed',
                    field=models.BooleanField(db_default=False, default=False),
                ),
            ],
        ),
    ]
