"""What one person asked is found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('answers', '0001_squashed_0013_brand_of_past_asks'),
        ('knowledge', '0018_feedback_of_reader'),
        ('workspace', '0001_squashed_0002_portal'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='ask',
            index=models.Index(condition=models.Q(('asker_kind', 'person')), fields=['asker_id', '-at'], name='asks_of_person'),
        ),
    ]
