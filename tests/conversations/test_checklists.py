"""Steps by name and time, in order, and what is not done keeps a conversation from being over."""

import pytest

from handrail.conversations.activity import history
from handrail.conversations.checklists import (
    STEPS_MOST,
    CannotAdd,
    Checklist,
    add_checklist,
    add_step,
    take_off,
    unfinished,
)
from handrail.conversations.ending import NotOver
from handrail.conversations.redaction import redact
from handrail.core.actors import BOT

STEPS = [{"ko": "영수증 확인", "en": "Check the receipt"}, {"ko": "환불 실행", "en": "Refund"}]


@pytest.fixture
def template(world):
    return Checklist.make(names={"ko": "환불", "en": "Refund"}, steps=STEPS, is_required=True, by=world.agent)


@pytest.fixture
def conversation(world, template):
    conversation = world.conversation()
    add_checklist(conversation, template, by=world.agent)
    return conversation


def test_a_template_puts_its_steps_into_a_conversation_in_order(world, conversation):
    add_step(conversation, "  전화  드리기 ", by=world.agent)
    steps = list(conversation.checklist_steps.all())
    assert [step.text("ko") for step in steps] == ["영수증 확인", "환불 실행", "전화 드리기"]
    assert [step.text("en") for step in steps] == ["Check the receipt", "Refund", "전화 드리기"]
    assert [step.is_required for step in steps] == [True, True, False]


def test_a_tick_bears_the_name_and_the_time_of_whoever_was_first(world, conversation):
    other = world.staff("other@handrail.test", "박지훈", "agent")
    step = conversation.checklist_steps.first()
    assert step.tick(by=world.agent)
    same = conversation.checklist_steps.first()
    assert not same.tick(by=other)
    same.refresh_from_db()
    assert same.done_by == world.agent and same.done_at is not None
    assert same.untick(by=other) and not same.untick(by=other)
    told = [line.text for line in history(conversation, locale="ko") if line.verb == "checklist.ticked"]
    assert len(told) == 1


def test_what_is_required_and_not_done_keeps_it_open(world, conversation):
    with pytest.raises(NotOver) as waiting:
        conversation.set_status("solved", by=world.agent)
    assert [step["ko"] for step in waiting.value.steps] == ["영수증 확인", "환불 실행"]
    conversation.reply("끝났어요", by=world.agent, status="solved")
    conversation.refresh_from_db()
    assert conversation.status == "open"
    assert any("환불 실행" in line.text for line in history(conversation, locale="ko"))
    for step in conversation.checklist_steps.all():
        step.tick(by=world.agent)
    conversation.set_status("solved", by=world.agent)
    assert conversation.status == "solved"


def test_the_customer_may_always_say_that_it_is_solved(world, conversation):
    conversation.set_status("solved", by=conversation.requester)
    assert conversation.status == "solved"


def test_a_template_stands_there_once_and_there_is_an_end(world, conversation, template):
    with pytest.raises(CannotAdd, match="there"):
        add_checklist(conversation, template, by=world.agent)
    with pytest.raises(CannotAdd, match="empty"):
        add_step(conversation, "  ", by=world.agent)
    for at in range(STEPS_MOST - 2):
        add_step(conversation, f"단계 {at}", by=world.agent)
    with pytest.raises(CannotAdd, match="many"):
        add_step(conversation, "하나 더", by=world.agent)


def test_a_step_that_was_dropped_leaves_room_and_no_gap_in_the_order(world, conversation):
    conversation.checklist_steps.first().drop(by=world.agent)
    add_step(conversation, "다른 일", by=world.agent)
    assert [step.text("ko") for step in conversation.checklist_steps.all()] == ["환불 실행", "다른 일"]


def test_a_retired_or_rewritten_template_changes_nothing_where_it_stands(world, conversation, template):
    template.rewrite(names={"ko": "새"}, steps=[{"ko": "하나"}], is_required=False, by=world.agent)
    template.retire(by=world.agent)
    assert unfinished(conversation, locale="en") == ["Check the receipt", "Refund"]
    assert not Checklist.objects.offered().exists()


def test_taking_a_template_off_leaves_what_somebody_ticked(world, conversation, template):
    step = conversation.checklist_steps.first()
    step.tick(by=world.agent)
    assert not take_off(conversation, template.pk, by=world.agent)
    step.untick(by=world.agent)
    assert take_off(conversation, template.pk, by=BOT)
    assert not conversation.checklist_steps.exists()


def test_words_taken_out_for_good_leave_steps_too(world, conversation):
    add_step(conversation, "카드 4111-1111-1111-1111 확인", by=world.agent)
    redact(conversation, "4111111111111111", by=world.agent)
    assert not conversation.checklist_steps.filter(text_ko__contains="4111").exists()
    assert not any("4111" in line.text for line in history(conversation, locale="ko"))
