"""Mails carry a signature, and may quote what they answer."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='inbox',
            name='quotes_history',
            field=models.BooleanField(default=False, help_text='replies repeat the message they answer'),
        ),
        migrations.AddField(
            model_name='inbox',
            name='signature',
            field=models.CharField(blank=True, max_length=1000),
        ),
    ]
