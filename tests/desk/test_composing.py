import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from handrail.accounts.models import Role
from handrail.conversations.messages import Attachment
from handrail.conversations.opening import open_conversation
from handrail.core import bus
from handrail.core.events.models import Event
from handrail.web.desk import composing
from tests.desk.conftest import signed_in


def say(client, conversation, kind="messages", **fields):
    return client.post(
        f"/desk/conversations/{conversation.number}/{kind}", {"text": "확인해 볼게요", **fields}
    )


def what_stands_there(response):
    return dict(re.findall(r'name="(seen|seen_change)" value="(\d+)"', response.content.decode()))


def test_a_reply_reaches_the_customer_and_a_note_does_not(world, desk):
    conversation = world.conversation()
    assert say(desk, conversation).status_code == 302
    assert say(desk, conversation, "notes", text="블랙리스트 아님").status_code == 302
    assert [m.text for m in conversation.messages.filter(direction="out")] == ["확인해 볼게요"]
    assert [n.text for n in conversation.notes.all()] == ["블랙리스트 아님"]


def test_the_two_look_unmistakably_different_and_go_to_two_addresses(world, desk):
    conversation = world.conversation()
    text = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    reply, note = text.split('data-kind="reply" method')[1], text.split('data-kind="note" method')[1]
    assert f'action="/desk/conversations/{conversation.number}/messages"' in reply.split(">")[0]
    assert f'action="/desk/conversations/{conversation.number}/notes"' in note.split(">")[0]
    assert "답장 보내기" in reply.split("</form>")[0]
    assert "메모 남기기" in note.split("</form>")[0]
    assert "고객에게는 절대 보내지 않아요" in note.split("</form>")[0]


def test_the_composer_opens_with_what_the_colleague_chose(world):
    conversation = world.conversation()
    world.agent.set_up(writes_first="note", by=world.agent)
    text = signed_in(world.agent).get(f"/desk/conversations/{conversation.number}").content.decode()
    assert 'value="note" checked' in text
    assert 'value="reply" checked' not in text


@pytest.mark.parametrize("status", ["pending", "solved", "on_hold"])
def test_sending_sets_the_status_too(world, desk, status):
    conversation = world.conversation()
    say(desk, conversation, status=status)
    conversation.refresh_from_db()
    assert conversation.status == status


def test_sending_with_a_status_is_one_change_in_the_history(world, desk):
    conversation = world.conversation()
    say(desk, conversation, status="pending")
    changes = Event.objects.about(conversation).filter(verb="conversation.status_changed", actor_kind="staff")
    assert [(each.data["old"], each.data["new"]) for each in changes] == [("new", "pending")]


def test_sending_cannot_close(world, desk):
    conversation = world.conversation()
    say(desk, conversation, status="closed")
    conversation.refresh_from_db()
    assert conversation.status == "open"


@pytest.mark.parametrize("kind", ["messages", "notes"])
def test_a_double_press_says_it_once(world, desk, kind):
    conversation = world.conversation()
    for _ in range(2):
        assert (
            say(desk, conversation, kind, client_id="same", seen=str(conversation.last_seq)).status_code
            == 302
        )
    assert conversation.messages.filter(direction="out").count() + conversation.notes.count() == 1


def test_who_wrote_meanwhile_is_shown_and_nothing_is_sent(world, desk):
    conversation = world.conversation()
    colleague = world.staff("two@handrail.test", "정해결", Role.AGENT)
    conversation.reply("제가 답했어요", by=colleague)

    response = say(desk, conversation, seen="1", text="저도 답할게요")

    text = response.content.decode()
    assert response.status_code == 409
    assert "쓰는 동안 새 글이나 변경이 있었어요" in text
    assert "제가 답했어요" in text
    assert "저도 답할게요</textarea>" in text
    assert conversation.messages.filter(text="저도 답할게요").count() == 0

    assert say(desk, conversation, seen="1", text="저도 답할게요", anyway="1").status_code == 302
    assert conversation.messages.filter(text="저도 답할게요").count() == 1


def test_the_customers_next_word_is_shown_before_sending_too(world, desk):
    conversation = world.conversation()
    conversation.receive("아, 해결됐어요", by=conversation.requester)
    assert say(desk, conversation, seen="1").status_code == 409


