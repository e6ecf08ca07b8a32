"""What one reader said is found at once."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('knowledge', '0001_squashed_0017_purpose_of_films'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='feedback',
            index=models.Index(fields=['reader', 'at'], name='feedback_of_reader'),
        ),
    ]
