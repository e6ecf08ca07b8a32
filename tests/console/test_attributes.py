"""Attributes of customers as a manager makes them."""

import pytest

from handrail.accounts.models import Role
from handrail.contacts.attributes import Attribute
from tests.desk.conftest import signed_in

NAMES = {"name_ko": "등급", "name_en": "Plan"}


@pytest.fixture
def manager(world):
    return signed_in(world.staff("manager@handrail.test", "한관리", Role.MANAGER))


def made(manager, key, kind="line", **more):
    sent = {"key": key, "kind": kind, **NAMES, **more}
    return manager.post("/console/attributes/new", sent)


def test_made_with_options_changed_put_away_and_back(world, manager):
    rows = {"option_code": ["", ""], "option_ko": ["골드", ""], "option_en": ["Gold", ""]}
    assert made(manager, "plan", "choice", about="organisation", **rows).status_code == 302
    plan = Attribute.objects.get()
    assert (plan.about, plan.codes) == ("organisation", ["gold"])
    page = manager.get("/console/attributes").content.decode()
    assert "등급" in page
    path = "/console/attributes/plan/edit"
    kept = {"option_code": ["gold", ""], "option_ko": ["골드", "실버"], "option_en": ["Gold", "Silver"]}
    manager.post(path, {**NAMES, "name_ko": "요금제", "about": "person", **kept})
    plan.refresh_from_db()
    assert (plan.name_ko, plan.about, plan.codes) == ("요금제", "organisation", ["gold", "silver"])
    manager.post(path, {"do": "archive"})
    assert not Attribute.objects.active().exists()
    manager.post(path, {"do": "restore"})
    assert Attribute.objects.active().exists()


@pytest.mark.parametrize(
    ("key", "more"),
    [("Big Key", {}), ("plan", {"name_en": ""}), ("plan", {"kind": "choice"}), ("there", {})],
)
def test_what_cannot_be_made_says_why_and_keeps_what_was_typed(world, manager, key, more):
    made(manager, "there")
    answer = made(manager, key, **more)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in html
    assert 'value="등급"' in html
    assert Attribute.objects.count() == 1


def test_one_moves_up_and_a_strange_key_moves_nothing(world, manager):
    made(manager, "a")
    made(manager, "b")
    manager.post("/console/attributes/order", {"up": "b"})
    assert list(Attribute.objects.values_list("key", flat=True)) == ["b", "a"]
    assert manager.post("/console/attributes/order", {"up": "x"}).status_code == 404


def test_an_agent_defines_none(world):
    assert signed_in(world.agent).get("/console/attributes").status_code in (403, 404)
