"""A database that takes no writes: answers go out all the same, and what somebody wrote stands there still, with a sentence."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction

from handrail.accounts.viewer import STRANGER
from handrail.answers.answer import answer
from handrail.answers.asks import Ask
from handrail.conversations.conversation import Conversation
from handrail.conversations.messages import Message
from handrail.conversations.sides import begin, hear
from handrail.core import clock
from handrail.core.inserting import TAKES_NO_WRITES
from handrail.web import ready
from tests.desk.conftest import signed_in
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
    with reading_only():
        yield world


@contextmanager
def reading_only() -> Iterator[None]:
    stops, starts = READS_ONLY[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(stops)
    yield
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


def test_a_chat_whose_assistant_fell_silent_is_shown_and_opened_to_people_later(transactional_db, caplog):
    """By the page, the snapshot, and the desk; whatever may write hands it over then."""
    world, visitor = World(), Visitor()
    snapshot = visitor.says("환불은 언제 되나요?")
    chat = Conversation.objects.get(channel="chat")
    desk = signed_in(world.agent)
    with clock.at(clock.now() + timedelta(seconds=11)):
        with reading_only():
            assert "환불은 언제 되나요?" in visitor.opens("chat").content.decode()
            assert visitor.hears(snapshot)["lines"] == []
            assert desk.get(f"/desk/conversations/{chat.pk}").status_code == 200
            assert desk.get("/desk/views/bot/").status_code == 200
        assert "could not be kept" in caplog.text
        chat.refresh_from_db()
        assert chat.held_by == "bot"
        visitor.opens("chat")
    chat.refresh_from_db()
    assert chat.held_by == "people"


def test_an_answer_from_outside_is_read_where_its_mark_can_not_be_taken_off(transactional_db):
    world = World()
    ticket = world.conversation()
    side = begin(ticket, to=["carrier@example.net"], subject="송장", by=world.agent)
    hear(side, "부산에 있어요", by=side.requester)
    desk = signed_in(world.agent)
    with reading_only():
        page = desk.get(f"/desk/conversations/{ticket.pk}/sides/{side.pk}")
    assert (page.status_code, "부산에 있어요" in page.content.decode()) == (200, True)


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
