"""A macro takes articles and files along. Additions only: the former release goes on beside it."""


import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('automation', '0001_squashed_0002_a_run_can_say_something'),
        ('files', '0001_squashed_0002_keeper'),
        ('knowledge', '0018_feedback_of_reader'),
    ]

    operations = [
        migrations.AddField(
            model_name='macro',
            name='files',
            field=models.ManyToManyField(blank=True, related_name='macros', to='files.storedfile'),
        ),
        migrations.AddField(
            model_name='macro',
            name='with_words',
            field=models.BooleanField(default=False, help_text="its articles' words go in, not their links alone"),
        ),
        migrations.CreateModel(
            name='Enclosed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField(default=0)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge.article')),
                ('macro', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enclosed', to='automation.macro')),
            ],
            options={
                'ordering': ['place'],
                'constraints': [models.UniqueConstraint(fields=('macro', 'article'), name='an_article_goes_along_once')],
            },
        ),
    ]
