"""The place in the queue: who came to people before, has nobody, and waits for a first word."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from handrail.accounts.models import Team
from handrail.conversations import queue
from handrail.conversations.conversation import Conversation
from handrail.conversations.presence import look
from tests.talk.visitor import Visitor

MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))
SUNDAY = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.fixture
def opened():
    with time_machine.travel(MONDAY_MORNING) as travel:
        yield travel


def asks_for_a_person(world) -> tuple[Visitor, dict]:
    visitor = Visitor()
    visitor.says("상담사 연결해 주세요")
    world.settle()
    return visitor, visitor.hears(visitor.says("계세요?"))


def standing(visitor, snapshot) -> str:
    return visitor.hears(snapshot)["standing"]["html"]


def test_each_learns_how_many_are_ahead_and_the_queue_moves(world, opened):
    waiting = [asks_for_a_person(world) for _ in range(3)]

    assert "바로 다음 차례예요" in standing(*waiting[0])
    assert "앞에 2명이 기다리고 있어요" in standing(*waiting[2])

    first, second, _third = Conversation.objects.filter(channel="chat").order_by("number")
    first.reply("안녕하세요", by=world.agent)
    assert "앞에 1명이 기다리고 있어요" in standing(*waiting[2])
    assert "기다리고 있어요" not in standing(*waiting[0])
    second.assign(to=world.agent, by=world.agent)
    assert "바로 다음 차례예요" in standing(*waiting[2])
    assert "다음 차례" not in standing(*waiting[1])


def test_another_teams_mails_and_chats_with_the_assistant_are_not_ahead(world, opened):
    world.conversation()
    Visitor().says("환불은 언제 되나요?")
    elsewhere, _snapshot = asks_for_a_person(world)
    Conversation.objects.filter(channel="chat", held_by="people").get().hand_to_team(
        Team.objects.create(slug="other", name_ko="다른 팀", name_en="Other"), by=world.agent
    )

    assert "바로 다음 차례예요" in standing(*asks_for_a_person(world))
    assert elsewhere


def test_in_english_and_past_what_anybody_counts(world, opened, monkeypatch):
    monkeypatch.setattr(queue, "AHEAD_MOST", 1)
    monkeypatch.setattr("handrail.web.portal.standing.AHEAD_MOST", 1)
    asks_for_a_person(world)
    visitor = Visitor("en")
    snapshot = visitor.says("talk to a human")
    world.settle()
    assert "More than 1 people are ahead of you." in standing(visitor, snapshot)


def test_in_closed_hours_nobody_is_told_a_place(world):
    with time_machine.travel(SUNDAY):
        said = standing(*asks_for_a_person(world))
    assert "다음 차례" not in said
    assert "기다리고" not in said


def test_who_took_it_at_night_and_looks_is_there_and_nobody_is_told_to_wait_for_the_morning(world):
    with time_machine.travel(SUNDAY) as travel:
        waiting = asks_for_a_person(world)
        theirs = Conversation.objects.get(channel="chat")
        theirs.assign(to=world.agent, by=world.agent)
        assert "에 돌아와" in standing(*waiting), "given to somebody who is not there"
        look(theirs.pk, user=world.agent)
        assert "상담사가 남기신 말씀을 읽고 있어요" in standing(*waiting)
        assert "에 돌아와" not in standing(*waiting)
        travel.shift(60)
        assert "에 돌아와" in standing(*waiting), "gone again"
