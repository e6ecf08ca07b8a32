"""How long the bot goes on and a solved conversation may reopen: an administrator says, the next message heeds it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from handrail.accounts.models import Role
from handrail.conversations.merging import merge
from handrail.conversations.models import Conversation
from handrail.core import clock
from handrail.core.events.models import Event
from handrail.workspace.models import Brand
from tests.desk.conftest import signed_in

RULES = "/console/conversations"


@pytest.fixture
def admin(world):
    return signed_in(world.staff("admin@handrail.test", "박운영", Role.ADMIN))


def keep(client, **numbers):
    return client.post(f"{RULES}/keep", {"brand": Brand.objects.get().pk, "turns": 12, "days": 14} | numbers)


def test_an_administrator_sets_both_and_the_ledger_says_who(admin, world):
    page = admin.get(RULES).content.decode()
    assert 'value="12"' in page and 'value="14"' in page

    keep(admin, turns=2, days=3)
    keep(admin, turns=2, days=3)

    brand = Brand.objects.get()
    assert (brand.automatic_turns_max, brand.reopens_days) == (2, 3)
    event = Event.objects.get(verb="brand.ruled")
    assert event.actor_kind == "staff" and event.data["old"] == {
        "automatic_turns_max": 12,
        "reopens_days": 14,
    }


def test_a_solved_conversation_reopens_for_as_long_as_was_set(admin, world):
    conversation = world.conversation()
    conversation.set_status("solved", by=world.agent)
    keep(admin, days=3)

    for days, takes in ((3, True), (4, False)):
        with clock.at(conversation.solved_at + timedelta(days=days)):
            assert Conversation.objects.get(pk=conversation.pk).takes_replies is takes


@pytest.mark.parametrize(
    "sent", [{"turns": 0}, {"turns": 51}, {"days": 366}, {"days": "-1"}, {"turns": ""}, {"days": "1e2"}]
)
def test_what_no_brand_may_have_changes_nothing(admin, sent):
    keep(admin, **sent)
    assert not Event.objects.filter(verb="brand.ruled").exists()
    brand = Brand.objects.get()
    assert (brand.automatic_turns_max, brand.reopens_days) == (12, 14)


def test_a_refusal_looks_like_one_and_what_was_typed_stands_there(admin):
    answer = keep(admin, days="-1", turns=7)
    text = answer.content.decode()

    assert answer.status_code == 422 and 'class="said"' not in text
    assert 'data-meaning="waiting" role="alert"' in text
    assert 'value="-1"' in text and 'value="7"' in text
    assert 'role="alert"' not in admin.get(RULES).content.decode().partition("<template")[0], "said once"

    kept = admin.post(f"{RULES}/keep", {"brand": Brand.objects.get().pk, "days": 3}, follow=True)
    assert 'class="said" role="status"' in kept.content.decode()


def test_a_manager_may_and_an_agent_may_not(world):
    manager = signed_in(world.staff("manager@handrail.test", "최관리", Role.MANAGER))
    assert manager.get(RULES).status_code == 200
    assert keep(manager, turns=2).status_code == 302
    assert Brand.objects.get().automatic_turns_max == 2

    agent = signed_in(world.agent)
    assert agent.get(RULES).status_code == 404
    assert keep(agent, turns=3).status_code == 404
    assert Brand.objects.get().automatic_turns_max == 2


def test_a_merging_can_be_taken_back_for_as_long_as_was_set(admin, world):
    assert 'name="merging"' in admin.get(RULES).content.decode()
    keep(admin, merging=2)
    assert Event.objects.get(verb="brand.ruled").data["new"]["unmerges_days"] == 2
    one, other = world.conversation(), world.conversation()
    for each, into in ((one, other), (world.conversation(), other)):
        merge(each, into=into, by=world.agent)
    late = Conversation.objects.exclude(pk=one.pk).get(merged_into=other)

    desk = signed_in(world.agent)
    with clock.at(one.merged_at + timedelta(days=2)):
        assert desk.post(f"/desk/conversations/{one.pk}/unmerge").status_code == 302
    with clock.at(late.merged_at + timedelta(days=2, seconds=1)):
        answer = desk.post(f"/desk/conversations/{late.pk}/unmerge")

    assert Conversation.objects.get(pk=one.pk).merged_into is None
    assert answer.status_code == 422 and Conversation.objects.get(pk=late.pk).merged_into == other


@pytest.mark.parametrize("days", ["0", "91", "", "-1", "x"])
def test_days_for_merging_that_no_brand_may_have_change_nothing(admin, days):
    keep(admin, merging=days, turns=5)
    brand = Brand.objects.get()
    assert (brand.unmerges_days, brand.automatic_turns_max) == (7, 12)
