"""A chat goes on as a ticket and comes back: one record, one number, and its customer always knows where."""

from __future__ import annotations

import pytest
from django.core import mail

from handrail.conversations.activity import history
from handrail.conversations.conversation import Conversation
from handrail.conversations.queries import page
from handrail.conversations.queue import ahead_of
from handrail.intake.turning import turn_into_chat, turn_into_ticket
from tests.desk.conftest import signed_in
from tests.talk.visitor import Visitor


def chat_of(world, visitor: Visitor) -> tuple[Conversation, dict]:
    visitor.says("상담사 연결해 주세요")
    world.settle()
    snapshot = visitor.hears(visitor.says("주문이 안 왔어요"))
    return Conversation.objects.get(), snapshot


def heard(visitor: Visitor, snapshot: dict) -> tuple[str, str]:
    told = visitor.hears(snapshot)
    return told["standing"]["html"], "".join(line["html"] for line in told["lines"])


@pytest.fixture
def desk(world):
    return signed_in(world.agent)


def press(desk, chat: Conversation, what: str, **fields) -> None:
    answer = desk.post(f"/desk/conversations/{chat.pk}/{what}", fields)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    chat.refresh_from_db()


def test_it_stays_one_record_with_its_number_and_the_window_says_where_it_goes_on(world, visitor, desk):
    chat, snapshot = chat_of(world, visitor)

    press(desk, chat, "ticket", subject="배송 지연")

    assert Conversation.objects.count() == 1
    assert chat.subject == "배송 지연" and chat.ticket_since and not chat.is_live
    standing, lines = heard(visitor, snapshot)
    assert 'data-kind="ticket"' in standing and f"#{chat.pk}" in standing
    assert f"/requests/{chat.pk}" in standing and 'name="email"' in standing
    assert f"#{chat.pk}" in lines
    # Opened anew the window is free for something else, and says where the answer comes.
    window = visitor.opens("chat").content.decode()
    assert "주문이 안 왔어요" not in window
    assert f"문의 #{chat.pk}번으로 이어 가고 있어요" in window and 'id="went-on-email"' in window
    assert "주문이 안 왔어요" in visitor.opens(f"requests/{chat.pk}").content.decode()


def test_an_address_left_in_the_closing_window_gets_the_answer(world, visitor, desk):
    chat, snapshot = chat_of(world, visitor)
    press(desk, chat, "ticket")

    visitor.presses("chat/address", _json=True, c=chat.public_id, email="jisu@example.com")
    chat.reply("확인했어요", by=world.agent)
    world.settle()

    assert mail.outbox[-1].to == ["jisu@example.com"]
    assert f"[#{chat.pk}]" in str(mail.outbox[-1].message()["Subject"])
    standing = heard(visitor, snapshot)[0]
    assert "답은 jisu@example.com 주소로" in standing and "답을 어디로 보내 드릴까요" not in standing


def test_in_the_window_opened_anew_an_address_is_left_and_corrected(world, visitor, desk):
    chat, _snapshot = chat_of(world, visitor)
    press(desk, chat, "ticket")
    beside = {"c": chat.public_id, "beside": "1"}

    assert visitor.presses("chat/address", **beside, email="jisu@exmaple.com").url.endswith("/chat#went-on")
    window = visitor.opens("chat").content.decode()
    assert "답은 jisu@exmaple.com 주소로" in window and "다른 주소로 받기" in window
    wrong = chat.endpoints.get(inbox__kind="mail")
    assert f'name="instead" value="{wrong.pk}"' in window

    visitor.presses("chat/address", **beside, instead=wrong.pk, email="jisu@example.com")
    assert "답은 jisu@example.com 주소로" in visitor.opens("chat").content.decode()
    # So does the window of the request itself.
    assert "답은 jisu@example.com 주소로" in visitor.opens(f"chat?c={chat.public_id}").content.decode()
    chat.reply("확인했어요", by=world.agent)
    world.settle()
    assert [sent.to for sent in mail.outbox[-1:]] == [["jisu@example.com"]]
    assert ["jisu@exmaple.com"] not in [sent.to for sent in mail.outbox if "확인했어요" in sent.body]
    told = [each.text for each in history(chat, locale="ko")]
    assert any("답을 받을 주소를 바꿨어요" in text for text in told)


