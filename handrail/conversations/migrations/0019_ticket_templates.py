"""Templates of tickets."""

import django.db.models.deletion
import handrail.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_squashed_0005_after_sending'),
        ('conversations', '0018_sides'),
    ]

    operations = [
        migrations.CreateModel(
            name='TicketTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=60, unique=True)),
                ('name_ko', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('subject_ko', models.CharField(blank=True, max_length=255)),
                ('subject_en', models.CharField(blank=True, max_length=255)),
                ('text_ko', models.TextField(blank=True)),
                ('text_en', models.TextField(blank=True)),
                ('first', models.CharField(choices=[('theirs', 'Theirs'), ('ours', 'Ours')], default='ours', max_length=6)),
                ('priority', models.CharField(choices=[('low', 'Low'), ('normal', 'Normal'), ('high', 'High'), ('urgent', 'Urgent')], default='normal', max_length=6)),
                ('type', models.CharField(choices=[('question', 'Question'), ('incident', 'Incident'), ('problem', 'Problem'), ('task', 'Task')], default='question', max_length=8)),
                ('values', models.JSONField(blank=True, default=dict)),
                ('made_at', models.DateTimeField(default=handrail.core.clock.now)),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('checklist', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='templates', to='conversations.checklist')),
                ('form', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='templates', to='conversations.requestform')),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='templates', to='accounts.team')),
            ],
            options={
                'ordering': ['name_ko', 'pk'],
            },
        ),
    ]
