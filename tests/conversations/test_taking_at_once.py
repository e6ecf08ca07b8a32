"""Two colleagues take in the same moment: one has it, and the other is told who."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from handrail.accounts.models import Role, User
from handrail.accounts.viewer import staff_viewer
from handrail.conversations.assignment import AssignedMeanwhile
from handrail.conversations.conversation import Conversation
from handrail.conversations.queue import take_next
from handrail.core.events.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(users: list[User], act: Callable[[User], object]) -> dict[int, object]:
    """What comes of the same act by each, begun together; each on a connection of their own."""
    start, came_of = Barrier(len(users)), {}

    def run(user: User) -> None:
        connection.ensure_connection()
        start.wait(timeout=10)
        try:
            came_of[user.pk] = act(user)
        except AssignedMeanwhile as meanwhile:
            came_of[user.pk] = meanwhile
        finally:
            connection.close()

    threads = [Thread(target=run, args=[user]) for user in users]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=60)
    return came_of


@pytest.fixture
def colleagues(world) -> list[User]:
    names = ["정해결", "박상담", "최담당"]
    return [
        world.agent,
        *(world.staff(f"c{at}@handrail.test", name, Role.AGENT) for at, name in enumerate(names)),
    ]


@pytest.mark.parametrize("_", range(5))
def test_of_those_who_take_one_at_once_one_has_it_and_the_others_are_told_who(world, colleagues, _):
    conversation = world.conversation()
    begun = Event.objects.filter(verb="conversation.assigned").count()

    def take(user: User) -> str:
        Conversation.objects.get(pk=conversation.pk).assign_from(None, to=user, by=user)
        return "taken"

    came_of = at_once(colleagues, take)

    conversation.refresh_from_db()
    winners = [pk for pk, each in came_of.items() if each == "taken"]
    assert winners == [conversation.assignee_id] and len(came_of) == len(colleagues)
    told = [each for each in came_of.values() if isinstance(each, AssignedMeanwhile)]
    assert len(told) == len(colleagues) - 1
    assert {each.now.pk for each in told if each.now} == {conversation.assignee_id}
    assert Event.objects.filter(verb="conversation.assigned").count() == begun + 1


@pytest.mark.parametrize("_", range(3))
def test_those_who_take_the_next_of_the_queue_at_once_get_one_each(world, colleagues, _):
    for at in range(len(colleagues) - 1):
        world.conversation(subject=f"문의 {at}")

    def take(user: User) -> int | None:
        taken = take_next(staff_viewer(user), by=user)
        return taken.pk if taken else None

    came_of = at_once(colleagues, take)

    given = [each for each in came_of.values() if each is not None]
    assert len(given) == len(set(given)) == len(colleagues) - 1
    for pk, number in came_of.items():
        if number is not None:
            assert Conversation.objects.get(pk=number).assignee_id == pk
