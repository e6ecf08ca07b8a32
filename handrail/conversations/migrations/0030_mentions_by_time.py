"""Mentions of a colleague by time, so that a page of them costs the same however far one has read. An index, nothing else."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("conversations", "0029_indexes_of_the_few"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='mention',
            index=models.Index(fields=['user', '-at', '-id'], name='mentions_by_time'),
        ),
    ]
