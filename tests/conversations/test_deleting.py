"""Deleted: out of sight for everybody, restored within the days, and then gone with all it held."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from handrail.accounts.models import Role
from handrail.accounts.viewer import Viewer
from handrail.conversations.models import Conversation, Message, Words
from handrail.conversations.opening import receive_or_follow_up
from handrail.conversations.outgoing import send
from handrail.conversations.purging import purge_due
from handrail.conversations.search import by_number, find
from handrail.core import clock
from handrail.core.files.keeping import keep
from handrail.core.files.models import StoredFile


@pytest.fixture
def manager(world):
    return world.staff("manager@handrail.test", "한관리", Role.MANAGER)


@pytest.fixture
def told(world):
    conversation = world.conversation(text="환불 zebra")
    world.settle()
    return conversation


def test_nobody_sees_or_finds_it_and_restoring_brings_it_back_as_it_was(world, told, manager):
    customer = Viewer(person_id=told.requester_id, assurance=2)
    told.delete_for_now(by=manager)
    for viewer in (world.viewer(), world.viewer(manager), customer):
        assert not Conversation.objects.visible_to(viewer).filter(pk=told.pk).exists()
    assert find("zebra", viewer=world.viewer()).rows == []
    assert by_number(str(told.pk), viewer=world.viewer()) is None

    assert list(Conversation.objects.deleted(world.viewer(manager))) == [told]
    assert list(Conversation.objects.deleted(world.viewer())) == []
    assert told.restore(by=manager) and not told.restore(by=manager)
    assert Conversation.objects.visible_to(customer).filter(pk=told.pk).exists()
    assert [row.number for row in find("zebra", viewer=world.viewer()).rows] == [told.pk]


def test_what_the_customer_writes_to_it_opens_a_conversation_somebody_sees(world, told, manager):
    told.delete_for_now(by=manager)
    person = told.requester
    message = receive_or_follow_up(
        told, "아직 안 됐어요", inbox=world.mail, sender=person, by=person, address=person.email
    )
    assert message.conversation_id != told.pk
    assert Conversation.objects.visible_to(world.viewer()).filter(pk=message.conversation_id).exists()


def test_a_reply_that_waits_does_not_leave(world, told, manager):
    world.agent.undo_seconds = 20
    waiting = send(told, "곧 환불돼요", by=world.agent)
    told.delete_for_now(by=manager)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.reason) == ("stopped", "deleted")


def test_after_the_days_it_is_gone_with_its_files_and_words_and_not_a_day_before(
    world, told, manager, monkeypatch, settings
):
    settings.DELETED_DAYS = 7
    file = keep(b"secret", name="a.txt", by=told.requester)
    told.receive("파일이에요", by=told.requester, files=[file])
    other = world.conversation(subject="다른 문의")
    shared = keep(b"shared", name="b.txt", by=told.requester)
    told.receive("같은 파일", by=told.requester, files=[shared])
    other.receive("같은 파일", by=told.requester, files=[shared])
    told.delete_for_now(by=manager)

    start = clock.now()
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(days=6, hours=23))
    assert purge_due() == 0
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(days=7, hours=1))
    assert purge_due() == 1
    assert list(Conversation.objects.all()) == [other]
    assert not Message.objects.filter(conversation_id=told.pk).exists()
    assert not Words.objects.filter(pk=told.pk).exists()
    assert list(StoredFile.objects.all()) == [shared]
    assert default_storage.exists(shared.path)


def test_one_restored_in_the_last_second_stays(world, told, manager, monkeypatch):
    told.delete_for_now(by=manager)
    told.restore(by=manager)
    start = clock.now()
    monkeypatch.setattr(clock, "now", lambda: start + timedelta(days=400))
    assert purge_due() == 0
    assert Conversation.objects.filter(pk=told.pk).exists()
