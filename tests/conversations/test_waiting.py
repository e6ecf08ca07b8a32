"""The range a waiting customer is told: from what happened lately, and held against what then happened."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from handrail.conversations.conversation import Conversation
from handrail.conversations.expect import expect
from handrail.conversations.opening import open_conversation
from handrail.conversations.waiting import usual_wait
from handrail.core import clock
from handrail.core.actors import BOT

SEOUL = ZoneInfo("Asia/Seoul")
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=SEOUL)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def comes_to_people(world, at: datetime, **options) -> Conversation:
    with clock.at(at):
        person = world.person(f"w{at:%d%H%M%S%f}@example.com")
        chat = open_conversation(
            world.chat, requester=person, by=person, channel="chat", held_by="bot", **options
        )
        chat.receive("상담사 연결해 주세요", by=person)
        chat.hand_over(reason="asked", by=BOT)
    return chat


def waits(world, at: datetime, lasts: timedelta) -> Conversation:
    """A chat that came to people at this moment and got its first word so much later."""
    chat = comes_to_people(world, at)
    with clock.at(at + lasts):
        chat.reply("안녕하세요", by=world.agent)
    return chat


def told(world, at: datetime) -> tuple[int, int] | None:
    with clock.at(at):
        found = usual_wait(channel="chat", team=world.team)
    return found.minutes if found else None


@pytest.mark.django_db
def test_what_is_told_holds_for_those_who_come_next(world):
    """Eight in ten of those who then came waited no longer than the upper end, and about half no longer than the lower."""
    # Waits as queues have them: most short, some long. A fixed seed, so that a run repeats.
    lasting = random.Random(47)
    begun = [MONDAY + timedelta(days=day, minutes=20 * nth) for day in (0, 1, 2, 3) for nth in range(9)]
    within_high = within_low = promised = 0
    for at in begun:
        lasts = minutes(lasting.lognormvariate(1.2, 0.7))
        with clock.at(at):
            found = usual_wait(channel="chat", team=world.team)
        if found:
            promised += 1
            within_high += lasts <= found.high
            within_low += lasts <= found.low
        waits(world, at, lasts)

    assert promised == len(begun) - 5
    assert 0.7 <= within_high / promised <= 0.95
    assert 0.35 <= within_low / promised <= 0.65


@pytest.mark.django_db
def test_nothing_is_said_where_four_are_known_and_a_range_from_the_fifth(world):
    for nth in range(4):
        waits(world, MONDAY + minutes(10 * nth), minutes(2 + nth))
    assert told(world, MONDAY + minutes(60)) is None
    waits(world, MONDAY + minutes(40), minutes(9))
    assert told(world, MONDAY + minutes(60)) == (4, 9)


@pytest.mark.django_db
def test_around_noon_it_is_told_from_what_happens_around_noon(world):
    for nth in range(12):
        waits(world, MONDAY + timedelta(days=nth % 4, minutes=nth), minutes(2))
        waits(world, MONDAY + timedelta(days=nth % 4, hours=6, minutes=nth), minutes(20))

    assert told(world, MONDAY + timedelta(days=4, minutes=30)) == (2, 2)
    assert told(world, MONDAY + timedelta(days=4, hours=6)) == (20, 20)


@pytest.mark.django_db
def test_who_came_at_night_and_who_was_answered_while_the_assistant_had_it_tell_nothing(world):
    for nth in range(6):
        waits(world, MONDAY + minutes(10 * nth), minutes(3))
        waits(world, MONDAY + timedelta(hours=13, minutes=nth), timedelta(hours=11))
    chat = comes_to_people(world, MONDAY + minutes(70))
    Conversation.objects.filter(pk=chat.pk).update(first_answered_at=MONDAY)

    assert told(world, MONDAY + timedelta(days=1, hours=2)) == (3, 3)


@pytest.mark.django_db
def test_nothing_is_said_while_whoever_is_next_has_waited_longer_than_that(world):
    for nth in range(6):
        waits(world, MONDAY + minutes(10 * nth), minutes(3))
    comes_to_people(world, MONDAY + minutes(80))

    assert told(world, MONDAY + minutes(82)) == (3, 3)
    assert told(world, MONDAY + minutes(84)) is None


@pytest.mark.django_db
def test_it_is_said_as_a_range_as_one_number_where_both_ends_agree_and_not_at_all_past_an_hour(world):
    def said() -> str:
        with clock.at(MONDAY + minutes(120)), translation.override("en"):
            return expect(world.team, channel="chat").sentence(locale="en", zone="Asia/Seoul")

    for nth in range(6):
        waits(world, MONDAY + minutes(5 * nth), minutes(3))
    assert said() == "A person is here now. Lately it took about 3 minutes until they answered."
    for nth in range(6):
        waits(world, MONDAY + minutes(30 + 5 * nth), minutes(8))
    assert said() == "A person is here now. Lately it usually took 3 to 8 minutes until they answered."
    for nth in range(12):
        waits(world, MONDAY + minutes(60 + nth), minutes(75))
    with clock.at(MONDAY + minutes(160)), translation.override("en"):
        assert expect(world.team, channel="chat").sentence(locale="en", zone="Asia/Seoul") == (
            "People are here now and will answer in turn."
        )
