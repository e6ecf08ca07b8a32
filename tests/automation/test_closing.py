"""Closing many: solved at once, closed for good when the way back has ended, and what somebody reopened stays open."""

from datetime import timedelta

import pytest

from handrail.automation.changes import Change
from handrail.automation.closing import close_due
from handrail.automation.runs import CLOSE_AFTER, Run, start, undo
from handrail.conversations.conversation import Conversation
from handrail.core import clock
from handrail.core.events.models import Event


@pytest.fixture
def few(world):
    made = [world.conversation(subject=f"문의 {at}") for at in range(4)]
    world.settle()
    return made


def closing(world, some):
    return start([each.pk for each in some], by=world.agent, changes=[Change("close")])


def statuses(some):
    return list(
        Conversation.objects.filter(pk__in=[each.pk for each in some])
        .order_by("pk")
        .values_list("status", flat=True)
    )


def later():
    return clock.at(clock.now() + CLOSE_AFTER + timedelta(seconds=1))


def test_they_are_solved_at_once_and_closed_by_itself_later(world, few):
    run = closing(world, few)
    assert statuses(few) == ["solved"] * 4
    assert close_due() == 0
    with later():
        world.settle()
    assert statuses(few) == ["closed"] * 4
    run.refresh_from_db()
    assert (run.state, run.can_be_undone) == ("closed", False)
    closers = Event.objects.filter(verb="conversation.status_changed", data__new="closed")
    assert {(event.actor_kind, event.actor_id) for event in closers} == {("staff", world.agent.pk)}


def test_until_then_it_is_taken_back_and_nothing_is_closed(world, few):
    few[1].set_status("pending", by=world.agent)
    few[2].set_status("solved", by=world.agent)
    run = closing(world, few)
    assert undo(run, by=world.agent)
    assert statuses(few) == ["new", "pending", "solved", "new"]
    with later():
        assert close_due() == 0
    assert "closed" not in statuses(few)


def test_after_it_there_is_no_way_back_even_before_the_job_has_run(world, few):
    run = closing(world, few)
    with later():
        assert not undo(run, by=world.agent)
        assert close_due() == 4


def test_what_somebody_reopened_meanwhile_stays_as_they_left_it(world, few):
    run = closing(world, few)
    two = world.staff("two@handrail.test", "정해결", "agent")
    reopened, again = Conversation.objects.get(pk=few[0].pk), Conversation.objects.get(pk=few[1].pk)
    reopened.set_status("open", by=two)
    again.set_status("open", by=two)
    with clock.at(clock.now() + timedelta(minutes=3)):
        again.set_status("solved", by=two)
    with later():
        assert close_due() == 2
    assert statuses(few) == ["open", "solved", "closed", "closed"]
    left = run.steps.filter(reason="changed_since").values_list("conversation_id", flat=True)
    assert set(left) == {few[0].pk, few[1].pk}


def test_a_crash_in_the_middle_is_gone_on_with_and_closes_each_once(world, few, monkeypatch):
    run = closing(world, few)
    verb, count = Conversation.set_status, iter(range(10))

    def crash(self, *given, **named):
        if next(count) == 2:
            raise SystemExit
        verb(self, *given, **named)

    with later():
        monkeypatch.setattr(Conversation, "set_status", crash)
        with pytest.raises(SystemExit):
            close_due()
        monkeypatch.setattr(Conversation, "set_status", verb)
        run.refresh_from_db()
        assert (run.state, statuses(few).count("closed")) == ("closing", 2)
        assert not undo(run, by=world.agent)
        assert close_due() == 2
        assert close_due() == 0
    assert Run.objects.get(pk=run.pk).state == "closed"
    facts = Event.objects.filter(verb="conversation.status_changed", data__new="closed")
    assert facts.count() == 4


def test_one_that_is_closed_already_says_so_and_the_others_go_on(world, few):
    few[0].set_status("closed", by=world.agent)
    run = closing(world, few)
    assert run.steps.get(conversation=few[0]).reason == "closed"
    assert run.tally()["done"] == 3


def test_many_are_closed_ten_minutes_after_the_last_of_them_not_after_the_press(world):
    person = world.person()
    made = [world.conversation(person, subject=str(at)) for at in range(25)]
    run = closing(world, made)
    assert run.closes_at is None
    with later():
        world.settle()
        run.refresh_from_db()
        assert (run.state, run.can_be_undone) == ("done", True)
        assert "closed" not in statuses(made)
