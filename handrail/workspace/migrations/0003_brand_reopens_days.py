"""How long a reply reopens a solved conversation is a brand's own to say; fourteen days, as it was for all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workspace", "0002_portal")]

    operations = [
        migrations.AddField(
            model_name="brand",
            name="reopens_days",
            field=models.PositiveSmallIntegerField(
                default=14,
                help_text="a reply to a solved conversation reopens it for so long; later it is a follow-up",
            ),
        ),
    ]
