"""Undo, send later and send now, as pressed in the desk."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from handrail.accounts.models import Role
from handrail.conversations.messages import Message
from handrail.conversations.outgoing import Outgoing
from handrail.core import clock
from tests.desk.conftest import signed_in
from tests.desk.test_composing import say


@pytest.fixture
def careful(world):
    world.agent.set_up(undo_seconds=15, by=world.agent)
    return world.agent


def test_undo_puts_the_words_and_the_files_back(world, careful, desk):
    conversation = world.conversation()
    file = SimpleUploadedFile("guide.txt", b"take this", content_type="text/plain")
    say(desk, conversation, text="이 답이 맞을까", files=[file])
    waiting = Outgoing.objects.get()
    page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    assert "이 답이 맞을까" in page
    assert "보내기 취소" in page
    assert "메일로 보냈어요" not in page

    back = desk.post(f"/desk/outgoing/{waiting.pk}/undo").content.decode()
    assert "이 답이 맞을까</textarea>" in back
    (kept,) = re.findall(r'name="kept" value="(\d+)" checked', back)

    world.agent.set_up(undo_seconds=0, by=world.agent)
    say(desk, conversation, text="이 답이 맞아요", kept=kept)
    said = Message.objects.get(text="이 답이 맞아요")
    assert [each.file.title for each in said.attachments.all()] == ["guide.txt"]


def test_files_of_others_do_not_come_along_by_their_number(world, careful, desk):
    one, other = world.conversation(), world.conversation()
    say(desk, one, text="파일", files=[SimpleUploadedFile("a.txt", b"abc", content_type="text/plain")])
    waiting = Outgoing.objects.get()
    waiting.take_back(by=careful)
    world.agent.set_up(undo_seconds=0, by=world.agent)
    say(desk, other, text="남의 파일", kept=str(waiting.files.get().pk))
    assert Message.objects.get(text="남의 파일").attachments.count() == 0


def test_what_left_meanwhile_says_so(world, careful, desk):
    conversation = world.conversation()
    say(desk, conversation)
    waiting = Outgoing.objects.get()
    waiting.leave()
    response = desk.post(f"/desk/outgoing/{waiting.pk}/undo")
    assert response.status_code == 409
    assert "이미 보내서 되돌릴 수 없어요" in response.content.decode()


def test_send_now_does_not_wait(world, careful, desk):
    conversation = world.conversation()
    say(desk, conversation, text="급해요", status="pending")
    desk.post(f"/desk/outgoing/{Outgoing.objects.get().pk}/now")
    conversation.refresh_from_db()
    assert Message.objects.filter(text="급해요").count() == 1
    assert conversation.status == "pending"


def test_nine_in_the_morning_is_the_customers_nine(world, desk):
    person = world.person()
    person.describe(zone="America/New_York", by=world.agent)
    conversation = world.conversation(person)
    with clock.at(datetime(2026, 11, 27, 15, 0, tzinfo=UTC)):  # a Friday, ten in New York
        page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
        offered = re.findall(r'name="at" value="([^"]+)"', page.split("desk-composer")[1])
        assert offered == ["2026-11-30T09:00", "2026-12-01T09:00"]
        say(desk, conversation, at=offered[0])
    waiting = Outgoing.objects.get()
    assert waiting.leaves_at == datetime(2026, 11, 30, 14, 0, tzinfo=UTC)
    assert waiting.is_scheduled


@pytest.mark.parametrize(
    "hour", [{"at": "soon"}, {"later": "1", "own_hour": ""}, {"later": "1", "own_hour": "2020-01-01T09:00"}]
)
def test_a_wrong_hour_is_explained_and_the_words_stay(world, desk, hour):
    conversation = world.conversation()
    response = say(desk, conversation, text="나중에 보낼 글", **hour)
    assert response.status_code == 422
    assert "90일 안의 시각을 골라 주세요" in response.content.decode()
    assert "나중에 보낼 글</textarea>" in response.content.decode()
    assert not Outgoing.objects.exists()


def test_a_stopped_reply_says_why_and_can_still_go(world, desk):
    conversation = world.conversation()
    hour = clock.now() + timedelta(days=1)
    say(desk, conversation, text="내일 갈 글", later="1", own_hour=f"{hour:%Y-%m-%dT%H:%M}")
    conversation.receive("먼저 쓸게요", by=conversation.requester)
    page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    assert "고객이 먼저 글을 남겼어요" in page
    desk.post(f"/desk/outgoing/{Outgoing.objects.get().pk}/now")
    assert Message.objects.filter(text="내일 갈 글").count() == 1


def test_strangers_and_readers_cannot_touch_it(world, careful, desk, client):
    conversation = world.conversation()
    say(desk, conversation)
    waiting = Outgoing.objects.get()
    outside = signed_in(world.staff("author@handrail.test", "글쓴이", Role.AUTHOR))
    for act in ("undo", "now"):
        assert client.post(f"/desk/outgoing/{waiting.pk}/{act}").status_code in (302, 403, 404)
        assert outside.post(f"/desk/outgoing/{waiting.pk}/{act}").status_code in (403, 404)
    waiting.refresh_from_db()
    assert waiting.is_waiting


def test_a_double_press_waits_once(world, careful, desk):
    conversation = world.conversation()
    for _ in range(2):
        assert say(desk, conversation, client_id="same", seen=str(conversation.last_seq)).status_code == 302
    assert Outgoing.objects.count() == 1


def test_while_a_colleagues_reply_waits_to_leave_another_asks_first(world, careful, desk):
    conversation = world.conversation()
    say(desk, conversation, text="제가 답했어요")
    other = signed_in(world.staff("two@handrail.test", "정해결", Role.AGENT))
    sent = {"text": "저도 답할게요", "seen": "1", "client_id": "other"}
    stopped = say(other, conversation, **sent)
    assert stopped.status_code == 409 and "제가 답했어요" in stopped.content.decode()
    assert not conversation.messages.filter(text="저도 답할게요").exists()
    assert say(other, conversation, **sent, anyway="1").status_code == 302
    assert say(desk, conversation, text="하나 더요", seen="9", client_id="mine").status_code == 302
