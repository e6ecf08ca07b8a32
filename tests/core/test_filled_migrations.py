"""Migrations that work out a value for rows that are there already: on either database, over rows that verbs have written.

Each is taken back and gone through again, and what it works out is what the verbs had said.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext

from handrail.answers.labels import Label
from handrail.channels.inboxes import Inbox
from handrail.conversations.conversation import Conversation
from handrail.conversations.opening import open_conversation
from handrail.core.actors import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def gone_back_to(room: str, migration: str) -> Iterator[None]:
    """The tables as they were after `migration`; the newest again behind it, whatever happens."""
    executor = MigrationExecutor(connection)
    executor.migrate([(room, migration)])
    try:
        yield
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())


def columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        return {each.name for each in connection.introspection.get_table_description(cursor, table)}


def test_conversations_lie_in_the_mailbox_of_their_first_window(world):
    opened = {"brand": world.brand, "team": world.team, "locale": "ko", "by": SYSTEM}
    sales = Inbox.open_mailbox("sales@handrail.test", name="영업", **opened)
    person = world.person()
    for inbox in (world.mail, sales):
        open_conversation(inbox, requester=person, by=person, subject="메일", address=person.email)
    for ways in ((), (sales, world.mail), (world.mail,)):
        chat = open_conversation(world.chat, requester=person, by=person, subject="채팅", address="b1")
        for inbox in ways:
            chat.attach_endpoint(inbox, person.email, person=person, by=SYSTEM)
    Inbox.objects.filter(pk=sales.pk).update(is_active=False)
    said = dict(Conversation.objects.values_list("pk", "lies_in"))
    assert sorted(map(str, said.values())) == sorted(
        map(str, (world.mail.pk, sales.pk, None, sales.pk, world.mail.pk))
    )
    with gone_back_to("conversations", "0033_first_drafts_and_pictures"):
        assert "lies_in_id" not in columns("conversations_conversation")
    assert dict(Conversation.objects.values_list("pk", "lies_in")) == said


def test_a_run_that_was_broken_off_is_gone_through_again(world):
    conversation = world.conversation()
    with gone_back_to("conversations", "0033_first_drafts_and_pictures"), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE conversations_conversation ADD COLUMN lies_in_id bigint NULL")
    assert Conversation.objects.get(pk=conversation.pk).lies_in == world.mail


def test_labels_to_measure_with_are_remembered_where_a_colleague_said_so(db):
    rows = {
        ("editor", "staff", True): True,
        ("editor", "system", True): False,
        ("sent", "staff", True): False,
        ("sent", "staff", False): True,
        ("editor", "system", False): True,
    }
    for (evidence, kind, is_held_out), is_remembered in rows.items():
        Label.objects.create(
            text="환불",
            text_hash="x",
            evidence=evidence,
            given_by_kind=kind,
            is_held_out=is_held_out,
            is_remembered=is_remembered,
        )
    with gone_back_to("answers", "0017_passages_below"):
        assert "is_remembered" not in columns("answers_label")
    said = Label.objects.values_list("evidence", "given_by_kind", "is_held_out", "is_remembered")
    assert {(each[0], each[1], each[2]): each[3] for each in said} == rows


def test_the_queue_comes_to_old_rows_and_sqlite_copies_their_table_once(world):
    person = world.person()
    for at in range(3):
        made = open_conversation(
            world.mail, requester=person, by=person, subject=f"{at}", address=person.email
        )
    made.assign(to=world.agent, by=world.agent)
    said = list(Conversation.objects.order_by("pk").values_list("pk", "queue_rank", "queued_at", "subject"))
    assert [rank is None for _pk, rank, _since, _subject in said] == [False, False, True]
    executor = MigrationExecutor(connection)
    executor.migrate([("conversations", "0030_mentions_by_time")])
    try:
        assert not {"queue_rank", "queued_at"} & columns("conversations_conversation")
        with CaptureQueriesContext(connection) as asked:
            executor = MigrationExecutor(connection)
            executor.migrate([("conversations", "0031_queue_and_tickets")])
    finally:
        executor = MigrationExecutor(connection)
        executor.migrate(executor.loader.graph.leaf_nodes())
    copies = [
        each
        for each in asked.captured_queries
        if 'CREATE TABLE "new__conversations_conversation"' in each["sql"]
    ]
    assert len(copies) == (1 if connection.vendor == "sqlite" else 0)
    kept = Conversation.objects.order_by("pk").values_list("pk", "queue_rank", "queued_at", "subject")
    assert list(kept) == said
    assert Conversation.objects.latest("pk").pk >= 1001
