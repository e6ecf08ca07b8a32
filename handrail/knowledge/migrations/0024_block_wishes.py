"""Whom a draft of a reusable block wishes to reach."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0023_block_review'),
    ]

    operations = [
        migrations.AddField(
            model_name='blocktext',
            name='wanted_audience',
            field=models.CharField(blank=True, default='', help_text='the audience the whole block has once the draft is published; empty for the one it has', max_length=24),
        ),
    ]
