"""While a reply is written the desk lists what it does not speak to yet."""

from __future__ import annotations

import pytest

from handrail.conversations.outgoing import send


def left(desk, conversation, text: str) -> str:
    answer = desk.post(f"/desk/conversations/{conversation.number}/open-questions", {"text": text})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def asked(world):
    conversation = world.conversation(text="배송비는 얼마인가요?")
    conversation.receive("그리고 환불은 언제 들어오나요?", by=conversation.requester)
    return conversation


def test_it_lists_what_is_open_and_shrinks_as_the_reply_speaks_to_it(desk, asked):
    assert "배송비는 얼마인가요?" in left(desk, asked, "") and "환불은 언제" in left(desk, asked, "")
    half = left(desk, asked, "배송비는 3,000원이에요.")
    assert "환불은 언제" in half and "배송비" not in half
    assert left(desk, asked, "배송비는 3,000원이고 환불은 3일 걸려요.").strip() == ""


def test_what_was_answered_before_is_not_asked_again_and_nothing_is_kept(desk, asked, world):
    asked.reply("배송비는 3,000원이고 환불은 3일 걸려요.", by=world.agent)
    before = asked.messages.count()
    assert left(desk, asked, "").strip() == ""
    assert asked.messages.count() == before


def test_the_composer_asks_for_it(desk, asked):
    page = desk.get(f"/desk/conversations/{asked.number}").content.decode()
    assert f'data-from="/desk/conversations/{asked.number}/open-questions"' in page


def test_while_what_was_just_sent_waits_to_leave_an_empty_field_is_reminded_of_nothing(world, desk, asked):
    world.agent.set_up(undo_seconds=10, by=world.agent)
    send(asked, "배송비는 3,000원이에요.", by=world.agent)
    assert left(desk, asked, "").strip() == ""
    assert "환불은 언제" in left(desk, asked, "하나 더 알려 드릴게요.")
    asked.outgoing.get().take_back(by=world.agent)
    assert "환불은 언제" in left(desk, asked, "")
