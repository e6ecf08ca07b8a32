"""A run may say the same words in each conversation."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('automation', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='run',
            name='text',
            field=models.TextField(blank=True, help_text='said in each, beside what a macro says'),
        ),
    ]
