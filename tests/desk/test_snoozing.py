"""Snooze and the three tabs of the chats, as pressed in the desk."""

import pytest

from handrail.conversations.opening import open_conversation
from handrail.core import clock


def chat(world, text):
    person = world.person(f"{text}@example.com", text)
    conversation = open_conversation(world.chat, requester=person, by=person, subject=text)
    conversation.receive(text, by=person)
    return conversation


def test_a_chat_moves_through_the_three_tabs(world, desk):
    going, aside, over = chat(world, "going"), chat(world, "aside"), chat(world, "over")
    hour = clock.now().replace(year=clock.now().year + 1, month=1, day=2)
    sent = {"later": "1", "own_hour": f"{hour:%Y-%m-%dT%H:%M}"}
    assert desk.post(f"/desk/conversations/{aside.number}/snooze", sent).status_code == 302
    desk.post(f"/desk/conversations/{over.number}/status", {"status": "solved"})
    for tab, shown in (("chat", going), ("chat-snoozed", aside), ("chat-over", over)):
        page = desk.get(f"/desk/views/{tab}/").content.decode()
        rows = page.split('class="conversations"')[1]
        assert [each for each in (going, aside, over) if f'data-number="{each.number}"' in rows] == [shown]
        for words in ("진행중", "보류중", "종료됨"):
            assert words in page


def test_a_snoozed_one_says_until_when_and_is_brought_back(world, desk):
    conversation = world.conversation()
    page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    assert "언제까지 보류할까요?" in page
    desk.post(f"/desk/conversations/{conversation.number}/snooze", {"at": "2027-01-04T09:00"})
    page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    assert "2027. 1. 4.(월) 오전 9:00" in page
    desk.post(f"/desk/conversations/{conversation.number}/wake")
    conversation.refresh_from_db()
    assert not conversation.is_snoozed


@pytest.mark.parametrize(
    "sent", [{}, {"at": "soon"}, {"at": "2020-01-01T09:00"}, {"later": "1", "own_hour": ""}]
)
def test_a_wrong_hour_is_explained(world, desk, sent):
    conversation = world.conversation()
    response = desk.post(f"/desk/conversations/{conversation.number}/snooze", sent)
    assert response.status_code == 422
    assert "1년 안의 시각을 골라 주세요" in response.content.decode()
