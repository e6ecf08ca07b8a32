"""What waits for us in a merged conversation is not lost in one that is over, and the way back is whole."""

from datetime import UTC, datetime, timedelta

import pytest

from handrail.conversations.conversation import Conversation
from handrail.conversations.custom_statuses import CustomStatus
from handrail.conversations.merging import IntoClosed, merge, unmerge
from handrail.core import clock
from handrail.core.events.models import Event

START = datetime(2026, 3, 2, 1, tzinfo=UTC)
SHOWN = (
    "status",
    "custom_status_id",
    "solved_at",
    "last_message_text",
    "last_message_from",
    "last_message_is_verified",
)


@pytest.fixture
def two(world):
    """An answered, solved conversation, and a later one of the same person that nobody has answered."""
    with clock.at(START):
        into = world.conversation(subject="배송", text="언제 오나요?")
        into.reply("내일 와요.", by=world.agent)
        into.set_status("solved", by=world.agent)
    with clock.at(START + timedelta(hours=2)):
        one = world.conversation(subject="또 배송", text="아직 안 왔어요")
    return one, into


def again(conversation):
    return Conversation.objects.get(pk=conversation.pk)


def test_a_solved_one_opens_again_for_it_and_stands_in_the_lists(world, two):
    one, into = two
    merge(one, into=into, by=world.agent)

    into = again(into)
    assert (into.status, into.solved_at) == ("open", None)
    assert into in Conversation.objects.unsolved()
    assert (into.last_message_text, into.last_message_from) == ("아직 안 왔어요", "in")
    told = Event.objects.about(into).filter(verb="conversation.status_changed").last()
    assert (told.data["old"], told.data["new"]) == ("solved", "open")


def test_one_of_our_own_statuses_that_is_solved_opens_too_and_comes_back(world, two):
    one, into = two
    ours = CustomStatus.make("solved", by=world.agent, name_ko="환불 끝", name_en="Refunded")
    into.set_status(ours.key, by=world.agent)
    merge(one, into=into, by=world.agent)
    assert again(into).status_code == "open"
    unmerge(again(one), by=world.agent)
    assert again(into).status_code == ours.key


def test_taking_it_back_gives_both_back_as_they_were(world, two):
    one, into = two
    before = {name: getattr(again(into), name) for name in SHOWN}
    with clock.at(START + timedelta(hours=3)):
        merge(one, into=into, by=world.agent)
        unmerge(again(one), by=world.agent)

    one, into = again(one), again(into)
    assert {name: getattr(into, name) for name in SHOWN} == before
    assert (one.status, one.merged_into) == ("new", None)
    assert one in Conversation.objects.unsolved() and into not in Conversation.objects.unsolved()


def test_what_was_answered_since_stays_open_when_it_is_taken_back(world, two):
    one, into = two
    with clock.at(START + timedelta(hours=3)):
        merge(one, into=into, by=world.agent)
    with clock.at(START + timedelta(hours=4)):
        again(into).reply("다시 보내 드릴게요.", by=world.agent)
    with clock.at(START + timedelta(hours=5)):
        unmerge(again(one), by=world.agent)
    assert again(into).status == "open"
    assert again(into).last_message_text == "다시 보내 드릴게요."


@pytest.mark.parametrize("status", ["solved", "closed"])
def test_what_is_over_itself_opens_nothing(world, two, status):
    one, into = two
    one.set_status(status, by=world.agent)
    merge(one, into=into, by=world.agent)
    assert again(into).status == "solved"


def test_nothing_that_waits_goes_into_a_closed_one(world, two):
    one, into = two
    into.set_status("closed", by=world.agent)
    with pytest.raises(IntoClosed):
        merge(one, into=into, by=world.agent)
    assert (again(one).status, again(one).merged_into) == ("new", None)
    one.set_status("solved", by=world.agent)
    merge(again(one), into=into, by=world.agent)


@pytest.mark.parametrize("status", ["pending", "on_hold"])
def test_what_waits_for_others_waits_for_us_again(world, two, status):
    one, into = two
    into.set_status(status, by=world.agent)
    merge(one, into=into, by=world.agent)
    assert again(into).status == "open"
    unmerge(again(one), by=world.agent)
    assert again(into).status == status


def test_what_sleeps_wakes_and_sleeps_again(world, two):
    one, into = two
    until = clock.now() + timedelta(days=2)
    into.set_status("open", by=world.agent)
    into.snooze(until, by=world.agent)
    merge(one, into=into, by=world.agent)
    assert again(into).snoozed_until is None
    unmerge(again(one), by=world.agent)
    assert again(into).snoozed_until == until


def test_its_turn_is_that_of_whoever_waited_longest(world):
    with clock.at(START):
        one = world.conversation()
    with clock.at(START + timedelta(hours=1)):
        into = world.conversation()
    merge(one, into=into, by=world.agent)
    assert again(into).queued_at == START
    unmerge(again(one), by=world.agent)
    assert again(into).queued_at == START + timedelta(hours=1)


def test_what_the_bot_has_comes_to_people(world, two):
    one, _into = two
    into = world.conversation()
    Conversation.objects.filter(pk=into.pk).update(held_by="bot")
    merge(one, into=again(into), by=world.agent)
    assert again(into) in Conversation.objects.queued()
    assert again(into).queued_at == START + timedelta(hours=2)
