"""Conversations have a type and are linked with one another."""

from importlib import import_module

import django.db.models.deletion
import handrail.core.clock
from django.db import migrations, models

before = import_module("handrail.conversations.migrations.0004_conversation_shelf")


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0009_merging_undone'),
    ]

    operations = [
        migrations.AddField(
            model_name='conversation',
            name='type',
            field=models.CharField(choices=[('question', 'Question'), ('incident', 'Incident'), ('problem', 'Problem'), ('task', 'Task')], default='question', max_length=8),
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('child', 'Child'), ('incident', 'Incident'), ('related', 'Related')], max_length=8)),
                ('is_required', models.BooleanField(default=False, help_text='of a child: it must be over before its parent')),
                ('made_at', models.DateTimeField(default=handrail.core.clock.now)),
                ('one', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_down', to='conversations.conversation')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links_up', to='conversations.conversation')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('one', 'other', 'kind'), name='a_link_once'), models.UniqueConstraint(condition=models.Q(('kind', 'child')), fields=('other',), name='a_child_has_one_parent'), models.UniqueConstraint(condition=models.Q(('kind', 'incident')), fields=('other',), name='an_incident_has_one_problem'), models.CheckConstraint(condition=models.Q(('one', models.F('other')), _negated=True), name='no_link_to_itself')],
            },
        ),
        migrations.RunPython(before.keep_numbering, migrations.RunPython.noop),
    ]
