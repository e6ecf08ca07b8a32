"""Every table of the knowledge room as of its first 17 migrations, which this one stands for where none ran yet."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import handrail.core.clock
import handrail.core.ids
import handrail.workspace.locales


class Migration(migrations.Migration):
    replaces = [
        ("knowledge", "0001_initial"),
        ("knowledge", "0002_article_files"),
        ("knowledge", "0003_imported"),
        ("knowledge", "0004_article_file_type"),
        ("knowledge", "0005_article_life"),
        ("knowledge", "0006_article_life_fill"),
        ("knowledge", "0007_article_life_promises"),
        ("knowledge", "0008_article_written_at"),
        ("knowledge", "0009_scratch"),
        ("knowledge", "0010_segments_and_nested_topics"),
        ("knowledge", "0011_product_team"),
        ("knowledge", "0012_article_wording"),
        ("knowledge", "0013_furniture_and_followers"),
        ("knowledge", "0014_transfers"),
        ("knowledge", "0015_scratch_of_new_articles"),
        ("knowledge", "0016_troubleshooter"),
        ("knowledge", "0017_purpose_of_films"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0005_after_sending"),
        ("accounts", "__first__"),
        ("contacts", "0001_squashed_0003_segments"),
        ("files", "0001_squashed_0002_keeper"),
        ("workspace", "0001_squashed_0002_portal"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleLabel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, unique=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="BlockRevision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "html",
                    models.TextField(
                        help_text="what the audience reads; no passage that is for colleagues only"
                    ),
                ),
                (
                    "whole_html",
                    models.TextField(
                        blank=True, help_text="with those passages; empty where html is the whole"
                    ),
                ),
                (
                    "document",
                    models.JSONField(
                        blank=True, help_text="as the editor had it; null if it was not used", null=True
                    ),
                ),
                ("text", models.TextField(help_text="html without markup, for search and quotation")),
                (
                    "cleaner",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="version of the cleaner that made the html"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("author_kind", models.CharField(max_length=12)),
                ("author_id", models.BigIntegerField(null=True)),
                ("written_at", models.DateTimeField(default=handrail.core.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "html",
                    models.TextField(
                        help_text="what the audience reads; no passage that is for colleagues only"
                    ),
                ),
                (
                    "whole_html",
                    models.TextField(
                        blank=True, help_text="with those passages; empty where html is the whole"
                    ),
                ),
                (
                    "document",
                    models.JSONField(
                        blank=True, help_text="as the editor had it; null if it was not used", null=True
                    ),
                ),
                ("text", models.TextField(help_text="html without markup, for search and quotation")),
                (
                    "cleaner",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="version of the cleaner that made the html"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("author_kind", models.CharField(max_length=12)),
                ("author_id", models.BigIntegerField(null=True)),
                ("written_at", models.DateTimeField(default=handrail.core.clock.now)),
            ],
        ),
        migrations.CreateModel(
            name="SynonymSet",
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
                ("words", models.JSONField(default=list)),
                ("changed_at", models.DateTimeField(default=handrail.core.clock.now)),
            ],
            options={
                "ordering": ["locale", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Product",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(allow_unicode=True, max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[("product", "Product"), ("service", "Service")],
                        default="product",
                        max_length=10,
                    ),
                ),
                ("icon", models.CharField(default="package", max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="products",
                        to="workspace.brand",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        help_text="who answers what is about it; empty: whoever the inbox belongs to",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="products",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("brand", "slug"), name="a_product_slug_once_a_brand")
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                ("slug", models.SlugField(allow_unicode=True, max_length=80)),
                (
                    "role",
                    models.CharField(
                        choices=[("start", "Start"), ("problem", "Problem"), ("other", "Other")],
                        default="other",
                        max_length=8,
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="below",
                        to="knowledge.topic",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="topics",
                        to="knowledge.product",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("product", "slug"), name="a_topic_slug_once_a_product")
                ],
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("archived_at", models.DateTimeField(blank=True, null=True)),
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
                (
                    "check_by",
                    models.DateField(
                        blank=True, help_text="the last day on which it counts as checked", null=True
                    ),
                ),
                ("check_every_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "told_of",
                    models.DateField(
                        blank=True,
                        help_text="the check_by its owner was told of, so that nobody is told twice",
                        null=True,
                    ),
                ),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        choices=[("choosing", "Choosing"), ("using", "Using"), ("storing", "Storing")],
                        max_length=12,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("faq", "Faq"),
                            ("how-to", "How To"),
                            ("troubleshooting", "Troubleshooting"),
                            ("video", "Video"),
                            ("news", "News"),
                            ("policy", "Policy"),
                        ],
                        default="how-to",
                        max_length=16,
                    ),
                ),
                ("is_pinned", models.BooleanField(default=False)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "source",
                    models.CharField(
                        blank=True,
                        help_text="where an import found it; a second run finds it again",
                        max_length=300,
                    ),
                ),
                (
                    "original_locale",
                    handrail.workspace.locales.LocaleField(
                        choices=[("ko", "ko"), ("en", "en")],
                        default="ko",
                        help_text="the language it is written in first; the others are translated from it",
                        max_length=5,
                    ),
                ),
                ("created_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "written_at",
                    models.DateTimeField(
                        default=handrail.core.clock.now, help_text="when any of its texts was last written"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="articles",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("related", models.ManyToManyField(blank=True, to="knowledge.article")),
                (
                    "segment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.segment",
                    ),
                ),
                (
                    "labels",
                    models.ManyToManyField(blank=True, related_name="articles", to="knowledge.articlelabel"),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="knowledge.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "indexes": [
                    models.Index(fields=["topic", "audience"], name="articles_of_topic"),
                    models.Index(fields=["-written_at", "-id"], name="articles_as_written"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "segment"), ("segment__isnull", False)),
                            models.Q(models.Q(("audience", "segment"), _negated=True), ("segment", None)),
                            _connector="OR",
                        ),
                        name="article_for_a_segment_names_it",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        fields=("source",),
                        name="an_import_source_is_one_article",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Block",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("name", models.CharField(max_length=120, unique=True)),
                ("created_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "segment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.segment",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "segment"), ("segment__isnull", False)),
                            models.Q(models.Q(("audience", "segment"), _negated=True), ("segment", None)),
                            _connector="OR",
                        ),
                        name="block_for_a_segment_names_it",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "content_type",
                    models.CharField(blank=True, help_text="what a page shows it as", max_length=80),
                ),
                (
                    "digest",
                    models.CharField(
                        blank=True,
                        help_text="SHA-256 of the bytes as they came; kept ones are painted anew",
                        max_length=64,
                    ),
                ),
                (
                    "is_download",
                    models.BooleanField(default=False, help_text="listed below the text, not shown in it"),
                ),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="knowledge.article",
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.storedfile"
                    ),
                ),
                (
                    "block",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="knowledge.block",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("article__isnull", True), ("block__isnull", True), _connector="OR"
                        ),
                        name="a_file_belongs_to_one_text_at_most",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BlockText",
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
                ("updated_at", models.DateTimeField(null=True)),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="knowledge.block",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.blockrevision",
                    ),
                ),
                (
                    "published",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="knowledge.blockrevision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("block", "locale"), name="a_block_text_a_language")
                ],
            },
        ),
        migrations.CreateModel(
            name="FaqEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="knowledge.article"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="FaqSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                ("slug", models.SlugField(allow_unicode=True, max_length=80)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "articles",
                    models.ManyToManyField(
                        related_name="faq_sets", through="knowledge.FaqEntry", to="knowledge.article"
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="faq_sets",
                        to="workspace.brand",
                    ),
                ),
                (
                    "segment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.segment",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="faq_sets",
                        to="knowledge.product",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("audience", "segment"), ("segment__isnull", False)),
                            models.Q(models.Q(("audience", "segment"), _negated=True), ("segment", None)),
                            _connector="OR",
                        ),
                        name="faqset_for_a_segment_names_it",
                    ),
                    models.UniqueConstraint(fields=("brand", "slug"), name="a_faq_slug_once_a_brand"),
                ],
            },
        ),
        migrations.CreateModel(
            name="FaqSetText",
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
                ("name", models.CharField(max_length=120)),
                ("description", models.CharField(blank=True, max_length=300)),
                (
                    "faq_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="knowledge.faqset",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("faq_set", "locale"), name="a_faq_text_a_language")
                ],
            },
        ),
        migrations.CreateModel(
            name="Feedback",
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
                ("is_helpful", models.BooleanField()),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_my_question", "Not My Question"),
                            ("unclear", "Unclear"),
                            ("wrong", "Wrong"),
                            ("outdated", "Outdated"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=1000)),
                ("reader", models.CharField(max_length=40)),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feedback",
                        to="knowledge.article",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["article", "at"], name="feedback_of_article")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "locale", "reader"), name="one_verdict_a_reader"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Imported",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("settings", models.CharField(blank=True, max_length=64)),
                ("texts", models.JSONField(default=dict)),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="imported",
                        to="knowledge.article",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProductText",
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
                ("name", models.CharField(max_length=120)),
                ("description", models.CharField(blank=True, max_length=300)),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="knowledge.product",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("product", "locale"), name="a_product_text_a_language")
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
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
                ("day", models.DateField()),
                ("reads", models.PositiveIntegerField(default=0)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="knowledge.article",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["day"], name="readings_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "locale", "day"), name="reads_counted_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="Redirect",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=300, unique=True)),
                (
                    "locale",
                    handrail.workspace.locales.LocaleField(
                        choices=[("ko", "ko"), ("en", "en")], max_length=5
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="redirects",
                        to="knowledge.article",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BlockUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uses", to="knowledge.block"
                    ),
                ),
                (
                    "block_revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="block_uses",
                        to="knowledge.blockrevision",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="block_uses",
                        to="knowledge.revision",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("block_revision__isnull", True), ("revision__isnull", False)),
                            models.Q(("block_revision__isnull", False), ("revision__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_block_stands_in_one_text",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Scratch",
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
                (
                    "fields",
                    models.JSONField(
                        help_text="the form's fields as they were typed: title, html, slug, aliases, document"
                    ),
                ),
                (
                    "base",
                    models.PositiveIntegerField(
                        default=0, help_text="number of the revision it was begun from"
                    ),
                ),
                ("kept_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "article",
                    models.ForeignKey(
                        help_text="empty for one not begun yet",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scratches",
                        to="knowledge.article",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "locale", "author"), name="one_scratch_an_author_and_text"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("article__isnull", True)),
                        fields=("author",),
                        name="one_unbegun_article_an_author",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.CharField(max_length=254)),
                (
                    "locale",
                    handrail.workspace.locales.LocaleField(
                        choices=[("ko", "ko"), ("en", "en")], max_length=5
                    ),
                ),
                ("asked_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="knowledge.article",
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.brand"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="knowledge.product",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="knowledge.topic",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("email", "article"), name="an_article_is_followed_once"),
                    models.UniqueConstraint(fields=("email", "topic"), name="a_topic_is_followed_once"),
                    models.UniqueConstraint(fields=("email", "product"), name="a_product_is_followed_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("article", None), ("product", None), ("topic", None)),
                        fields=("email", "brand"),
                        name="the_news_are_followed_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("article", None), ("topic", None)),
                            models.Q(("article", None), ("product", None)),
                            models.Q(("product", None), ("topic", None)),
                            _connector="OR",
                        ),
                        name="a_subscription_follows_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.CharField(max_length=254)),
                (
                    "locale",
                    handrail.workspace.locales.LocaleField(
                        choices=[("ko", "ko"), ("en", "en")], max_length=5
                    ),
                ),
                ("revision", models.PositiveIntegerField()),
                ("message_id", models.CharField(default=handrail.core.ids.random_id, max_length=200)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="knowledge.article"
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="knowledge.subscription",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("email", "article", "locale", "revision"), name="an_address_is_told_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Dissolved",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveBigIntegerField(unique=True)),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="knowledge.topic"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TopicText",
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
                ("name", models.CharField(max_length=120)),
                ("description", models.CharField(blank=True, max_length=300)),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="knowledge.topic",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("topic", "locale"), name="a_topic_text_a_language")
                ],
            },
        ),
        migrations.CreateModel(
            name="Transfer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("markdown", "Markdown"),
                            ("zendesk", "Zendesk"),
                            ("archive", "Archive"),
                            ("import", "In"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("done", "Done"), ("failed", "Failed")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("options", models.JSONField(default=dict, help_text="reader, or what an import was told")),
                ("report", models.JSONField(default=dict)),
                ("trouble", models.CharField(blank=True, max_length=500)),
                ("asked_by", models.BigIntegerField(null=True)),
                ("locale", models.CharField(default="ko", max_length=5)),
                ("asked_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("done_at", models.DateTimeField(null=True)),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="workspace.brand"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="files.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Translation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "outdated_at",
                    models.DateTimeField(
                        blank=True, help_text="when the original moved on from what was translated", null=True
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No draft"),
                            ("draft", "Draft"),
                            ("changes", "Changes requested"),
                            ("review", "In review"),
                            ("approved", "Approved"),
                            ("scheduled", "Scheduled"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("publish_at", models.DateTimeField(blank=True, null=True)),
                (
                    "locale",
                    handrail.workspace.locales.LocaleField(
                        choices=[("ko", "ko"), ("en", "en")], max_length=5
                    ),
                ),
                ("slug", models.CharField(max_length=160)),
                ("wanted_slug", models.CharField(blank=True, max_length=160)),
                ("aliases", models.JSONField(default=list)),
                ("published_at", models.DateTimeField(null=True)),
                ("updated_at", models.DateTimeField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="knowledge.article",
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.revision",
                    ),
                ),
                (
                    "draft_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.revision",
                    ),
                ),
                (
                    "published",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="knowledge.revision",
                    ),
                ),
                (
                    "published_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="knowledge.revision",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        blank=True,
                        help_text="who was asked to review; empty for whoever may",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("stage", "scheduled")),
                        fields=["publish_at"],
                        name="translations_waiting_to_appear",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "locale"), name="one_text_a_language"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stage", "scheduled"), _negated=True),
                            ("publish_at__isnull", False),
                            _connector="OR",
                        ),
                        name="what_is_scheduled_has_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("draft__isnull", True), models.Q(("stage", ""), _negated=True), _connector="OR"
                        ),
                        name="a_draft_has_a_stage",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verdict",
                    models.CharField(blank=True, help_text="changes, approved, or empty", max_length=8),
                ),
                ("text", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="knowledge.revision",
                    ),
                ),
                (
                    "translation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="remarks",
                        to="knowledge.translation",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Troubleshooter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("draft", models.JSONField(help_text="troubleshooting/tree.py says its shape")),
                (
                    "edition",
                    models.PositiveIntegerField(default=1, help_text="how often the draft was saved"),
                ),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="troubleshooter",
                        to="knowledge.article",
                    ),
                ),
            ],
            options={
                "ordering": ["article__topic__product__position", "article__position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TroubleshooterVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("document", models.JSONField()),
                ("author_kind", models.CharField(max_length=12)),
                ("author_id", models.BigIntegerField(null=True)),
                ("published_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "troubleshooter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="knowledge.troubleshooter",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("troubleshooter", "number"), name="troubleshooter_versions_count_up"
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="blockrevision",
            name="of",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="revisions",
                to="knowledge.blocktext",
            ),
        ),
        migrations.AddField(
            model_name="faqentry",
            name="faq_set",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="knowledge.faqset"
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="translation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="revisions",
                to="knowledge.translation",
            ),
        ),
        migrations.AddField(
            model_name="troubleshooter",
            name="published",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="knowledge.troubleshooterversion",
            ),
        ),
        migrations.AddConstraint(
            model_name="blockrevision",
            constraint=models.UniqueConstraint(fields=("of", "number"), name="block_revisions_count_up"),
        ),
        migrations.AddConstraint(
            model_name="faqentry",
            constraint=models.UniqueConstraint(
                fields=("faq_set", "article"), name="an_article_once_a_faq_set"
            ),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("translation", "number"), name="revisions_count_up"),
        ),
    ]
