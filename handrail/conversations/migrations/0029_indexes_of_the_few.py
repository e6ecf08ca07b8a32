"""Indexes of the few that have something, and of those that lists show: what costs the same among a million."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_unassigned_order"),
        ("contacts", "0008_indexes_of_the_few"),
        ("conversations", "0028_custom_statuses"),
        ("workspace", "0003_brand_reopens_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="conversation",
            name="conversations_on_shelf",
        ),
        migrations.RemoveIndex(
            model_name="conversation",
            name="conversations_shelf_of",
        ),
        migrations.RemoveIndex(
            model_name="conversation",
            name="conversations_shelf_of_team",
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", True), ("side_of__isnull", True)),
                fields=["shelf", "-listed_at", "-number"],
                name="conversations_on_shelf",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", True), ("side_of__isnull", True)),
                fields=["assignee", "shelf", "-listed_at", "-number"],
                name="conversations_shelf_of",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("deleted_at__isnull", True), ("side_of__isnull", True)),
                fields=["team", "shelf", "-listed_at", "-number"],
                name="conversations_shelf_of_team",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("follows__isnull", False)),
                fields=["follows"],
                name="conversations_following_one",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)),
                fields=["merged_into"],
                name="conversations_merged",
            ),
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(
                condition=models.Q(("side_news_at__isnull", False)),
                fields=["-side_news_at"],
                name="conversations_with_side_news",
            ),
        ),
    ]
