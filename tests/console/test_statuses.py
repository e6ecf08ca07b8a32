"""Statuses of managers' own as a manager makes, orders, words and puts away."""

import pytest

from handrail.accounts.models import Role
from handrail.conversations.custom_statuses import CustomStatus
from handrail.core.events.models import Event
from tests.desk.conftest import signed_in

WORDS = {
    "name_ko": "부품 기다림",
    "name_en": "Waiting for parts",
    "told_ko": "부품을 주문했어요",
    "told_en": "",
}
NEW = "/console/statuses/new"


@pytest.fixture
def manager(world):
    return signed_in(world.staff("manager@handrail.test", "한관리", Role.MANAGER))


def test_one_is_made_and_stands_below_what_it_counts_as(manager):
    assert 'value="on_hold" checked' in manager.get(NEW, {"category": "on_hold"}).content.decode()

    assert manager.post(NEW, WORDS | {"category": "on_hold"}).status_code == 302

    status = CustomStatus.objects.get()
    assert (status.key, status.category, status.told_ko) == (
        "waiting_for_parts",
        "on_hold",
        "부품을 주문했어요",
    )
    page = manager.get("/console/statuses").content.decode()
    part = page.partition('id="status-on_hold"')[2].partition('id="status-solved"')[0]
    assert "부품 기다림" in part and "부품을 주문했어요" in part and "status%3Awaiting_for_parts" in part
    assert 'id="status-new"' in page and "category=closed" not in page
    assert Event.objects.get(verb="status.made").actor_kind == "staff"


def test_what_is_refused_comes_back_with_all_that_was_typed(manager):
    manager.post(NEW, WORDS | {"category": "on_hold"})
    for sent in (
        WORDS | {"category": "solved"},
        WORDS | {"category": "on_hold", "name_en": ""},
        WORDS | {"category": "new"},
    ):
        answer = manager.post(NEW, sent)
        assert answer.status_code == 422
        page = answer.content.decode()
        assert 'role="alert"' in page and 'value="부품을 주문했어요"' in page
    assert CustomStatus.objects.count() == 1


def test_words_change_and_what_it_counts_as_does_not(manager):
    manager.post(NEW, WORDS | {"category": "on_hold"})
    path = "/console/statuses/waiting_for_parts/edit"
    assert 'name="category"' not in manager.get(path).content.decode()

    manager.post(path, WORDS | {"name_ko": "부품 입고 대기", "category": "solved", "do": "save"})

    status = CustomStatus.objects.get()
    assert (status.name_ko, status.category, status.key) == ("부품 입고 대기", "on_hold", "waiting_for_parts")


def test_put_away_and_brought_back(manager):
    manager.post(NEW, WORDS | {"category": "on_hold"})
    path = "/console/statuses/waiting_for_parts/edit"

    manager.post(path, {"do": "archive"})
    page = manager.get("/console/statuses").content.decode()
    assert "부품 기다림" in page.partition("console-older")[2]
    manager.post(path, {"do": "restore"})

    assert "console-older" not in manager.get("/console/statuses").content.decode()
    assert [event.verb for event in Event.objects.filter(verb__startswith="status.").order_by("pk")] == [
        "status.made", "status.archived", "status.restored",
    ]  # fmt: skip


def test_one_place_up_among_those_that_count_as_the_same(manager):
    for ko, en, category in (("하나", "One", "open"), ("먼저", "First", "solved"), ("둘", "Two", "open")):
        manager.post(NEW, {"name_ko": ko, "name_en": en, "category": category})

    manager.post("/console/statuses/order", {"up": "two"})
    manager.post("/console/statuses/order", {"up": "two"})

    opened = CustomStatus.objects.filter(category="open")
    assert [each.key for each in opened] == ["two", "one"]
    for nonsense in ("", "none", "x" * 300, "a\0b"):
        assert manager.post("/console/statuses/order", {"up": nonsense}).status_code == 404


def test_an_agent_may_not(world):
    agent = signed_in(world.agent)
    CustomStatus.make("open", by=world.agent, name_ko="하나", name_en="One")
    for path in ("/console/statuses", NEW, "/console/statuses/one/edit", "/console/statuses/none/edit"):
        assert agent.get(path).status_code == 404
        assert agent.post(path, WORDS | {"category": "open"}).status_code in (404, 405)
    assert CustomStatus.objects.get().name_ko == "하나"
