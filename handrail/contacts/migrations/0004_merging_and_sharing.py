"""People can be merged and unmerged; organisations have domains and a mode of sharing."""

import django.db.models.deletion
import handrail.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0001_squashed_0003_segments'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='organisation',
            options={'ordering': ['name']},
        ),
        migrations.AddField(
            model_name='organisation',
            name='may_reply',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='organisation',
            name='sharing',
            field=models.CharField(choices=[('nobody', 'Nobody: each sees their own'), ('role', 'Its managers'), ('named', 'The members named below'), ('everyone', 'Every member')], default='nobody', max_length=8),
        ),
        migrations.AddField(
            model_name='person',
            name='is_named',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='person',
            name='merged_into',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='contacts.person'),
        ),
        migrations.AddField(
            model_name='person',
            name='organisation_part',
            field=models.CharField(choices=[('member', 'Member'), ('manager', 'Manager')], default='member', max_length=8),
        ),
        migrations.AddField(
            model_name='person',
            name='signs_in_as',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='signers', to='contacts.person'),
        ),
        migrations.CreateModel(
            name='Domain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='contacts.organisation')),
            ],
            options={
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opens', models.BooleanField()),
                ('at', models.DateTimeField(default=handrail.core.clock.now)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('into', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absorbed', to='contacts.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='contacts.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('person',), name='a_person_is_merged_into_one'), models.CheckConstraint(condition=models.Q(('person', models.F('into')), _negated=True), name='nobody_is_merged_into_themselves')],
            },
        ),
    ]
