"""Snoozing many, and choosing another form for many, with the way back."""

from datetime import timedelta

import pytest

from handrail.automation.changes import Change
from handrail.automation.runs import start, undo
from handrail.conversations.conversation import Conversation
from handrail.conversations.forms import RequestForm
from handrail.core import clock


@pytest.fixture
def few(world):
    made = [world.conversation(subject=f"문의 {at}") for at in range(3)]
    world.settle()
    return made


def of(some, name):
    rows = Conversation.objects.filter(pk__in=[each.pk for each in some]).order_by("pk")
    return list(rows.values_list(name, flat=True))


def run_over(world, some, change):
    return start([each.pk for each in some], by=world.agent, changes=[change])


def test_snoozed_until_one_hour_and_back_to_the_hour_each_had(world, few):
    tomorrow, next_week = (clock.now() + timedelta(days=days) for days in (1, 7))
    few[1].snooze(next_week, by=world.agent)
    run = run_over(world, few, Change("snooze", tomorrow.isoformat()))
    assert of(few, "snoozed_until") == [tomorrow] * 3
    assert undo(run, by=world.agent)
    assert of(few, "snoozed_until") == [None, next_week, None]


def test_what_the_customer_woke_meanwhile_stays_awake(world, few):
    run = run_over(world, few, Change("snooze", (clock.now() + timedelta(days=1)).isoformat()))
    Conversation.objects.get(pk=few[0].pk).wake(by=world.agent, reason="hand")
    undo(run, by=world.agent)
    assert run.steps.get(conversation=few[0]).reason == "changed_since"


def test_an_hour_that_has_passed_before_its_turn_and_what_is_over_are_refused(world, few):
    few[0].set_status("solved", by=world.agent)
    hour = clock.now() + timedelta(hours=1)
    with clock.at(hour + timedelta(minutes=1)):
        run = run_over(world, few, Change("snooze", hour.isoformat()))
    assert list(run.steps.order_by("pk").values_list("reason", flat=True)) == [
        "over",
        "past_hour",
        "past_hour",
    ]


def test_another_form_and_back(world, few):
    one = RequestForm.make("returns", by=world.agent, name_ko="반품", name_en="Returns")
    two = RequestForm.make("bugs", by=world.agent, name_ko="고장", name_en="Faults")
    Conversation.objects.filter(pk=few[0].pk).update(form=one)
    run = run_over(world, few, Change("form", two.pk))
    assert of(few, "form_id") == [two.pk] * 3
    undo(run, by=world.agent)
    assert of(few, "form_id") == [one.pk, None, None]
