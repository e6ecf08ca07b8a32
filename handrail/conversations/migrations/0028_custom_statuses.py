"""Statuses of managers' own, what a reply and a merging keep of them, and fields that ask for a priority."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import handrail.core.clock

SETTABLE = ("open", "pending", "on_hold", "solved")
ADD = (
    "ALTER TABLE conversations_conversation ADD COLUMN custom_status_id bigint NULL "
    "CONSTRAINT only_a_settable_status_has_one_of_ours "
    "CHECK (custom_status_id IS NULL OR status IN ('open', 'pending', 'on_hold', 'solved')) "
    "REFERENCES conversations_customstatus (id) DEFERRABLE INITIALLY DEFERRED"
)


class Widen(migrations.AlterField):
    """SQLite keeps text of any length, and would only copy the whole table."""

    def database_forwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        if editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, editor, before, after)

    database_backwards = database_forwards


class Migration(migrations.Migration):
    dependencies = [("conversations", "0027_article_notices")]

    operations = [
        Widen(
            model_name="conversation",
            name="status_before",
            field=models.CharField(
                blank=True,
                help_text="of a merged one, to go back to; as set_status takes it",
                max_length=40,
            ),
        ),
        Widen(
            model_name="outgoing",
            name="status",
            field=models.CharField(blank=True, help_text="as set_status takes it", max_length=40),
        ),
        migrations.AlterField(
            model_name="field",
            name="kind",
            field=models.CharField(
                choices=[
                    ("line", "Short text"),
                    ("text", "Long text"),
                    ("number", "Number"),
                    ("day", "Date"),
                    ("choice", "Choice of one"),
                    ("choices", "Choice of several"),
                    ("yes_no", "Yes or no"),
                    ("order", "Order number"),
                    ("priority", "Priority"),
                ],
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="CustomStatus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, unique=True)),
                ("name_ko", models.CharField(max_length=40)),
                ("name_en", models.CharField(max_length=40)),
                ("told_ko", models.CharField(blank=True, max_length=60)),
                ("told_en", models.CharField(blank=True, max_length=60)),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("pending", "Pending"),
                            ("on_hold", "On hold"),
                            ("solved", "Solved"),
                        ],
                        max_length=8,
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("category__in", list(SETTABLE))),
                        name="a_status_is_mapped_to_a_settable_one",
                    )
                ],
            },
        ),
        # In SQL, because SQLite adds a column with its check and reference by itself, and Django copies the table for them.
        migrations.RunSQL(
            ADD,
            "ALTER TABLE conversations_conversation DROP COLUMN custom_status_id",
            state_operations=[
                migrations.AddField(
                    model_name="conversation",
                    name="custom_status",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversations",
                        to="conversations.customstatus",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conversation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("custom_status", None), ("status__in", SETTABLE), _connector="OR"
                        ),
                        name="only_a_settable_status_has_one_of_ours",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("custom_status__isnull", False)),
                fields=["custom_status", "-listed_at", "-number"],
                name="conversations_by_own_status",
            ),
        ),
    ]