def test_a_colleagues_note_is_shown_before_sending(world, desk):
    conversation = world.conversation()
    conversation.note("환불은 이미 나갔어요", by=world.staff("two@handrail.test", "정해결", Role.AGENT))
    response = say(desk, conversation, seen="1", seen_change="0")
    assert response.status_code == 409
    assert "환불은 이미 나갔어요</blockquote>" in response.content.decode()


def test_a_colleagues_change_is_shown_before_sending_and_sending_again_sends(world, desk):
    conversation = world.conversation()
    begun = what_stands_there(desk.get(f"/desk/conversations/{conversation.number}"))
    conversation.set_priority("urgent", by=world.staff("two@handrail.test", "정해결", Role.AGENT))

    response = say(desk, conversation, **begun)

    assert response.status_code == 409
    assert "정해결 님이 우선순위를" in response.content.decode().split("conflict")[2]
    assert say(desk, conversation, **what_stands_there(response)).status_code == 302


def test_changes_that_stood_there_or_are_ones_own_are_no_conflict(world, desk):
    conversation = world.conversation()
    colleague = world.staff("two@handrail.test", "정해결", Role.AGENT)
    conversation.set_priority("high", by=colleague)
    conversation.receive("하나 더요", by=conversation.requester)
    # A long thread is cut, so that the page may show no change at all.
    begun = {"seen": str(conversation.last_seq), "seen_change": "0"}
    conversation.set_priority("urgent", by=world.agent)
    assert say(desk, conversation, **begun).status_code == 302


def test_lines_of_a_chat_that_stood_in_view_are_seen_and_mail_and_notes_never(world, desk):
    person = world.person()
    chat = open_conversation(world.chat, requester=person, by=person, address=person.email)
    for text in ("안녕하세요", "여보세요?"):
        chat.receive(text, by=person, endpoint=chat.endpoints.get())
    assert say(desk, chat, seen="1", client_id="a").status_code == 409
    assert say(desk, chat, seen="1", read="2", client_id="b").status_code == 302
    chat.note("메모", by=world.staff("two@handrail.test", "정해결", Role.AGENT))
    assert say(desk, chat, seen="2", read=str(chat.last_seq), client_id="c").status_code == 409

    mail = world.conversation()
    mail.receive("메일 하나 더", by=mail.requester)
    assert say(desk, mail, seen="1", read="2").status_code == 409


def test_ones_own_words_and_notes_are_no_conflict(world, desk):
    conversation = world.conversation()
    conversation.reply("먼저", by=world.agent)
    conversation.note("메모", by=world.agent)
    assert say(desk, conversation, seen="1").status_code == 302


def test_an_empty_reply_is_refused_in_a_sentence_and_keeps_the_page(world, desk):
    conversation = world.conversation()
    response = say(desk, conversation, text="   ")
    assert response.status_code == 422
    assert "먼저 내용을 써 주세요." in response.content.decode()


def test_nothing_is_added_to_a_closed_conversation(world, desk):
    conversation = world.conversation()
    conversation.set_status("closed", by=world.agent)
    response = say(desk, conversation)
    assert response.status_code == 422
    assert "이어서 새 문의" in response.content.decode()
    assert conversation.messages.filter(direction="out").count() == 0


def test_files_travel_with_the_words_and_open_for_who_may_see_them(world, desk):
    conversation = world.conversation()
    say(desk, conversation, files=SimpleUploadedFile("영수증.txt", b"receipt"))
    attachment = conversation.messages.get(direction="out").attachments.get()
    assert attachment.file.title == "영수증.txt"
    response = desk.get(f"/desk/files/{attachment.pk}", follow=True)
    assert b"".join(response) == b"receipt"
    author = signed_in(world.staff("author@handrail.test", "윤작가", Role.AUTHOR))
    assert author.get(f"/desk/files/{attachment.pk}").status_code == 404


