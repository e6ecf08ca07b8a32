"""Fields of conversations, and the request forms that ask them."""

import django.db.models.deletion
import handrail.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_squashed_0005_after_sending'),
        ('conversations', '0016_organisation'),
    ]

    operations = [
        migrations.CreateModel(
            name='Field',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, unique=True)),
                ('name_ko', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('help_ko', models.CharField(blank=True, max_length=300)),
                ('help_en', models.CharField(blank=True, max_length=300)),
                ('kind', models.CharField(choices=[('line', 'Short text'), ('text', 'Long text'), ('number', 'Number'), ('day', 'Date'), ('choice', 'Choice of one'), ('choices', 'Choice of several'), ('yes_no', 'Yes or no'), ('order', 'Order number')], max_length=8)),
                ('options', models.JSONField(blank=True, default=list)),
                ('is_public', models.BooleanField(default=True, help_text='customers see and fill it; else colleagues alone')),
                ('required', models.CharField(choices=[('never', 'Never'), ('create', 'When a request is sent'), ('solve', 'Before it is solved')], default='never', max_length=6)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField(default=handrail.core.clock.now)),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RequestForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.CharField(max_length=60, unique=True)),
                ('name_ko', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('intro_ko', models.CharField(blank=True, max_length=300)),
                ('intro_en', models.CharField(blank=True, max_length=300)),
                ('is_active', models.BooleanField(default=True)),
                ('is_default', models.BooleanField(default=False)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField(default=handrail.core.clock.now)),
                ('team', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='forms', to='accounts.team')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('is_default',), name='one_form_is_the_default'), models.CheckConstraint(condition=models.Q(('is_default', False), ('is_active', True), _connector='OR'), name='the_default_form_is_in_use')],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('when_values', models.JSONField(blank=True, default=list)),
                ('is_required_then', models.BooleanField(default=True)),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='conversations.field')),
                ('when', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='decides', to='conversations.field')),
                ('form', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='conversations.requestform')),
            ],
            options={
                'ordering': ['position', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('form', 'field'), name='a_field_once_in_a_form'), models.CheckConstraint(condition=models.Q(('when', None), models.Q(('when', models.F('field')), _negated=True), _connector='OR'), name='no_field_waits_for_itself')],
            },
        ),
        migrations.AddField(
            model_name='conversation',
            name='form',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='conversations', to='conversations.requestform'),
        ),
        migrations.CreateModel(
            name='FieldValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('word', models.CharField(max_length=120)),
                ('number', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('day', models.DateField(blank=True, null=True)),
                ('conversation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='conversations.conversation')),
                ('field', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='conversations.field')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['field', 'word'], name='conversations_by_word'), models.Index(condition=models.Q(('number__isnull', False)), fields=['field', 'number'], name='conversations_by_number'), models.Index(condition=models.Q(('day__isnull', False)), fields=['field', 'day'], name='conversations_by_day')],
                'constraints': [models.UniqueConstraint(fields=('conversation', 'field', 'word'), name='a_value_once_in_a_field')],
            },
        ),
    ]
