"""An administrator may word the automatic mail."""

import django.db.models.deletion
import handrail.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('intake', '0002_suggested_forms'),
        ('workspace', '0001_squashed_0002_portal'),
    ]

    operations = [
        migrations.CreateModel(
            name='AcknowledgementText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('locale', models.CharField(max_length=5)),
                ('text', models.CharField(max_length=2000)),
                ('at', models.DateTimeField(default=handrail.core.clock.now)),
                ('brand', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='workspace.brand')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('brand', 'locale'), name='one_acknowledgement_a_language')],
            },
        ),
    ]
