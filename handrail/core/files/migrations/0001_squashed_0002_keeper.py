"""Every table of the files room as of its first 2 migrations, which this one stands for where none ran yet."""

from django.db import migrations, models

import handrail.core.clock
import handrail.core.ids


class Migration(migrations.Migration):
    replaces = [("files", "0001_initial"), ("files", "0002_keeper")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(default=handrail.core.ids.random_id, max_length=40, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("content_type", models.CharField(max_length=80)),
                ("size", models.PositiveBigIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                ("is_inline", models.BooleanField(default=False)),
                ("keeper_kind", models.CharField(blank=True, max_length=12)),
                ("keeper_id", models.BigIntegerField(null=True)),
                ("kept_at", models.DateTimeField(default=handrail.core.clock.now)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["keeper_kind", "keeper_id", "kept_at"], name="files_of_keeper")
                ],
            },
        ),
    ]
