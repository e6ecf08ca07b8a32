"""Of which brand a conversation is that a colleague begins."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from handrail.accounts.models import Team
from handrail.channels.brands import open_brand
from handrail.channels.models import Inbox
from handrail.conversations.conversation import Conversation
from handrail.core.actors import SYSTEM
from handrail.workspace.models import Brand
from tests.desk.test_first_message import OURS


@pytest.fixture
def second(world) -> Brand:
    cache.clear()
    brand = open_brand("둘째", "Second", by=SYSTEM)
    Inbox.open_mailbox("help@second.example", brand=brand, name="둘째", team=None, locale="ko", by=SYSTEM)
    return brand


def opened(desk, **more: str) -> Conversation:
    assert desk.post("/desk/new", OURS | more).status_code == 302
    return Conversation.objects.order_by("-pk")[0]


def sender(conversation: Conversation) -> str:
    return conversation.endpoints.get().inbox.address


def test_the_one_picked_writes_from_its_mailbox(world, desk, second):
    assert 'name="brand"' in desk.get("/desk/new").content.decode()
    begun = opened(desk, brand=str(second.pk))
    assert begun.brand == second and sender(begun) == "help@second.example"
    assert "둘째" in desk.get(f"/desk/{begun.pk}").content.decode()


def test_without_a_choice_it_is_the_one_the_customer_knows(world, desk, second):
    assert opened(desk).brand == world.brand
    known = world.conversation(world.person())
    Conversation.objects.filter(pk=known.pk).update(brand=second)
    begun = opened(desk)
    assert begun.brand == second and sender(begun) == "help@second.example"
    assert opened(desk, requester="else@example.com").brand == world.brand


def test_a_team_writes_from_its_own_mailbox_and_for_that_brand(world, desk, second):
    team = Team.objects.create(slug="second", name_ko="둘째팀", name_en="Second", hours=world.hours)
    Inbox.objects.filter(address="help@second.example").update(team=team)
    begun = opened(desk, team=str(team.pk))
    assert begun.brand == second and sender(begun) == "help@second.example"


def test_a_follow_up_stays_with_the_brand_it_follows(world, desk, second):
    before = opened(desk, brand=str(second.pk))
    world.conversation(world.person())
    assert opened(desk, follows=str(before.pk)).brand == second


def test_what_is_put_away_is_neither_offered_nor_gone_on_with(world, desk, second):
    before = opened(desk, brand=str(second.pk))
    second.put_away(by=SYSTEM)
    assert 'name="brand"' not in desk.get("/desk/new").content.decode()
    assert desk.post("/desk/new", OURS | {"brand": str(second.pk)}).status_code == 422
    assert opened(desk).brand == world.brand
    assert opened(desk, follows=str(before.pk)).brand == world.brand


def test_another_private_teams_conversation_tells_nothing(world, desk, second):
    hidden = Team.objects.create(
        slug="law", name_ko="법무", name_en="Law", hours=world.hours, is_private=True
    )
    known = world.conversation(world.person())
    Conversation.objects.filter(pk=known.pk).update(brand=second, team=hidden)
    assert opened(desk).brand == world.brand
