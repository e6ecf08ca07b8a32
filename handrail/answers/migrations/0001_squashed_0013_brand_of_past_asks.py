"""Every table of the answers room as of its first 13 migrations, which this one stands for where none ran yet."""

import django.db.models.deletion
from django.db import migrations, models

import handrail.core.clock
import handrail.core.ids
import handrail.workspace.locales

# Functions from the following migrations need manual copying.
# Move them and any dependencies into this file, then update the
# RunPython operations to refer to the local versions:
# handrail.answers.migrations.0001_squashed_0013_brand_of_past_asks


def _statements(vendor, name):
    if vendor == "postgresql":
        from handrail.answers.index import postgres as index
    else:
        from handrail.answers.index import sqlite as index
    return getattr(index, name)


def create_index(apps, schema_editor):
    """The lexical index, in the form the database in use has: FTS5 or a GIN index."""
    for statement in _statements(schema_editor.connection.vendor, "CREATE"):
        schema_editor.execute(statement, params=None)


def drop_index(apps, schema_editor):
    for statement in _statements(schema_editor.connection.vendor, "DROP"):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    replaces = [
        ("answers", "0001_initial"),
        ("answers", "0002_lexical_index"),
        ("answers", "0003_segments"),
        ("answers", "0004_phrasing"),
        ("answers", "0005_keyword_answer"),
        ("answers", "0006_thresholds_and_classifiers"),
        ("answers", "0007_label_giver_fill"),
        ("answers", "0008_replays"),
        ("answers", "0009_whole_and_context"),
        ("answers", "0010_ask_parts"),
        ("answers", "0011_asked_from"),
        ("answers", "0012_ask_brand"),
        ("answers", "0013_brand_of_past_asks"),
    ]

    initial = True

    dependencies = [
        ("knowledge", "0001_squashed_0017_purpose_of_films"),
        ("workspace", "0001_squashed_0002_portal"),
    ]

    operations = [
        migrations.CreateModel(
            name="Classifier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(default=handrail.core.ids.random_id, max_length=23, unique=True)),
                (
                    "model",
                    models.CharField(help_text="name of the encoder whose vectors it reads", max_length=60),
                ),
                (
                    "columns",
                    models.JSONField(
                        help_text="the articles it tells apart; classes.NONE and classes.OTHER among them"
                    ),
                ),
                ("numbers", models.BinaryField(help_text="classes.Classes.as_bytes")),
                ("learned_from", models.PositiveIntegerField(help_text="wordings")),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="IndexState",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("stamp", models.CharField(default=handrail.core.ids.random_id, max_length=23)),
                ("entries", models.PositiveIntegerField(default=0)),
                ("word_terms", models.PositiveBigIntegerField(default=0)),
                ("gram_terms", models.PositiveBigIntegerField(default=0)),
                ("letter_terms", models.PositiveBigIntegerField(default=0)),
                ("habits", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="Fitting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("coefficients", models.JSONField()),
                ("gates", models.JSONField(default=dict)),
                ("learned_from", models.PositiveIntegerField(help_text="labels fitted on")),
                ("measured_with", models.PositiveIntegerField(help_text="held-out labels")),
                ("models_used", models.CharField(blank=True, max_length=120)),
                ("index_stamp", models.CharField(max_length=23)),
                ("trial", models.JSONField(default=dict)),
                ("is_withdrawn", models.BooleanField(default=False)),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "classifier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="answers.classifier",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="KeywordAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.JSONField(default=list)),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="knowledge.article"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Label",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.CharField(help_text="masked", max_length=1000)),
                ("text_hash", models.CharField(max_length=32)),
                (
                    "locale",
                    handrail.workspace.locales.LocaleField(
                        choices=[("ko", "ko"), ("en", "en")], max_length=5
                    ),
                ),
                ("channel", models.CharField(default="portal", max_length=20)),
                ("audience", models.CharField(default="public", max_length=24)),
                (
                    "weight",
                    models.FloatField(
                        default=1.0, help_text="evidence.WEIGHTS when it was given; 1 is certain"
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("editor", "Editor"),
                            ("resolved", "Resolved"),
                            ("sent", "Sent"),
                            ("solved", "Solved"),
                            ("refused", "Refused"),
                            ("helpful", "Helpful"),
                            ("unhelpful", "Unhelpful"),
                            ("clicked", "Clicked"),
                            ("again", "Again"),
                        ],
                        default="editor",
                        max_length=10,
                    ),
                ),
                ("giver", models.CharField(blank=True, default="", max_length=64)),
                ("place", models.CharField(blank=True, default="", max_length=64)),
                ("is_held_out", models.BooleanField(help_text="measured with, never learned from")),
                ("given_by_kind", models.CharField(max_length=12)),
                ("given_by_id", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="knowledge.article",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["locale", "is_held_out"], name="labels_of_locale"),
                    models.Index(fields=["text_hash"], name="labels_of_text"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
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
                ("audience", models.CharField(help_text="knowledge.audiences.key_of", max_length=24)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("title", "Title"),
                            ("alias", "Alias"),
                            ("question", "Question"),
                            ("heading", "Heading"),
                            ("passage", "Passage"),
                        ],
                        max_length=8,
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("text", models.TextField(help_text="as people read it")),
                ("text_hash", models.CharField(max_length=32)),
                ("terms", models.BinaryField(help_text="analysis/terms.py, pack")),
                ("analyser", models.CharField(max_length=40)),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="knowledge.article",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="knowledge.product",
                    ),
                ),
                (
                    "label",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="answers.label",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["text_hash"], name="entries_of_text"),
                    models.Index(fields=["analyser"], name="entries_of_analyser"),
                    models.Index(fields=["article", "locale"], name="entries_of_article"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("article__isnull", False), ("kind", "question"), _connector="OR"),
                        name="only_a_past_question_lacks_an_article",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Replay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("report", models.JSONField()),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "fitting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="answers.fitting",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Threshold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("channel", models.CharField(max_length=20)),
                ("target", models.FloatField(help_text="a share of one; 1 never answers by itself")),
                (
                    "brand",
                    models.ForeignKey(
                        blank=True,
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
                        fields=("brand", "channel"), name="one_threshold_a_brand_and_channel"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("brand", None)),
                        fields=("channel",),
                        name="one_threshold_a_channel_of_all_brands",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Vector",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_hash", models.CharField(max_length=32)),
                ("model", models.CharField(max_length=60)),
                ("numbers", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("text_hash", "model"), name="one_vector_a_text_and_model")
                ],
            },
        ),
        migrations.CreateModel(
            name="Whole",
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
                ("audience", models.CharField(max_length=24)),
                ("words", models.BinaryField(help_text="32-bit numbers of analysis/terms.py, in order")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="knowledge.article"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="knowledge.topic"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "locale", "audience"),
                        name="one_whole_an_article_a_language_and_an_audience",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Context",
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
                ("text", models.TextField()),
                ("text_hash", models.CharField(max_length=32)),
                ("terms", models.BinaryField(help_text="analysis/terms.py, pack")),
                ("analyser", models.CharField(max_length=40)),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="knowledge.topic"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("topic", "locale"), name="one_context_a_topic_and_a_language"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ask",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(default=handrail.core.ids.random_id, max_length=23, unique=True)),
                ("channel", models.CharField(max_length=20)),
                (
                    "locale",
                    handrail.workspace.locales.LocaleField(
                        choices=[("ko", "ko"), ("en", "en")], max_length=5
                    ),
                ),
                ("text", models.CharField(max_length=1000)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("answer", "Answer"), ("choices", "Choices"), ("handover", "Handover")],
                        max_length=8,
                    ),
                ),
                ("confidence", models.FloatField()),
                ("is_provisional", models.BooleanField()),
                ("offered", models.JSONField(default=list)),
                ("features", models.JSONField(default=dict)),
                ("parts", models.JSONField(default=list)),
                ("asker_kind", models.CharField(max_length=12)),
                ("asker_id", models.BigIntegerField(null=True)),
                ("asker_key", models.CharField(blank=True, default="", max_length=64)),
                ("place", models.CharField(blank=True, default="", max_length=64)),
                ("index_stamp", models.CharField(blank=True, max_length=23)),
                ("models_used", models.CharField(blank=True, max_length=120)),
                ("milliseconds", models.FloatField()),
                ("phrasing", models.CharField(blank=True, default="", max_length=12)),
                ("phrasing_milliseconds", models.FloatField(default=0.0)),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
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
                    "from_product",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.product",
                    ),
                ),
                (
                    "from_topic",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.topic",
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
                (
                    "solved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.article",
                    ),
                ),
                (
                    "fitting",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="answers.fitting",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["at"], name="asks_by_time")],
            },
        ),
        migrations.RunPython(
            code=create_index,
            reverse_code=drop_index,
        ),
    ]
