"""In which mailbox a conversation lies stands in the row: that of its first window at one, so that mailboxes are counted off an index.

No transaction of its own: PostgreSQL would keep everybody out of the conversations until the last of them was written. Each
step can be gone through again where a run was broken off.
"""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Exists, Max, OuterRef, Q, Subquery

AT_ONCE = 2_000


class AddOnce(migrations.AddField):
    """Nothing where a run that was broken off has added it."""

    def database_forwards(self, app_label: str, editor: Any, before: Any, after: Any) -> None:
        model = after.apps.get_model(app_label, self.model_name)
        with editor.connection.cursor() as cursor:
            there = editor.connection.introspection.get_table_description(cursor, model._meta.db_table)
        if model._meta.get_field(self.name).column not in {column.name for column in there}:
            super().database_forwards(app_label, editor, before, after)


def fill(apps, schema_editor):
    conversations = apps.get_model("conversations", "Conversation").objects.all()
    windows = apps.get_model("conversations", "Endpoint").objects.filter(
        inbox__kind="mail", conversation=OuterRef("pk")
    )
    wanting = conversations.filter(Exists(windows), lies_in=None)
    first = Subquery(windows.order_by("pk").values("inbox")[:1])
    last = conversations.aggregate(last=Max("pk"))["last"] or 0
    for number in range(0, last + 1, AT_ONCE):
        wanting.filter(pk__gte=number, pk__lt=number + AT_ONCE).update(lies_in=first)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("channels", "0011_index_what_is_kept_aside"),
        ("conversations", "0033_first_drafts_and_pictures"),
    ]

    operations = [
        AddOnce(
            model_name="conversation",
            name="lies_in",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="channels.inbox",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        # In SQL, because only there is said that it may be there already.
        migrations.RunSQL(
            "CREATE INDEX IF NOT EXISTS conversations_shelf_of_mailbox ON conversations_conversation "
            "(lies_in_id, shelf, listed_at DESC, number DESC) WHERE deleted_at IS NULL AND side_of_id IS NULL",
            "DROP INDEX IF EXISTS conversations_shelf_of_mailbox",
            state_operations=[
                migrations.AddIndex(
                    model_name="conversation",
                    index=models.Index(
                        condition=Q(deleted_at__isnull=True, side_of__isnull=True),
                        fields=["lies_in", "shelf", "-listed_at", "-number"],
                        name="conversations_shelf_of_mailbox",
                    ),
                ),
            ],
        ),
    ]
