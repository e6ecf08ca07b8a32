"""Put aside until an hour or the customer's next word, then on top."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from handrail.conversations.activity import history
from handrail.conversations.queries import in_view, page
from handrail.conversations.status import ConversationIsClosed
from handrail.core import clock

HOUR = timedelta(hours=1)


def numbers(world, view="all"):
    return [row.number for row in page(view, viewer=world.viewer()).rows]


@pytest.fixture
def two(world):
    """An older and a newer conversation."""
    older = world.conversation(subject="먼저")
    world.settle()
    newer = world.conversation(subject="나중")
    world.settle()
    older.refresh_from_db()
    newer.refresh_from_db()
    return older, newer


def test_it_leaves_the_lists_and_comes_back_on_top_when_its_hour_comes(world, two):
    older, newer = two
    older.snooze(clock.now() + HOUR, by=world.agent)
    world.settle()
    assert numbers(world) == [newer.number]
    assert numbers(world, "snoozed") == [older.number]
    with clock.at(clock.now() + HOUR + timedelta(seconds=2)):
        world.settle()
        assert numbers(world) == [older.number, newer.number]
        assert numbers(world, "snoozed") == []


def test_the_age_shown_is_still_that_of_the_last_message(world, two):
    older, _ = two
    said_at = older.last_message_at
    older.snooze(clock.now() + HOUR, by=world.agent)
    with clock.at(clock.now() + 2 * HOUR):
        world.settle()
        assert page("all", viewer=world.viewer()).rows[0].last_message_at == said_at


def test_the_customers_next_word_brings_it_back_on_top(world, two):
    older, newer = two
    older.snooze(clock.now() + HOUR, by=world.agent)
    older.receive("아직도 안 돼요", by=older.requester)
    older.refresh_from_db()
    assert older.snoozed_until is None
    assert numbers(world) == [older.number, newer.number]


def test_an_automatic_mail_does_not_bring_it_back(world, two):
    older, _ = two
    older.snooze(clock.now() + HOUR, by=world.agent)
    older.receive("자리를 비웠어요", by=older.requester, is_automatic=True)
    older.refresh_from_db()
    assert older.is_snoozed


def test_waiting_for_the_customer_leaves_its_list_too(world, two):
    older, _ = two
    older.set_status("pending", by=world.agent)
    older.snooze(clock.now() + HOUR, by=world.agent)
    assert numbers(world, "pending") == []


def test_moving_the_hour_later_holds(world, two):
    older, _ = two
    older.snooze(clock.now() + HOUR, by=world.agent)
    older.snooze(clock.now() + 5 * HOUR, by=world.agent)
    with clock.at(clock.now() + 2 * HOUR):
        world.settle()
        older.refresh_from_db()
        assert older.is_snoozed


def test_solved_it_is_over_and_its_hour_passes_without_a_word(world, two):
    older, _ = two
    older.snooze(clock.now() + HOUR, by=world.agent)
    older.set_status("solved", by=world.agent)
    assert older.pk not in set(in_view("snoozed", viewer=world.viewer()).values_list("pk", flat=True))
    with clock.at(clock.now() + 2 * HOUR):
        world.settle()
        older.set_status("open", by=world.agent)
    assert older.number in numbers(world)
    assert not any(each.verb == "conversation.woken" for each in history(older, locale="ko"))


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(days=366)])
def test_an_hour_past_or_too_far_is_refused(world, two, ahead):
    with pytest.raises(ValueError, match="next year"):
        two[0].snooze(clock.now() + ahead, by=world.agent)


def test_what_is_closed_is_not_put_aside(world, two):
    two[0].set_status("closed", by=world.agent)
    with pytest.raises(ConversationIsClosed):
        two[0].snooze(clock.now() + HOUR, by=world.agent)


def test_the_history_says_until_when_and_why_it_came_back(world, two):
    older, _ = two
    older.snooze(clock.now() + HOUR, by=world.agent)
    older.receive("다시 써요", by=older.requester)
    with translation.override("ko"), timezone.override("Asia/Seoul"):
        texts = [each.text for each in history(older, locale="ko")]
    assert any("까지 미뤄 두었어요" in text for text in texts)
    assert any("글을 남겨서 목록에 다시 올렸어요" in text for text in texts)


def test_a_page_after_a_woken_one_misses_nothing(world):
    made = [world.conversation(subject=f"{at}") for at in range(5)]
    world.settle()
    made[0].snooze(clock.now() + HOUR, by=world.agent)
    with clock.at(clock.now() + 2 * HOUR):
        world.settle()
        seen, after = [], ""
        while True:
            found = page("all", viewer=world.viewer(), rows=2, after=after)
            seen += [row.number for row in found.rows]
            after = found.after
            if not after:
                break
        assert seen == numbers(world)
    assert seen[0] == made[0].number
    assert sorted(seen) == [each.number for each in made]
