"""Every table of the conversations room as of its first 14 migrations, which this one stands for where none ran yet."""

import django.db.migrations.operations.special
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import handrail.core.clock
import handrail.core.ids

# Functions from the following migrations need manual copying.
# Move them and any dependencies into this file, then update the
# RunPython operations to refer to the local versions:
# handrail.conversations.migrations.0001_squashed_0014_followers_and_mentions

WORDS_INDEX = "conversations_words_index"
VECTOR = "array_to_tsvector(array_remove(string_to_array(public || ' ' || private, ' '), ''))"


def start_at_1001(apps, schema_editor):
    """People quote ticket numbers; four digits from the first one."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('conversations_conversation', 'number'), 1000)"
            )
        else:
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'conversations_conversation'")
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) VALUES ('conversations_conversation', 1000)"
            )


def index_words(apps, schema_editor):
    """Words of conversations are found by the index that each database has for words."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {WORDS_INDEX} ON conversations_words USING gin (({VECTOR}))")
    else:
        # detail=column: no phrases are asked for, and the index is a third of the size.
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {WORDS_INDEX} USING fts5(public, private, content='conversations_words', "
            "content_rowid='conversation_id', detail='column', tokenize='unicode61 remove_diacritics 0')"
        )


def unindex_words(apps, schema_editor):
    what = "INDEX" if schema_editor.connection.vendor == "postgresql" else "TABLE"
    schema_editor.execute(f"DROP {what} {WORDS_INDEX}")


