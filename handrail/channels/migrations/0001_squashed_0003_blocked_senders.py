"""Every table of the channels room as of its first 3 migrations, which this one stands for where none ran yet."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import handrail.core.clock


class Migration(migrations.Migration):
    replaces = [
        ("channels", "0001_initial"),
        ("channels", "0002_signature_and_quoting"),
        ("channels", "0003_blocked_senders"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0005_after_sending"),
        ("accounts", "__first__"),
        ("workspace", "0001_squashed_0002_portal"),
    ]

    operations = [
        migrations.CreateModel(
            name="BlockedSender",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sender", models.CharField(max_length=254, unique=True)),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["sender"],
            },
        ),
        migrations.CreateModel(
            name="Inbox",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=[("mail", "Mail"), ("chat", "Chat")], max_length=8)),
                (
                    "address",
                    models.CharField(
                        help_text="mail: help@example.com; chat: the portal's name", max_length=254
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("locale", models.CharField(default="ko", max_length=5)),
                ("is_active", models.BooleanField(default=True)),
                ("signature", models.CharField(blank=True, max_length=1000)),
                (
                    "quotes_history",
                    models.BooleanField(default=False, help_text="replies repeat the message they answer"),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inboxes",
                        to="workspace.brand",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="inboxes",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "address"), name="an_address_is_one_inbox")
                ],
            },
        ),
        migrations.CreateModel(
            name="InboundRaw",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "external_id",
                    models.CharField(help_text="the sender's id, with a hash of the bytes", max_length=255),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("body", models.BinaryField()),
                ("envelope_from", models.CharField(blank=True, max_length=320)),
                ("envelope_to", models.JSONField(default=list)),
                ("received_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "state",
                    models.CharField(
                        choices=[("new", "New"), ("taken", "Taken"), ("quarantined", "Quarantined")],
                        default="new",
                        max_length=12,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=300)),
                (
                    "inbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="raws", to="channels.inbox"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "-id"], name="inbound_by_state")],
                "constraints": [
                    models.UniqueConstraint(fields=("inbox", "external_id"), name="inbound_kept_once")
                ],
            },
        ),
    ]
