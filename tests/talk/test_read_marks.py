"""Delivered and read: each side sees how far the other has got, and nobody sees more than that."""

from __future__ import annotations

import pytest

from handrail.conversations.conversation import Conversation
from handrail.conversations.read_marks import ReadMark, note_read


@pytest.fixture
def chat(visitor, world) -> Conversation:
    visitor.says("상담사와 이야기할래요")
    world.settle()
    return Conversation.objects.get(channel="chat")


@pytest.fixture
def heard(monkeypatch):
    """What windows were told: (channel's kind, data)."""
    told = []

    def publish(_topic, *, channels, event, data):
        told.extend((channel.partition(":")[0], data) for channel in channels if event == "read")

    monkeypatch.setattr("handrail.core.bus.publish", publish)
    return told


def test_a_window_tells_how_far_it_got_and_the_desk_hears_of_it_once(visitor, world, chat, heard):
    said = chat.reply("안녕하세요, 확인해 볼게요", by=world.agent)

    visitor.tells_read(chat, delivered=said.seq, read=0)
    visitor.tells_read(chat, delivered=said.seq, read=said.seq)
    visitor.tells_read(chat, delivered=said.seq, read=said.seq)

    got = {"delivered": said.seq, "read": said.seq}
    assert heard == [("desk", got | {"read": 0}), ("desk", got)]
    assert [(mark.person, mark.read) for mark in ReadMark.objects.all()] == [(chat.requester, said.seq)]


def test_marks_never_move_back_and_never_beyond_the_newest(world, chat):
    newest = chat.reply("여기 있어요", by=world.agent).seq
    chat.refresh_from_db()

    note_read(chat, person=chat.requester, delivered=newest + 900, read=newest + 900)
    note_read(chat, person=chat.requester, delivered=1, read=1)

    far = chat.read_marks.theirs().furthest()
    assert (far.delivered, far.read) == (newest, newest)
    assert not chat.read_marks.ours().exists()


@pytest.mark.parametrize("wrong", ["", "-1", "x", "9" * 30, "１２"])
def test_a_number_that_is_none_is_no_mark(visitor, chat, wrong):
    assert visitor.tells_read(chat, delivered=wrong, read=wrong).status_code == 204
    assert not ReadMark.objects.exists()


def test_a_strangers_window_marks_nothing(world, chat, client):
    answer = client.post(f"/hc/ko/talk/{chat.public_id}/read", {"delivered": 1, "read": 1})

    assert answer.status_code == 404
    assert not ReadMark.objects.exists()


def test_whoever_looks_at_the_desk_has_read_it_and_the_customer_sees_that(
    visitor, world, chat, client, heard
):
    client.force_login(world.agent)
    client.post(f"/desk/conversations/{chat.number}/presence", {"typing": "0", "read": str(chat.last_seq)})

    assert [kind for kind, _data in heard] == ["chat"]
    assert visitor.snapshot(chat)["got"]["read"] == chat.last_seq


def test_the_desk_shows_it_at_the_newest_of_our_words_alone(visitor, world, chat, client):
    first, second = (chat.reply(text, by=world.agent).seq for text in ("첫 번째", "두 번째"))
    visitor.tells_read(chat, delivered=second, read=first)
    client.force_login(world.agent)

    page = client.get(f"/desk/conversations/{chat.number}").content.decode()

    assert page.count('data-state="read"') == 1 and page.count('data-state="delivered"') == 1
    assert page.index("첫 번째") < page.index('data-state="read"') < page.index("두 번째")
