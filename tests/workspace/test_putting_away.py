"""A brand put away: who may not be, what its row says, and the way back."""

from __future__ import annotations

import pytest

from handrail.channels.brands import open_brand
from handrail.channels.models import Inbox
from handrail.contacts.identify import identify
from handrail.conversations.opening import open_conversation
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.workspace.brand import SitesOwn
from handrail.workspace.models import Brand


@pytest.fixture
def second(world) -> Brand:
    brand = open_brand("둘째", "Second", by=SYSTEM)
    brand.answer_at("second.example", by=SYSTEM)
    brand.lead_to_host(by=SYSTEM)
    return brand


def test_the_sites_own_stays(world, second):
    with pytest.raises(SitesOwn):
        world.brand.put_away(by=SYSTEM)
    second.put_away(by=SYSTEM)
    with pytest.raises(SitesOwn):
        Brand.objects.get(pk=world.brand.pk).put_away(by=SYSTEM)
    assert list(Brand.objects.listed()) == [world.brand]


def test_links_of_what_is_put_away_lead_to_the_site_and_back_again(world, second, settings):
    own, stamp = second.site, Brand.objects.get(pk=second.pk).content_stamp
    second.put_away(by=SYSTEM)
    second.put_away(by=SYSTEM)

    row = Brand.objects.get(pk=second.pk)
    assert row.is_away and row.site == settings.BASE_URL != own
    assert row.withdrawn_stamp == row.content_stamp == stamp + 1, "no page in memory outlives it"
    row.bring_back(by=SYSTEM)
    assert Brand.objects.get(pk=second.pk).site == own and row in Brand.objects.listed()
    verbs = Event.objects.filter(verb__in=["brand.put_away", "brand.brought_back"]).values_list(
        "verb", flat=True
    )
    assert list(verbs.order_by("pk")) == ["brand.put_away", "brand.brought_back"]


def test_what_comes_to_its_mailbox_is_of_the_sites_own_and_what_came_keeps_its_brand(world, second):
    inbox = Inbox.open_mailbox(
        "help@second.example", brand=second, name="둘째", team=world.team, locale="ko", by=SYSTEM
    )
    person = identify("email", "minji@example.com", by=SYSTEM)
    before = open_conversation(inbox, requester=person, by=person, address="minji@example.com")
    second.put_away(by=SYSTEM)

    after = open_conversation(
        Inbox.objects.get(pk=inbox.pk), requester=person, by=person, address="minji@example.com"
    )

    before.refresh_from_db()
    assert before.brand == second and after.brand == world.brand
