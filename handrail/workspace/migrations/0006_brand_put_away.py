"""A brand may be put away; those there are stay where they are."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("workspace", "0005_brand_hosts"),
    ]

    operations = [
        migrations.AddField(
            model_name='brand',
            name='put_away_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
