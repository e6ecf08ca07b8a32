"""Who is looking and who types, in the lists too."""

from datetime import timedelta

import pytest

from handrail.accounts.models import Role, Team
from handrail.conversations.presence import leave, look
from handrail.core import bus, clock
from handrail.core.actors import SYSTEM
from tests.desk.test_lists import LIST_QUERIES


@pytest.fixture
def two(world):
    return world.staff("two@handrail.test", "<b>정해결</b>", Role.AGENT)


def test_the_list_names_who_looks_and_who_types_but_not_oneself(world, desk, two):
    conversation = world.conversation()
    look(conversation.pk, user=world.agent)
    assert "beside" not in desk.get("/desk/views/all/").content.decode()
    look(conversation.pk, user=two)
    page = desk.get("/desk/views/all/").content.decode()
    assert "&lt;b&gt;정해결&lt;/b&gt;" in page
    assert "지금 보고 있어요" in page
    look(conversation.pk, user=two, is_typing=True)
    assert "지금 쓰고 있어요" in desk.get("/desk/views/all/").content.decode()
    around = desk.get("/desk/looking", {"number": str(conversation.number)}).json()["around"]
    assert "지금 쓰고 있어요" in around[str(conversation.number)]
    with clock.at(clock.now() + timedelta(seconds=46)):
        assert "정해결" not in desk.get("/desk/views/all/").content.decode()
    leave(conversation.pk, user=two)
    assert desk.get("/desk/looking", {"number": str(conversation.number)}).json()["around"] == {
        str(conversation.number): ""
    }


def test_it_costs_the_list_no_query(world, desk, two, django_assert_num_queries):
    for _ in range(3):
        conversation = world.conversation()
        conversation.tag("환불", by=world.agent)
        look(conversation.pk, user=two)
    desk.get("/desk/views/all/")
    with django_assert_num_queries(LIST_QUERIES):
        desk.get("/desk/views/all/")


def test_lists_are_told_and_those_of_a_private_team_alone(
    world, two, monkeypatch, django_capture_on_commit_callbacks
):
    told = []
    monkeypatch.setattr(bus, "publish", lambda _topic, **said: told.append((said["channels"], said["event"])))
    conversation = world.conversation()
    told.clear()
    look(conversation.pk, user=two)
    assert told == [([f"desk:{conversation.pk}", "desk:list"], "presence")]
    hr = Team.objects.create(slug="hr", name_ko="인사팀", name_en="HR", is_private=True)
    conversation.hand_to_team(hr, by=SYSTEM)
    told.clear()
    look(conversation.pk, user=two, is_typing=True)
    assert told == [([f"desk:{conversation.pk}", f"desk:team:{hr.pk}"], "presence")]
    told.clear()
    look(conversation.pk, user=two, is_typing=True)
    assert told == []


@pytest.mark.parametrize("asked", ["", "x", "0", "9" * 40])
def test_odd_numbers_have_nobody(world, desk, asked):
    assert desk.get("/desk/looking", {"number": asked}).json() == {"around": {}}
