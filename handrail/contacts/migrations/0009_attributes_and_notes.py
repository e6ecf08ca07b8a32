"""What is known of people and organisations by attributes, and notes on people. Additions only: the former release goes on beside it."""

import django.db.models.deletion
import handrail.core.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("contacts", "0008_indexes_of_the_few"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Attribute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40, unique=True)),
                ('name_ko', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
                ('help_ko', models.CharField(blank=True, max_length=300)),
                ('help_en', models.CharField(blank=True, max_length=300)),
                ('kind', models.CharField(choices=[('line', 'Short text'), ('text', 'Long text'), ('number', 'Number'), ('day', 'Date'), ('choice', 'Choice of one'), ('choices', 'Choice of several'), ('yes_no', 'Yes or no'), ('order', 'Order number'), ('priority', 'Priority')], max_length=8)),
                ('options', models.JSONField(blank=True, default=list)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('made_at', models.DateTimeField(default=handrail.core.clock.now)),
                ('archived_at', models.DateTimeField(blank=True, null=True)),
                ('about', models.CharField(choices=[('person', 'A person'), ('organisation', 'An organisation')], default='person', max_length=12)),
            ],
            options={
                'ordering': ['position', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AttributeValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('word', models.CharField(max_length=120)),
                ('attribute', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='contacts.attribute')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attribute_values', to='contacts.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attribute_values', to='contacts.person')),
            ],
            options={
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['attribute', 'word'], name='contacts_by_attribute')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', False), ('person__isnull', True)), models.Q(('organisation__isnull', True), ('person__isnull', False)), _connector='OR'), name='an_attribute_is_of_one_of_them'), models.UniqueConstraint(fields=('person', 'attribute', 'word'), name='a_value_once_of_a_person'), models.UniqueConstraint(fields=('organisation', 'attribute', 'word'), name='a_value_once_of_an_organisation')],
            },
        ),
        migrations.CreateModel(
            name='ContactNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField()),
                ('at', models.DateTimeField(default=handrail.core.clock.now)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contact_notes', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='contacts.person')),
            ],
            options={
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['person', '-at'], name='notes_of_person')],
            },
        ),
    ]
