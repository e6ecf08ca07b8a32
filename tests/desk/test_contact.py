"""The record of each contact: since when it waits, by whom and when it was taken over, and why they came."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from handrail.conversations.ending import NotOver
from handrail.conversations.fields import Field, Required
from handrail.conversations.values import set_values
from handrail.core import clock
from handrail.workspace.formats import day_and_time
from handrail.workspace.typed_fields import Kind
from tests.worlds.asked import KINDS, Forms


@pytest.fixture
def reason(world) -> Field:
    return Field.make(
        "contact_reason",
        Kind.CHOICE,
        by=world.agent,
        name_ko="문의 사유",
        name_en="Reason",
        options=KINDS,
        is_public=False,
        required=Required.ALWAYS,
    )


def record(desk, conversation) -> str:
    page = desk.get(f"/desk/conversations/{conversation.number}").content.decode()
    return page.split('data-part="contact"')[1].split("</section>")[0]


def told(moment) -> str:
    with translation.override("ko"):
        return day_and_time(moment, locale="ko")


def test_it_says_since_when_they_wait_and_who_took_it_over_when(world, desk):
    long_ago = clock.now() - timedelta(days=2)
    with clock.at(long_ago):
        conversation = world.conversation()
    with clock.at(long_ago + timedelta(hours=3)):
        conversation.receive("아직인가요?", by=conversation.requester)
    fresh = record(desk, conversation)
    with clock.at(long_ago + timedelta(hours=5)):
        conversation.assign(to=world.agent, by=world.agent)
    taken = record(desk, conversation)

    assert told(long_ago) in fresh and "담당자 없음" in fresh
    assert world.agent.name in taken and told(long_ago + timedelta(hours=5)) in taken


def test_after_our_answer_nobody_waits_and_their_next_word_begins_anew(world, desk):
    conversation = world.conversation()
    conversation.reply("확인할게요.", by=world.agent)
    answered = record(desk, conversation)
    later = clock.now() + timedelta(hours=2)
    with clock.at(later):
        conversation.receive("고맙습니다. 그런데요", by=conversation.requester)

    assert "기다리고 있지 않아요" in answered
    assert told(later) in record(desk, conversation)


def test_it_is_taken_over_anew_with_each_colleague_and_given_back_by_none(world, desk):
    conversation = world.conversation()
    conversation.assign(to=world.agent, by=world.agent)
    conversation.assign(to=None, by=world.agent)
    conversation.refresh_from_db()
    assert conversation.taken_at is None
    assert "담당자 없음" in record(desk, conversation)


@pytest.mark.parametrize("has_form", [False, True])
def test_without_a_reason_nothing_is_solved_whatever_its_form(world, desk, reason, has_form):
    forms = Forms(world) if has_form else None
    conversation = world.conversation()
    if forms:
        set_values(conversation, {forms.cause: ["안내"]}, by=world.agent)
    with pytest.raises(NotOver) as waiting:
        conversation.set_status("solved", by=world.agent)
    refused = desk.post(f"/desk/conversations/{conversation.number}/status", {"status": "solved"})

    assert waiting.value.fields == [reason]
    assert refused.status_code == 422 and "‘문의 사유’" in refused.content.decode()
    assert "아직 없어요" in record(desk, conversation)

    set_values(conversation, {reason: ["refund"]}, by=world.agent)
    conversation.set_status("solved", by=world.agent)
    assert conversation.status == "solved"
    assert "<dt>문의 사유</dt><dd>환불</dd>" in record(desk, conversation)


def test_where_no_reason_is_asked_conversations_are_solved_as_ever(world, reason):
    reason.archive(by=world.agent)
    conversation = world.conversation()
    conversation.set_status("solved", by=world.agent)
    assert conversation.status == "solved"


def test_a_customer_may_say_that_it_is_solved_for_them(world, reason):
    conversation = world.conversation()
    conversation.set_status("solved", by=conversation.requester)
    assert conversation.status == "solved"


def test_a_day_is_said_once_where_the_age_is_a_day_too(world, desk):
    with clock.at(clock.now() - timedelta(days=2)):
        conversation = world.conversation()
    said = record(desk, conversation).partition("<dd>")[2].partition("</dd>")[0]
    assert told(conversation.last_message_at) in said and said.count("<time") == 1
