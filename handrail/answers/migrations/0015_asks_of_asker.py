"""What one asker asked is found at once on either database."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('answers', '0014_asks_of_person'),
        ('knowledge', '0018_feedback_of_reader'),
        ('workspace', '0001_squashed_0002_portal'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='ask',
            name='asks_of_person',
        ),
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(condition=models.Q(('asker_id__isnull', False)), fields=['asker_id', '-at'], name='asks_of_asker'),
        ),
    ]
