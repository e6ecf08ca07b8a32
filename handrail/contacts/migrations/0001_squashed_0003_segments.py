"""Every table of the contacts room as of its first 3 migrations, which this one stands for where none ran yet."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import handrail.core.clock


class Migration(migrations.Migration):
    replaces = [
        ("contacts", "0001_initial"),
        ("contacts", "0002_person_signed_out_at"),
        ("contacts", "0003_segments"),
    ]

    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, unique=True)),
                ("domain", models.CharField(blank=True, max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="Segment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=60, unique=True)),
                ("name_ko", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                (
                    "matches",
                    models.CharField(choices=[("any", "Any"), ("all", "All")], default="any", max_length=3),
                ),
            ],
            options={
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[("customer", "Customer"), ("employee", "Employee")],
                        default="customer",
                        max_length=10,
                    ),
                ),
                ("locale", models.CharField(default="ko", max_length=5)),
                ("zone", models.CharField(default="Asia/Seoul", max_length=40)),
                ("created_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("signed_out_at", models.DateTimeField(blank=True, null=True)),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="people",
                        to="contacts.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("value", models.CharField(blank=True, max_length=120)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="contacts.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["name", "value"], name="people_of_mark")],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "name"), name="a_mark_once_a_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="Identity",
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
                        choices=[("email", "Email"), ("phone", "Phone"), ("web", "Web"), ("host", "Host")],
                        max_length=8,
                    ),
                ),
                ("value", models.CharField(max_length=254)),
                ("assurance", models.PositiveSmallIntegerField(default=0)),
                ("proved_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="identities",
                        to="contacts.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "value"), name="an_identity_names_one_person"),
                    models.CheckConstraint(
                        condition=models.Q(("assurance__lte", 3)), name="assurance_is_0_to_3"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Record",
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
                            ("order", "Order"),
                            ("invoice", "Invoice"),
                            ("booking", "Booking"),
                            ("entitlement", "Entitlement"),
                        ],
                        max_length=12,
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("title_ko", models.CharField(max_length=160)),
                ("title_en", models.CharField(max_length=160)),
                (
                    "amount",
                    models.BigIntegerField(
                        help_text="in the smallest unit; won have none smaller", null=True
                    ),
                ),
                ("currency", models.CharField(default="KRW", max_length=3)),
                ("status", models.CharField(max_length=20)),
                ("product", models.SlugField(blank=True)),
                ("at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="records",
                        to="contacts.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-at"], name="records_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "number"), name="a_record_number_once_a_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="SegmentRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("mark", models.CharField(blank=True, max_length=60)),
                ("value", models.CharField(blank=True, max_length=120)),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        to="contacts.organisation",
                    ),
                ),
                (
                    "segment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rules",
                        to="contacts.segment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("mark", ""), ("organisation__isnull", False)),
                            models.Q(("organisation", None), models.Q(("mark", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_rule_asks_for_an_organisation_or_a_mark",
                    )
                ],
            },
        ),
    ]
