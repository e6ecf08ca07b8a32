"""In which mailbox a conversation lies stands in the row: that of its first window at one, so that mailboxes are counted off an index."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery


def fill(apps, schema_editor):
    conversations = apps.get_model("conversations", "Conversation").objects
    windows = apps.get_model("conversations", "Endpoint").objects.filter(inbox__kind="mail")
    first = windows.filter(conversation=OuterRef("pk")).order_by("pk").values("inbox")[:1]
    conversations.update(lies_in=Subquery(first))


class Migration(migrations.Migration):
    dependencies = [
        ("channels", "0011_index_what_is_kept_aside"),
        ("conversations", "0033_first_drafts_and_pictures"),
    ]

    operations = [
        migrations.AddField(
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
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=Q(deleted_at__isnull=True, side_of__isnull=True),
                fields=["lies_in", "shelf", "-listed_at", "-number"],
                name="conversations_shelf_of_mailbox",
            ),
        ),
    ]
