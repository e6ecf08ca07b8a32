"""What is kept aside is listed and counted from an index alone: a row holds the whole mail."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('channels', '0010_outages_mailed_and_ids_found'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='inboundraw',
            index=models.Index(fields=['state', '-received_at', '-id', 'error', 'inbox'], name='inbound_kept_aside'),
        ),
    ]
