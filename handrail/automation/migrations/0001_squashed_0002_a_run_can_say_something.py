"""Every table of the automation room as of its first 2 migrations, which this one stands for where none ran yet."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import handrail.core.clock


class Migration(migrations.Migration):
    replaces = [("automation", "0001_initial"), ("automation", "0002_a_run_can_say_something")]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0005_after_sending"),
        ("accounts", "__first__"),
        ("conversations", "0001_squashed_0014_followers_and_mentions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Macro",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=80)),
                ("changes", models.JSONField(blank=True, default=list)),
                ("created_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="macros",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="macros",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "ordering": ["title"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("owner", None), ("team", None), _connector="OR"),
                        name="a_macro_is_one_colleagues_or_one_teams",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MacroText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("locale", models.CharField(max_length=5)),
                ("text", models.TextField(blank=True)),
                (
                    "macro",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="automation.macro",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("macro", "locale"), name="a_macro_has_one_text_a_language"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Run",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("changes", models.JSONField(blank=True, default=list)),
                ("text", models.TextField(blank=True, help_text="said in each, beside what a macro says")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("going", "Going"),
                            ("done", "Done"),
                            ("going_back", "Going Back"),
                            ("undone", "Undone"),
                        ],
                        default="going",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="runs",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "macro",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="runs",
                        to="automation.macro",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("done", "Done"),
                            ("refused", "Refused"),
                            ("undone", "Undone"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("back", models.JSONField(blank=True, default=list)),
                ("made", models.JSONField(blank=True, default=list)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "outgoing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="conversations.outgoing",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="automation.run"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("run", "conversation"), name="a_conversation_once_in_a_run"
                    )
                ],
            },
        ),
    ]
