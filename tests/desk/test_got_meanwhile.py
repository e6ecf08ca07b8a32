"""Taking from a list what a colleague got since it was shown: it stays theirs and says so, and one press takes it all the same."""

import re

import pytest

from handrail.accounts.models import Role
from handrail.automation.changes import Change
from handrail.automation.macros import Macro
from handrail.automation.runs import Run
from handrail.conversations.conversation import Conversation

HERE = "/desk/views/all/"


@pytest.fixture
def two(world):
    return world.staff("two@handrail.test", "정해결", Role.AGENT)


@pytest.fixture
def shown(world, desk):
    """Three conversations, one of which a colleague had before the list was shown, and when that was."""
    before = world.staff("before@handrail.test", "먼저온", Role.AGENT)
    three = [world.conversation(subject=f"문의 {at}") for at in range(3)]
    three[0].assign(to=before, by=before)
    page = desk.get(HERE).content.decode()
    return three, re.search(r'name="seen_at" value="([^"]+)"', page)[1]


def take(desk, some, seen_at, **more):
    numbers = [str(each.pk) for each in some]
    sent = {"number": numbers, "seen_at": seen_at, "back": HERE, "assignee": "me", **more}
    return desk.post("/desk/bulk/run", sent, follow=True).content.decode()


def holders():
    return list(Conversation.objects.order_by("pk").values_list("assignee__name", flat=True))


def test_what_a_colleague_got_meanwhile_stays_theirs_and_the_rest_is_taken(world, desk, two, shown):
    three, seen_at = shown
    three[1].assign(to=two, by=two)

    page = take(desk, three, seen_at)

    assert holders() == ["이서준", "정해결", "이서준"]
    assert "문의 2건을 바꾸었어요" in page
    said = re.search(r'class="run-words">(.*?)</div>', page, re.S)[1]
    assert "정해결" in said and f"#{three[1].pk}" in said and f"#{three[0].pk}" not in said
    details = desk.get(f"/desk/runs/{Run.objects.get().pk}").content.decode()
    assert "정해결" in details and "data-undo" in details


def test_it_is_taken_all_the_same_by_one_more_press_and_given_back_by_undo(world, desk, two, shown):
    three, seen_at = shown
    three[1].assign(to=two, by=two)
    page = take(desk, three[1:2], seen_at)
    again, fresh = re.search(
        r'action="(/desk/runs/\d+/anyway)".*?name="seen_at" value="([^"]+)"', page, re.S
    ).groups()

    page = desk.post(again, {"seen_at": fresh, "back": HERE}, follow=True).content.decode()

    assert holders()[1] == "이서준" and "/anyway" not in page
    run = Run.objects.latest("pk")
    desk.post(f"/desk/runs/{run.pk}/undo", {"back": HERE})
    assert holders()[1] == "정해결"


def test_taking_all_the_same_minds_a_third_colleague(world, desk, two, shown):
    three, seen_at = shown
    third = world.staff("third@handrail.test", "셋째", Role.AGENT)
    three[1].assign(to=two, by=two)
    page = take(desk, three[1:2], seen_at)
    again, fresh = re.search(
        r'action="(/desk/runs/\d+/anyway)".*?name="seen_at" value="([^"]+)"', page, re.S
    ).groups()
    three[1].refresh_from_db()
    three[1].assign(to=third, by=third)

    page = desk.post(again, {"seen_at": fresh, "back": HERE}, follow=True).content.decode()

    assert holders()[1] == "셋째" and "셋째" in page


def test_a_macro_that_takes_and_giving_to_a_third_mind_it_too(world, desk, two, shown):
    three, seen_at = shown
    three[1].assign(to=two, by=two)
    macro = Macro.make(
        "맡기", by=world.agent, texts={"ko": ""}, changes=[Change("assignee", "me"), Change("tag", "vip")]
    )

    take(desk, three[1:2], seen_at, assignee="", macro=str(macro.pk))
    take(desk, three[1:2], seen_at, assignee=str(world.agent.pk))

    assert holders()[1] == "정해결"
    assert not three[1].tags.exists()


def test_what_one_has_oneself_or_nobody_has_is_no_ones_elses(world, desk, two, shown):
    three, seen_at = shown
    three[1].assign(to=world.agent, by=two)
    three[2].assign(to=two, by=two)
    three[2].assign(to=None, by=two)

    take(desk, three[1:2], seen_at, assignee=str(two.pk))
    take(desk, three[2:], seen_at)

    assert holders()[1:] == ["정해결", "이서준"]


@pytest.mark.parametrize("seen_at", ["", "gestern", "2026-01-01T00:00:00", "9" * 60])
def test_a_page_that_does_not_say_when_it_was_made_takes_as_before(world, desk, two, shown, seen_at):
    three, _seen_at = shown
    three[1].assign(to=two, by=two)

    take(desk, three[1:2], seen_at)

    assert holders()[1] == "이서준"


def test_the_form_for_several_hands_on_when_the_list_was_shown(world, desk, two, shown):
    three, seen_at = shown

    form = desk.get("/desk/bulk", {"number": [str(three[0].pk)], "seen_at": seen_at}).content.decode()

    assert f'name="seen_at" value="{seen_at}"' in form


def test_somebody_elses_run_is_not_taken_anyway(world, desk, two, shown):
    from tests.desk.conftest import signed_in

    three, seen_at = shown
    three[1].assign(to=two, by=two)
    take(desk, three[1:2], seen_at)

    assert signed_in(two).post(f"/desk/runs/{Run.objects.get().pk}/anyway", {}).status_code == 404
