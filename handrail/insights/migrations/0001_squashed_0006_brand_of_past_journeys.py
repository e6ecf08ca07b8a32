"""Every table of the insights room as of its first 6 migrations, which this one stands for where none ran yet."""

import django.db.models.deletion
from django.db import migrations, models

import handrail.core.clock
import handrail.workspace.locales


class Migration(migrations.Migration):
    replaces = [
        ("insights", "0001_initial"),
        ("insights", "0002_gaps"),
        ("insights", "0003_readers_and_links"),
        ("insights", "0004_gap_state_words"),
        ("insights", "0005_by_brand"),
        ("insights", "0006_brand_of_past_journeys"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0005_after_sending"),
        ("answers", "0001_squashed_0013_brand_of_past_asks"),
        ("conversations", "0001_squashed_0014_followers_and_mentions"),
        ("knowledge", "0001_squashed_0017_purpose_of_films"),
        ("workspace", "0001_squashed_0002_portal"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cursor",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True)),
                ("position", models.BigIntegerField(default=0)),
                ("moved_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Page",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(help_text="fingerprint of the address", max_length=64, unique=True)),
                ("address", models.CharField(max_length=500)),
                ("status", models.PositiveSmallIntegerField(default=0, help_text="0: no answer")),
                ("failed", models.PositiveSmallIntegerField(default=0, help_text="runs in a row")),
                ("asked_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="FailingArticle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("failed", models.PositiveIntegerField()),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="knowledge.article"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Gap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(choices=[("question", "Question"), ("reply", "Reply")], max_length=8),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Not begun"),
                            ("in_work", "In work"),
                            ("closed", "Answered now"),
                            ("dismissed", "Dismissed"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_ours", "Nothing to do with us"),
                            ("in_person", "People should answer this"),
                            ("known", "Already covered elsewhere"),
                            ("noise", "No real question"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "locale",
                    handrail.workspace.locales.LocaleField(
                        choices=[("ko", "ko"), ("en", "en")], max_length=5
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("signed_in", "Signed In"),
                            ("segment", "Segment"),
                            ("employees", "Employees"),
                            ("agents", "Agents"),
                        ],
                        max_length=10,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("people", models.PositiveIntegerField(default=0)),
                ("cases_counted", models.PositiveIntegerField(default=0)),
                ("lately", models.PositiveIntegerField(default=0, help_text="people of the last 28 days")),
                ("weeks", models.JSONField(default=list)),
                ("score", models.FloatField(default=0.0)),
                ("first_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("last_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("decided_at", models.DateTimeField(null=True)),
                ("people_when_decided", models.PositiveIntegerField(default=0)),
                ("center", models.BinaryField(null=True)),
                ("vectors", models.PositiveIntegerField(default=0)),
                ("model", models.CharField(blank=True, max_length=120)),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.article",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "-score"], name="gaps_by_rank")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state", "dismissed"), ("reason", ""), _connector="XOR"),
                        name="what_is_dismissed_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("nothing", "Nothing"),
                            ("abstained", "Abstained"),
                            ("refused", "Refused"),
                            ("contacted", "Contacted"),
                            ("not_mine", "Not My Question"),
                            ("reply", "Reply"),
                        ],
                        max_length=9,
                    ),
                ),
                ("key", models.CharField(max_length=40, unique=True)),
                (
                    "text",
                    models.CharField(
                        help_text="masked; empty for a reply, which stays in its message", max_length=1000
                    ),
                ),
                ("text_key", models.BigIntegerField()),
                (
                    "locale",
                    handrail.workspace.locales.LocaleField(
                        choices=[("ko", "ko"), ("en", "en")], max_length=5
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("signed_in", "Signed In"),
                            ("segment", "Segment"),
                            ("employees", "Employees"),
                            ("agents", "Agents"),
                        ],
                        default="public",
                        max_length=10,
                    ),
                ),
                ("asker", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.article",
                    ),
                ),
                (
                    "ask",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="answers.ask",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "feedback",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="knowledge.feedback",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="conversations.message",
                    ),
                ),
                (
                    "gap",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="cases",
                        to="insights.gap",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["gap", "-at"], name="cases_of_gap"),
                    models.Index(condition=models.Q(("gap", None)), fields=["id"], name="cases_waiting"),
                    models.Index(fields=["text_key", "locale"], name="cases_of_wording"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Journey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(help_text="of the site's zone")),
                ("channel", models.CharField(max_length=20)),
                (
                    "locale",
                    handrail.workspace.locales.LocaleField(
                        choices=[("ko", "ko"), ("en", "en")], max_length=5
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("signed_in", "Signed In"),
                            ("segment", "Segment"),
                            ("employees", "Employees"),
                            ("agents", "Agents"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text_key", models.BigIntegerField(help_text="wordings.text_key")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("answer", "Answer"), ("choices", "Choices"), ("handover", "Handover")],
                        max_length=8,
                    ),
                ),
                ("is_contacted", models.BooleanField(default=False)),
                ("is_solved", models.BooleanField(default=False)),
                ("is_refused", models.BooleanField(default=False)),
                (
                    "ask",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="journey", to="answers.ask"
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="workspace.brand",
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.article",
                    ),
                ),
                (
                    "opened",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.article",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.product",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=[
                            "day",
                            "locale",
                            "channel",
                            "brand",
                            "audience",
                            "outcome",
                            "is_contacted",
                            "text_key",
                            "ask",
                        ],
                        name="journeys_by_day_and_brand",
                    ),
                    models.Index(fields=["text_key", "day"], name="journeys_of_wording"),
                    models.Index(fields=["first", "day"], name="journeys_to_article"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadContact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "locale",
                    handrail.workspace.locales.LocaleField(
                        choices=[("ko", "ko"), ("en", "en")], max_length=5
                    ),
                ),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="knowledge.article"
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["article", "at"], name="contacts_after_article"),
                    models.Index(fields=["at"], name="contacts_by_time"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "conversation"), name="a_contact_after_reading_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BrokenLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "locale",
                    handrail.workspace.locales.LocaleField(
                        choices=[("ko", "ko"), ("en", "en")], max_length=5
                    ),
                ),
                ("address", models.CharField(max_length=500)),
                ("words", models.CharField(blank=True, max_length=120)),
                (
                    "problem",
                    models.CharField(
                        choices=[("article", "Article"), ("anchor", "Anchor"), ("page", "Page")], max_length=7
                    ),
                ),
                ("since", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="knowledge.article"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "locale", "address"), name="a_broken_link_once_a_text"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DayCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("channel", models.CharField(max_length=20)),
                (
                    "locale",
                    handrail.workspace.locales.LocaleField(
                        choices=[("ko", "ko"), ("en", "en")], max_length=5
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "Public"),
                            ("signed_in", "Signed In"),
                            ("segment", "Segment"),
                            ("employees", "Employees"),
                            ("agents", "Agents"),
                        ],
                        max_length=10,
                    ),
                ),
                ("asked", models.PositiveIntegerField(default=0)),
                ("answered", models.PositiveIntegerField(default=0)),
                ("choices", models.PositiveIntegerField(default=0)),
                ("nothing", models.PositiveIntegerField(default=0)),
                ("opened", models.PositiveIntegerField(default=0)),
                ("contacted", models.PositiveIntegerField(default=0)),
                ("solved", models.PositiveIntegerField(default=0)),
                (
                    "brand",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="workspace.brand",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "channel", "locale", "brand", "audience"),
                        name="a_day_of_a_brand_is_counted_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("brand", None)),
                        fields=("day", "channel", "locale", "audience"),
                        name="a_day_of_no_brand_is_counted_once",
                    ),
                ],
            },
        ),
    ]
