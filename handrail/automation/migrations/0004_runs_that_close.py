"""A run that closes says when it does so for good. Additions only: the former release goes on beside it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('automation', '0003_articles_and_files_of_macros'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='closes_at',
            field=models.DateTimeField(blank=True, help_text='of one that closes: when for good', null=True),
        ),
        migrations.AlterField(
            model_name='run',
            name='state',
            field=models.CharField(choices=[('going', 'Going'), ('done', 'Done'), ('going_back', 'Going Back'), ('undone', 'Undone'), ('closing', 'Closing'), ('closed', 'Closed')], default='going', max_length=10),
        ),
        migrations.AddIndex(
            model_name='run',
            index=models.Index(condition=models.Q(('closes_at__isnull', False), ('state__in', ['done', 'closing'])), fields=['closes_at'], name='runs_to_close'),
        ),
    ]