def test_a_picture_is_seen_in_a_message_and_a_note_and_opens_whole(world, desk):
    paint = BytesIO()
    Image.new("RGB", (900, 900), "teal").save(paint, "PNG")
    conversation = world.conversation()
    for what in ("messages", "notes"):
        say(desk, conversation, what, files=SimpleUploadedFile("화면.png", paint.getvalue()))
    page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    assert Attachment.objects.count() == 2
    for attachment in Attachment.objects.all():
        small = f"/desk/files/{attachment.pk}/small"
        assert f'href="/desk/files/{attachment.pk}"' in page and f'<img src="{small}"' in page
        with Image.open(BytesIO(b"".join(desk.get(small, follow=True)))) as shown:
            assert shown.size == (640, 640)
        author = signed_in(world.staff(f"a{attachment.pk}@handrail.test", "윤작가", Role.AUTHOR))
        assert author.get(small).status_code == 404


def test_a_file_that_is_too_large_is_refused_and_the_words_stay(world, desk, settings):
    settings.FILE_SIZE_MAX = 10
    conversation = world.conversation()
    response = say(desk, conversation, files=SimpleUploadedFile("big.txt", b"x" * 11))
    assert response.status_code == 422
    assert "확인해 볼게요</textarea>" in response.content.decode()
    assert conversation.messages.filter(direction="out").count() == 0


def test_every_word_of_ours_is_a_fact_with_its_author(world, desk):
    conversation = world.conversation()
    say(desk, conversation)
    say(desk, conversation, "notes")
    facts = Event.objects.about(conversation).filter(verb__in=["message.sent", "note.written"])
    assert [(fact.actor_kind, fact.actor_id) for fact in facts] == [("staff", world.agent.pk)] * 2


def test_the_customer_hears_that_a_reply_is_written_and_nothing_of_a_note(desk, world, monkeypatch):
    told = []
    monkeypatch.setattr(bus, "publish", lambda topic, **said: told.append(said))
    conversation = world.conversation()
    told.clear()
    place = f"/desk/conversations/{conversation.number}/presence"

    desk.post(place, {"typing": "1"})
    assert [said for said in told if said["event"] == "typing"] == []
    desk.post(place, {"typing": "1", "tell": "customer"})

    assert [said["channels"] for said in told if said["event"] == "typing"] == [
        [f"chat:{conversation.public_id}"]
    ]


def test_closed_by_somebody_meanwhile_the_reply_comes_back_and_nothing_leaves(world, desk, monkeypatch):
    conversation = world.conversation()

    def closes(text):
        # Between the first look and the sending.
        type(conversation).objects.get(pk=conversation.pk).set_status("closed", by=world.agent)
        return []

    monkeypatch.setattr(composing, "unfilled", closes)
    response = say(desk, conversation, text="아직 제 손에 있는 글", status="pending")
    assert response.status_code == 422
    page = response.content.decode()
    assert "다시 쓰려면 이어서 새 문의를 열어 주세요" in page
    assert "아직 제 손에 있는 글</textarea>" in page
    assert not conversation.messages.filter(text="아직 제 손에 있는 글").exists()
    conversation.refresh_from_db()
    assert conversation.status == "closed"


def way_at_hand(client, conversation):
    page = client.get(f"/desk/conversations/{conversation.number}").content.decode()
    (button,) = re.findall(r"<button[^>]* data-default>", page.split('data-kind="note" method')[0])
    return re.search(r'data-send="(\w+)"', button)[1]


def test_the_way_one_sends_is_remembered_for_that_colleague_on_every_device(world, desk):
    first, second = world.conversation(), world.conversation(world.person("jisu@example.com", "지수"))
    assert way_at_hand(desk, first) == "plain"
    say(desk, first, status="solved")
    assert way_at_hand(signed_in(world.agent), second) == "solved"
    colleague = world.staff("two@handrail.test", "정해결", Role.AGENT)
    assert way_at_hand(signed_in(colleague), second) == "plain"
    say(desk, second)
    assert way_at_hand(desk, second) == "plain"


def test_neither_a_chat_nor_a_reply_for_later_nor_one_that_did_not_leave_changes_it(world, desk):
    mail = world.conversation()
    say(desk, mail, status="pending")
    chat = open_conversation(world.chat, requester=mail.requester, by=mail.requester, channel="chat")
    chat.receive("안녕하세요", by=mail.requester)
    assert way_at_hand(desk, chat) == "plain", "a word in a chat sets no status by itself"
    say(desk, chat, status="solved")
    say(desk, mail, at="2020-01-01T09:00")
    say(desk, mail, status="solved", text="")
    assert way_at_hand(desk, mail) == "pending"
