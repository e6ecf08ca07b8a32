"""Drafts of reusable blocks that a reviewer sent back, and what they asked for."""

import django.db.models.deletion
import handrail.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0022_who_read_an_article'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='blocktext',
            name='is_returned',
            field=models.BooleanField(default=False, help_text='the draft was sent back and waits for its author'),
        ),
        migrations.CreateModel(
            name='BlockRemark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('at', models.DateTimeField(default=handrail.core.clock.now)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='knowledge.blocktext')),
                ('revision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge.blockrevision')),
            ],
            options={
                'ordering': ['at', 'pk'],
            },
        ),
    ]
