"""That a person let a mail in is said of that one reading, and mail kept aside can be deleted and brought back for some days."""

from django.db import migrations, models
from django.db.models import Q


def fill(apps, schema_editor):
    # Let in already and not read yet.
    apps.get_model("channels", "InboundRaw").objects.filter(state="new", tries__gt=0).update(is_let_in=True)


class Migration(migrations.Migration):
    dependencies = [("channels", "0011_index_what_is_kept_aside")]

    operations = [
        migrations.AddField(
            "inboundraw", "is_let_in", models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddField(
            "inboundraw",
            "deleted_at",
            models.DateTimeField(blank=True, help_text="while it can be brought back", null=True),
        ),
        migrations.AlterField(
            "inboundraw",
            "tries",
            models.PositiveSmallIntegerField(default=0, help_text="how often a person had it read again"),
        ),
        migrations.AlterField(
            "inboundraw",
            "state",
            models.CharField(
                choices=[
                    ("new", "New"),
                    ("taken", "Taken"),
                    ("quarantined", "Quarantined"),
                    ("deleted", "Deleted"),
                ],
                default="new",
                max_length=12,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "inboundraw",
            models.Index(
                condition=Q(deleted_at__isnull=False), fields=["-deleted_at", "-id"], name="inbound_deleted"
            ),
        ),
    ]
