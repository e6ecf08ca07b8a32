"""Who read an article, of those who are signed in: once a day each."""

import django.db.models.deletion
import handrail.core.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contacts', '0010_notes_on_organisations'),
        ('knowledge', '0021_label_names'),
    ]

    operations = [
        migrations.CreateModel(
            name='PersonReading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('at', models.DateTimeField(default=handrail.core.clock.now)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge.article')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contacts.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', '-at'], name='articles_read_by_person')],
                'constraints': [models.UniqueConstraint(fields=('person', 'article', 'day'), name='a_person_reads_an_article_once_a_day')],
            },
        ),
    ]