def test_an_address_that_they_did_not_leave_is_neither_shown_nor_put_out_of_use(world, visitor, desk):
    chat, _snapshot = chat_of(world, visitor)
    other = world.person("secret@example.com", "다른 사람")
    way = chat.attach_endpoint(world.mail, "secret@example.com", person=other, by=world.agent)
    press(desk, chat, "ticket")
    window = visitor.opens("chat").content.decode()
    assert "답은 메일로 보내 드려요" in window and "secret@example.com" not in window
    visitor.presses("chat/address", _json=True, c=chat.public_id, instead=way.pk, email="jisu@example.com")
    way.refresh_from_db()
    assert way.is_active


def test_nobody_else_sees_the_request_above_their_window_and_once_solved_nobody_does(world, visitor, desk):
    chat, _snapshot = chat_of(world, visitor)
    press(desk, chat, "ticket")
    assert "went-on" not in Visitor().opens("chat").content.decode()
    chat.set_status("solved", by=world.agent)
    assert "went-on" not in visitor.opens("chat").content.decode()


def test_whoever_is_signed_in_is_told_by_mail_and_gets_every_answer_there_until_it_is_a_chat_again(
    world, minji, desk
):
    chat, snapshot = chat_of(world, minji)
    way = chat.endpoints.get(inbox__kind="mail")
    assert way.is_fallback
    before = len(mail.outbox)

    press(desk, chat, "ticket")
    world.settle()
    way.refresh_from_db()
    assert not way.is_fallback
    assert len(mail.outbox) == before + 1 and mail.outbox[-1].to == ["minji@example.com"]

    press(desk, chat, "chat")
    way.refresh_from_db()
    assert way.is_fallback and chat.is_live
    standing, _lines = heard(minji, snapshot)
    assert 'data-kind="ticket"' not in standing
    assert "주문이 안 왔어요" in minji.opens("chat").content.decode()


def test_an_address_the_customer_asked_for_keeps_getting_everything(world, visitor, desk):
    chat, _snapshot = chat_of(world, visitor)
    visitor.presses("chat/address", _json=True, c=chat.public_id, email="jisu@example.com")
    press(desk, chat, "ticket")
    press(desk, chat, "chat")
    assert chat.endpoints.filter(inbox__kind="mail").values_list("is_fallback", flat=True).get() is False


def test_the_history_says_who_turned_it_and_back_and_nothing_happens_twice(world, visitor, desk):
    chat, _snapshot = chat_of(world, visitor)
    assert turn_into_ticket(chat, by=world.agent) and not turn_into_ticket(chat, by=world.agent)
    assert turn_into_chat(chat, by=world.agent) and not turn_into_chat(chat, by=world.agent)

    told = [each.verb for each in history(chat, locale="en")]
    assert told.count("conversation.became_ticket") == told.count("conversation.became_chat") == 1
    words = [each.text for each in history(chat, locale="en") if each.verb.startswith("conversation.became")]
    assert all("이서준" in text or "Seojun" in text or text for text in words)
    mailed = world.conversation()
    assert not turn_into_ticket(mailed, by=world.agent) and not turn_into_chat(mailed, by=world.agent)


def test_a_ticket_is_in_no_list_of_chats_and_waits_among_the_tickets(world, visitor, desk):
    chat, _snapshot = chat_of(world, visitor)
    other = Visitor()
    other.says("상담사 연결해 주세요")
    world.settle()
    later = Conversation.objects.exclude(pk=chat.pk).get()
    assert ahead_of(later) == 1

    press(desk, chat, "ticket")

    assert [row.number for row in page("chat", viewer=world.viewer()).rows] == [later.pk]
    assert [row.number for row in page("queue", viewer=world.viewer()).rows] == [later.pk, chat.pk]
    assert ahead_of(Conversation.objects.get(pk=later.pk)) == 0


def test_words_written_in_the_window_meanwhile_arrive_in_it(world, visitor, desk):
    chat, _snapshot = chat_of(world, visitor)
    press(desk, chat, "ticket")

    visitor.says("아직 여기 있어요", c=chat.public_id)

    assert chat.messages.filter(text="아직 여기 있어요").exists()


def test_a_closed_one_stays_as_it_is_and_says_so(world, visitor, desk):
    chat, _snapshot = chat_of(world, visitor)
    chat.set_status("closed", by=world.agent)
    answer = desk.post(f"/desk/conversations/{chat.pk}/ticket", {})
    assert answer.status_code == 422
    chat.refresh_from_db()
    assert chat.ticket_since is None
