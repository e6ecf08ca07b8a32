"""How long a merging of conversations can be taken back is a brand's own to say; seven days, as it was for all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workspace", "0003_brand_reopens_days")]

    operations = [
        migrations.AddField(
            model_name="brand",
            name="unmerges_days",
            field=models.PositiveSmallIntegerField(
                default=7, help_text="the merging of two conversations can be taken back for so long"
            ),
        ),
    ]
