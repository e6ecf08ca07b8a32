"""Every table of the accounts room as of its first 5 migrations, which this one stands for where none ran yet."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import handrail.core.clock


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_reviewers"),
        ("accounts", "0003_undo_send"),
        ("accounts", "0004_signature"),
        ("accounts", "0005_after_sending"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("workspace", "0001_squashed_0002_portal"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=80)),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Customer"),
                            ("author", "Author"),
                            ("reviewer", "Reviewer"),
                            ("agent", "Agent"),
                            ("manager", "Manager"),
                            ("admin", "Administrator"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("locale", models.CharField(default="ko", max_length=5)),
                ("zone", models.CharField(default="Asia/Seoul", max_length=40)),
                ("theme", models.CharField(default="auto", max_length=6)),
                (
                    "writes_first",
                    models.CharField(
                        default="reply", help_text="reply or note: what the composer opens with", max_length=5
                    ),
                ),
                (
                    "undo_seconds",
                    models.PositiveSmallIntegerField(
                        default=15, help_text="for how long a sent reply can be taken back; 0 for not at all"
                    ),
                ),
                (
                    "after_sending",
                    models.CharField(
                        default="next",
                        help_text="next or stay: where sending from a list leads",
                        max_length=4,
                    ),
                ),
                (
                    "signature",
                    models.CharField(
                        blank=True,
                        help_text="below their mails, with placeholders; empty: the mailbox's",
                        max_length=1000,
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("date_joined", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SignInLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                (
                    "purpose",
                    models.CharField(
                        choices=[("sign_in", "Sign In"), ("one_conversation", "One Conversation")],
                        default="sign_in",
                        max_length=20,
                    ),
                ),
                ("conversation_id", models.BigIntegerField(null=True)),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("next_path", models.CharField(blank=True, max_length=300)),
                ("locale", models.CharField(default="ko", max_length=5)),
                ("created_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("expires_at", models.DateTimeField()),
                ("redeemed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["email", "-created_at"], name="links_of_address")],
            },
        ),
        migrations.CreateModel(
            name="Team",
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
                ("is_private", models.BooleanField(default=False)),
                (
                    "hours",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="teams",
                        to="workspace.businesshours",
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(
                        related_name="teams", through="accounts.Membership", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("scopes", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("expires_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="tokens",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="membership",
            name="team",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="accounts.team"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("team", "user"), name="a_member_once"),
        ),
    ]
