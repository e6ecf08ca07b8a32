"""The unassigned may stand with what is most urgent first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_unassigned_order")]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="unassigned_order",
            field=models.CharField(
                default="newest",
                help_text="newest, oldest or urgent: what stands first among the unassigned",
                max_length=6,
            ),
        ),
    ]
