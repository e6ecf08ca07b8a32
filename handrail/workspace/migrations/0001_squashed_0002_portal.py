"""Every table of the workspace room as of its first 2 migrations, which this one stands for where none ran yet."""

import django.db.models.deletion
from django.db import migrations, models

import handrail.core.clock


class Migration(migrations.Migration):
    replaces = [("workspace", "0001_initial"), ("workspace", "0002_portal")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Brand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True)),
                ("name_ko", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                (
                    "hue",
                    models.PositiveSmallIntegerField(
                        default=32, help_text="0 to 360, OKLCH hue of the brand colour"
                    ),
                ),
                ("mail_domain", models.CharField(default="handrail.test", max_length=120)),
                ("default_locale", models.CharField(default="ko", max_length=5)),
                ("content_stamp", models.PositiveBigIntegerField(default=1)),
                ("withdrawn_stamp", models.PositiveBigIntegerField(default=0)),
                ("portal", models.JSONField(blank=True, default=dict)),
                ("is_demo", models.BooleanField(default=False)),
                ("automatic_turns_max", models.PositiveSmallIntegerField(default=12)),
            ],
        ),
        migrations.CreateModel(
            name="BusinessHours",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80, unique=True)),
                ("zone", models.CharField(default="Asia/Seoul", max_length=40)),
                ("weekly", models.JSONField(default=dict)),
                (
                    "holidays",
                    models.CharField(
                        blank=True, default="KR", help_text="ISO country, or empty for none", max_length=2
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PortalDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document", models.JSONField(default=dict)),
                ("edition", models.PositiveIntegerField(default=1)),
                (
                    "brand",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="portal_draft",
                        to="workspace.brand",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("reason_ko", models.CharField(max_length=120)),
                ("reason_en", models.CharField(max_length=120)),
                (
                    "hours",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="closures",
                        to="workspace.businesshours",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("hours", "day"), name="one_closure_a_day")],
            },
        ),
        migrations.CreateModel(
            name="PortalVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("document", models.JSONField()),
                ("author_kind", models.CharField(max_length=12)),
                ("author_id", models.BigIntegerField(null=True)),
                ("published_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="portal_versions",
                        to="workspace.brand",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("brand", "number"), name="portal_versions_count_up")
                ],
            },
        ),
    ]
