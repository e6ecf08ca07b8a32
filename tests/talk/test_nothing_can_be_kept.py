"""A database that takes no writes: answers go out all the same, and what somebody wrote stands there still, with a sentence."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.answers.asks import Ask
from handrail.conversations.messages import Message
from handrail.core.inserting import TAKES_NO_WRITES
from handrail.web import ready
from tests.talk.visitor import Visitor
from tests.worlds.small import World

QUESTION = "환불 신청하는 방법"
READS_ONLY = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": (
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
    ),
}


@pytest.fixture
def only_reads(transactional_db) -> Iterator[World]:
    """A small help centre whose database takes no writes any more."""
    world = World()
    world.article("환불 신청하는 방법", "<p>내 주문에서 환불을 누르세요.</p>")
    world.settle()
    stops, starts = READS_ONLY[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(stops)
    yield world
    with connection.cursor() as cursor:
        cursor.execute(starts)


def test_an_answer_goes_out_without_the_key_of_a_kept_question(client, only_reads, caplog):
    said = client.get("/api/v2/answers", {"query": QUESTION})
    page = client.get("/hc/ko/search", {"query": QUESTION})

    assert said.status_code == page.status_code == 200
    assert (said.json()["outcome"] != "handover", said.json()["ask"]) == (True, "")
    assert "내 주문에서 환불을" in page.content.decode()
    assert "could not be kept" in caplog.text
    assert not Ask.objects.exists()


def test_inside_a_transaction_whoever_began_it_is_told(only_reads):
    with pytest.raises(TAKES_NO_WRITES), transaction.atomic():
        answer(QUESTION, STRANGER, locale="ko")


def test_what_was_said_stands_in_the_field_with_a_sentence(only_reads):
    visitor = Visitor()
    page = visitor.presses("chat", text="주문 4821이 안 와요")
    told = visitor.presses("chat", _json=True, text="주문 4821이 안 와요")

    assert (page.status_code, told.status_code) == (503, 503)
    assert "주문 4821이 안 와요</textarea>" in page.content.decode()
    assert 'class="field-error talk-problem"' in page.content.decode()
    assert told.json()["error"]
    assert not Message.objects.exists()


def test_so_do_the_fields_of_the_contact_form(only_reads):
    fields = {"email": "minji@example.com", "subject": "늦어요", "text": "주문 4821이 안 와요"}
    page = Visitor().presses("requests/new", **fields)

    assert page.status_code == 503
    for words in fields.values():
        assert words in page.content.decode()


def test_a_press_is_told_so_too(only_reads):
    told = Visitor().presses("chat/person", _json=True, text="사람이요")
    assert (told.status_code, bool(told.json()["error"])) == (503, True)


def test_readyz_names_what_is_lacking_and_stays_in_service(client, only_reads):
    told = client.get("/readyz")
    assert (told.status_code, told.content) == (200, b"degraded: the database only reads\n")


@pytest.mark.parametrize(
    ("free", "said"),
    [
        (1 << 40, b"ready\n"),
        (ready.DISK_RESERVE_BYTES - 1, b"degraded: no room for files\n"),
    ],
)
def test_readyz_minds_the_room_for_files(client, db, monkeypatch, free, said):
    monkeypatch.setattr(ready.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(free, 0, free))
    assert client.get("/readyz").content == said


@pytest.mark.only_on("sqlite")
def test_readyz_minds_the_room_for_the_database(client, db, monkeypatch):
    monkeypatch.setattr(ready.shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(9, 9, 0))
    told = client.get("/readyz").content
    assert told == b"degraded: no room for the database, no room for files\n"