class Migration(migrations.Migration):
    replaces = [
        ("conversations", "0001_initial"),
        ("conversations", "0002_numbers_start_at_1001"),
        ("conversations", "0003_thread_keys"),
        ("conversations", "0004_conversation_shelf"),
        ("conversations", "0005_words_add"),
        ("conversations", "0006_note_client_id_add"),
        ("conversations", "0007_undo_send"),
        ("conversations", "0008_snooze"),
        ("conversations", "0009_merging_undone"),
        ("conversations", "0010_links_and_types"),
        ("conversations", "0011_saved_views"),
        ("conversations", "0012_deleting"),
        ("conversations", "0013_drafts"),
        ("conversations", "0014_followers_and_mentions"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_squashed_0005_after_sending"),
        ("accounts", "__first__"),
        ("channels", "0001_squashed_0003_blocked_senders"),
        ("contacts", "0001_squashed_0003_segments"),
        ("files", "0001_squashed_0002_keeper"),
        ("workspace", "0001_squashed_0002_portal"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tag",
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
            name="Conversation",
            fields=[
                ("updated_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("open", "Open"),
                            ("pending", "Pending"),
                            ("on_hold", "On hold"),
                            ("solved", "Solved"),
                            ("closed", "Closed"),
                        ],
                        default="new",
                        max_length=8,
                    ),
                ),
                ("solved_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "held_by",
                    models.CharField(
                        choices=[("bot", "Bot"), ("people", "People")], default="people", max_length=6
                    ),
                ),
                ("automatic_turns", models.PositiveSmallIntegerField(default=0)),
                ("handed_over_at", models.DateTimeField(blank=True, null=True)),
                ("tried", models.JSONField(blank=True, default=list)),
                ("subject", models.CharField(blank=True, max_length=255)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("question", "Question"),
                            ("incident", "Incident"),
                            ("problem", "Problem"),
                            ("task", "Task"),
                        ],
                        default="question",
                        max_length=8,
                    ),
                ),
                (
                    "priority",
                    models.CharField(
                        choices=[
                            ("low", "Low"),
                            ("normal", "Normal"),
                            ("high", "High"),
                            ("urgent", "Urgent"),
                        ],
                        default="normal",
                        max_length=6,
                    ),
                ),
                ("snoozed_until", models.DateTimeField(blank=True, null=True)),
                ("listed_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("last_seq", models.PositiveIntegerField(default=0)),
                ("last_message_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("last_message_text", models.CharField(blank=True, max_length=160)),
                ("last_message_from", models.CharField(blank=True, help_text="in or out", max_length=3)),
                (
                    "first_answered_at",
                    models.DateTimeField(blank=True, help_text="first word of a person of ours", null=True),
                ),
                ("number", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "public_id",
                    models.CharField(default=handrail.core.ids.random_id, max_length=40, unique=True),
                ),
                ("channel", models.CharField(help_text="where it began: mail, chat or form", max_length=8)),
                ("locale", models.CharField(default="ko", max_length=5)),
                ("submitter_kind", models.CharField(max_length=12)),
                ("submitter_id", models.BigIntegerField(null=True)),
                (
                    "chat_key",
                    models.CharField(
                        blank=True, help_text="fingerprint of the browser that began it", max_length=64
                    ),
                ),
                ("about", models.JSONField(blank=True, default=dict)),
                ("merged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "status_before",
                    models.CharField(blank=True, help_text="of a merged one, to go back to", max_length=8),
                ),
                ("created_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "shelf",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                models.Q(
                                    ("status__in", ("new", "open", "pending", "on_hold")), _negated=True
                                ),
                                then=models.Value("over"),
                            ),
                            models.When(snoozed_until__isnull=False, then=models.Value("snoozed")),
                            models.When(held_by="bot", then=models.Value("bot")),
                            default=models.Value("queue"),
                        ),
                        output_field=models.CharField(
                            choices=[
                                ("queue", "Queue"),
                                ("snoozed", "Snoozed"),
                                ("bot", "Bot"),
                                ("over", "Over"),
                            ],
                            max_length=7,
                        ),
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="conversations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "brand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversations",
                        to="workspace.brand",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="follow_ups",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "requester",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conversations",
                        to="contacts.person",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="conversations",
                        to="accounts.team",
                    ),
                ),
                (
                    "tags",
                    models.ManyToManyField(blank=True, related_name="conversations", to="conversations.tag"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["status", "-listed_at", "-number"], name="conversations_by_status"),
                    models.Index(
                        fields=["assignee", "status", "-listed_at", "-number"], name="conversations_of_agent"
                    ),
                    models.Index(fields=["shelf", "-listed_at", "-number"], name="conversations_on_shelf"),
                    models.Index(
                        fields=["assignee", "shelf", "-listed_at", "-number"], name="conversations_shelf_of"
                    ),
                    models.Index(
                        fields=["team", "shelf", "-listed_at", "-number"], name="conversations_shelf_of_team"
                    ),
                    models.Index(
                        condition=models.Q(("snoozed_until__isnull", False)),
                        fields=["snoozed_until"],
                        name="conversations_to_wake",
                    ),
                    models.Index(
                        condition=models.Q(("deleted_at__isnull", False)),
                        fields=["deleted_at"],
                        name="conversations_deleted",
                    ),
                    models.Index(fields=["requester", "-created_at"], name="conversations_of_person"),
                    models.Index(
                        condition=models.Q(("chat_key", ""), _negated=True),
                        fields=["chat_key"],
                        name="conversations_of_browser",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "closed"), _negated=True),
                            ("closed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="closed_conversation_has_date",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Words",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="words",
                        serialize=False,
                        to="conversations.conversation",
                    ),
                ),
                ("public", models.TextField(blank=True)),
                ("private", models.TextField(blank=True)),
            ],
            options={
                "db_table": "conversations_words",
            },
        ),
        migrations.CreateModel(
            name="Endpoint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address", models.CharField(max_length=254)),
                (
                    "reply_key",
                    models.CharField(default=handrail.core.ids.random_id, max_length=40, unique=True),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("attached_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endpoints",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "inbox",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endpoints",
                        to="channels.inbox",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endpoints",
                        to="contacts.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conversation", "inbox", "address"), name="an_endpoint_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("address", ""), _negated=True), name="an_endpoint_has_an_address"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Follower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="following",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("conversation", "user"), name="a_follower_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
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
                        choices=[("child", "Child"), ("incident", "Incident"), ("related", "Related")],
                        max_length=8,
                    ),
                ),
                (
                    "is_required",
                    models.BooleanField(
                        default=False, help_text="of a child: it must be over before its parent"
                    ),
                ),
                ("made_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_down",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="links_up",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("one", "other", "kind"), name="a_link_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "child")),
                        fields=("other",),
                        name="a_child_has_one_parent",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "incident")),
                        fields=("other",),
                        name="an_incident_has_one_problem",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("one", models.F("other")), _negated=True),
                        name="no_link_to_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("direction", models.CharField(choices=[("in", "In"), ("out", "Out")], max_length=3)),
                ("author_kind", models.CharField(max_length=12)),
                ("author_id", models.BigIntegerField(null=True)),
                (
                    "author_name",
                    models.CharField(blank=True, help_text="as it was shown then", max_length=120),
                ),
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True, help_text="cleaned; empty where the text says it all")),
                (
                    "quoted",
                    models.TextField(blank=True, help_text="what the mail repeated of earlier ones; folded"),
                ),
                ("is_automatic", models.BooleanField(default=False)),
                ("is_verified", models.BooleanField(default=True)),
                ("from_address", models.CharField(blank=True, max_length=254)),
                (
                    "message_id",
                    models.CharField(blank=True, help_text="of the mail, without brackets", max_length=255),
                ),
                (
                    "client_id",
                    models.CharField(
                        blank=True,
                        help_text="the sender's own id, so that a repeat is no second one",
                        max_length=64,
                    ),
                ),
                ("data", models.JSONField(blank=True, default=dict)),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "endpoint",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="messages",
                        to="conversations.endpoint",
                    ),
                ),
            ],
            options={
                "ordering": ["seq"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("message_id", ""), _negated=True),
                        fields=["message_id"],
                        name="messages_by_mail_id",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("conversation", "seq"), name="messages_count_up"),
                    models.UniqueConstraint(
                        condition=models.Q(("client_id", ""), _negated=True),
                        fields=("conversation", "client_id"),
                        name="a_client_id_says_it_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("wire_id", models.CharField(max_length=255, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Queued"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("bounced", "Bounced"),
                        ],
                        default="queued",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("created_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("sent_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, max_length=300)),
                (
                    "endpoint",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="conversations.endpoint",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="conversations.message",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "queued")), fields=["next_at"], name="deliveries_queued"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("message", "endpoint"), name="a_message_goes_once_to_an_endpoint"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("client_id", models.CharField(blank=True, help_text="as of a message", max_length=64)),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={
                "ordering": ["seq"],
                "constraints": [
                    models.UniqueConstraint(fields=("conversation", "seq"), name="notes_count_up"),
                    models.UniqueConstraint(
                        condition=models.Q(("client_id", ""), _negated=True),
                        fields=("conversation", "client_id"),
                        name="a_client_id_notes_it_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(default=handrail.core.clock.now)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mentions",
                        to="conversations.note",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["user", "read_at", "-at"], name="mentions_of_colleague")],
                "constraints": [
                    models.UniqueConstraint(fields=("note", "user"), name="a_note_mentions_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cid", models.CharField(blank=True, max_length=255)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="files.storedfile",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="conversations.message",
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachments",
                        to="conversations.note",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("message__isnull", False), ("note__isnull", True)),
                            models.Q(("message__isnull", True), ("note__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_attachment_belongs_to_one_thing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Outgoing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("data", models.JSONField(blank=True, default=dict)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new", "New"),
                            ("open", "Open"),
                            ("pending", "Pending"),
                            ("on_hold", "On hold"),
                            ("solved", "Solved"),
                            ("closed", "Closed"),
                        ],
                        max_length=8,
                    ),
                ),
                ("client_id", models.CharField(blank=True, max_length=64)),
                ("is_scheduled", models.BooleanField(default=False, help_text="for an hour somebody chose")),
                ("leaves_at", models.DateTimeField()),
                ("created_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("left", "Left"),
                            ("taken_back", "Taken Back"),
                            ("stopped", "Stopped"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="why it was stopped: customer_wrote, closed", max_length=16
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="outgoing",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outgoing",
                        to="conversations.conversation",
                    ),
                ),
                ("files", models.ManyToManyField(blank=True, related_name="outgoing", to="files.storedfile")),
                (
                    "message",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="outgoing",
                        to="conversations.message",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")),
                        fields=["leaves_at"],
                        name="outgoing_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("client_id", ""), _negated=True),
                        fields=("conversation", "client_id"),
                        name="a_client_id_waits_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("requester", "Requester"), ("copied", "Copied")],
                        default="requester",
                        max_length=10,
                    ),
                ),
                ("joined_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="participants",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="contacts.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "conversation"], name="participations_of_person")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("conversation", "person"), name="a_person_takes_part_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_typing", models.BooleanField(default=False)),
                ("seen_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("conversation", "user"), name="seen_once")],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=60)),
                ("query", models.CharField(blank=True, max_length=400)),
                ("sort", models.CharField(default="newest", max_length=16)),
                ("group", models.CharField(blank=True, max_length=16)),
                ("columns", models.JSONField(blank=True, default=list)),
                ("changed_at", models.DateTimeField(default=handrail.core.clock.now)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="views",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "ordering": ["title", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("owner", None), ("team", None), _connector="OR"),
                        name="a_view_is_one_colleagues_or_one_teams",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ThreadKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=255)),
                ("address", models.CharField(max_length=254)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="thread_keys",
                        to="conversations.conversation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("key", "address"), name="a_mail_id_leads_to_one_conversation"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=[("reply", "Reply"), ("note", "Note")], max_length=5)),
                ("text", models.TextField(blank=True)),
                ("revision", models.PositiveIntegerField(default=0)),
                ("kept_at", models.DateTimeField(default=handrail.core.clock.now)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="drafts",
                        to="conversations.conversation",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
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
                        fields=("conversation", "user", "kind"), name="one_draft_of_a_kind"
                    )
                ],
            },
        ),
        migrations.RunPython(
            code=index_words,
            reverse_code=unindex_words,
        ),
        migrations.RunPython(
            code=start_at_1001,
            reverse_code=django.db.migrations.operations.special.RunPython.noop,
        ),
    ]
