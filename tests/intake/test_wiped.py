"""Words taken out for good are not in the database's files either: not in free pages, the search index, or the journal."""

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from handrail.channels.mail.keep import keep
from handrail.channels.mail.parsed import Envelope
from handrail.config.databases import sqlite
from handrail.conversations.drafts import keep as keep_draft
from handrail.conversations.models import Conversation
from handrail.conversations.redaction import redact
from handrail.conversations.words import Words, let_index_forget, numbers_with
from handrail.core import wiping
from handrail.core.jobs.models import Job
from tests.intake.arriving import mail

SECRET = "Zqxwvutsrp4711"
KOREAN = "무지개여우비밀번호"
TEXT = f"제 암호는 {SECRET} 그리고 {KOREAN} 예요. " + "그 밖의 이야기. " * 2000

pytestmark = [pytest.mark.only_on("sqlite"), pytest.mark.django_db(transaction=True)]


def files() -> dict[str, bytes]:
    name = str(connection.settings_dict["NAME"])
    there = [Path(name + end) for end in ("", "-wal", "-shm")]
    return {each.name: each.read_bytes() for each in there if each.exists()}


def held(word: str) -> list[str]:
    """The files in which the word stands, as typed, folded, or within JSON."""
    forms = {word, word.casefold(), json.dumps(word).strip('"')}
    return [name for name, data in files().items() if any(form.encode() in data for form in forms)]


@pytest.fixture
def told(world):
    keep(world.mail, mail(text=TEXT), Envelope("minji@example.com", ("help@handrail.test",)))
    world.settle()
    conversation = Conversation.objects.get()
    conversation.note(f"{SECRET} {KOREAN} 확인함", by=world.agent)
    draft = keep_draft(conversation, "reply", f"{TEXT} 라고 하셨죠", user=world.agent, revision=0)
    keep_draft(conversation, "reply", "안녕하세요", user=world.agent, revision=draft.revision)
    for number in range(3):  # pieces of the index beside the one that holds the words
        conversation.receive(f"또 하나 {number}", by=conversation.requester)
    world.settle()
    yield conversation
    with connection.cursor() as cursor:  # what a test leaves in the index is not taken out with the rows
        cursor.execute(
            "INSERT INTO conversations_words_index(conversations_words_index) VALUES ('delete-all')"
        )


def test_a_word_taken_out_stands_in_no_file_of_the_database(world, told):
    assert held(SECRET) and held(KOREAN)

    assert redact(told, SECRET, by=world.agent) and redact(told, KOREAN, by=world.agent)
    world.settle()

    assert held(SECRET) == held(KOREAN) == []
    assert not Job.objects.unfinished().exists()


def test_the_index_goes_on_finding_the_rest(world, told):
    redact(told, SECRET, by=world.agent)
    world.settle()

    assert numbers_with("이야기", most=5) == [told.pk]
    assert numbers_with(SECRET, most=5) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO conversations_words_index(conversations_words_index) VALUES ('integrity-check')"
        )


def test_while_somebody_reads_the_journal_it_is_tried_again(world, told):
    other = connections.create_connection("default")
    other.settings_dict["OPTIONS"] = {**other.settings_dict["OPTIONS"], "timeout": 0.01}
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout=10")
    try:
        with other.cursor() as reading:
            reading.execute("BEGIN DEFERRED")
            reading.execute("SELECT count(*) FROM conversations_message")
            redact(told, SECRET, by=world.agent)
            world.settle()
            assert Job.objects.unfinished().exists()
            reading.execute("ROLLBACK")
    finally:
        other.close()

    Job.objects.unfinished().update(run_after="2020-01-01T00:00:00Z")
    world.settle()

    assert held(SECRET) == []


def test_what_was_deleted_long_ago_goes_by_command(world, told):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
        cursor.execute("DELETE FROM conversations_note")
        cursor.execute("PRAGMA secure_delete=ON")
    redact(told, SECRET, by=world.agent)
    wiping.empty_journal()
    assert held(SECRET)

    call_command("wipe")

    assert held(SECRET) == []


def test_sqlite_overwrites_what_it_deletes_whatever_it_was_built_with():
    assert "PRAGMA secure_delete=ON;" in sqlite("any", durable=False)["OPTIONS"]["init_command"]
    assert "secure_delete" in settings.DATABASES["default"]["OPTIONS"]["init_command"]


def test_merging_ends_where_there_is_nothing_to_merge(world):
    let_index_forget()
    let_index_forget()

    assert not Words.objects.exists()
