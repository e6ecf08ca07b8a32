"""A brand with several mail addresses and teams, as real ones have: each need finds the one it belongs to."""

from __future__ import annotations

import pytest

from handrail.accounts.models import Team
from handrail.channels.models import Inbox
from handrail.conversations.conversation import Conversation
from handrail.core.actors import SYSTEM
from handrail.knowledge.articles import Article
from handrail.knowledge.products import Product, Topic
from tests.talk.test_contact import WRITTEN


@pytest.fixture
def beauty(world) -> Product:
    """A second product with a team and an address of its own, and a third address nobody's product names."""
    team = Team.objects.create(slug="beauty", name_ko="뷰티상담팀", name_en="Beauty", hours=world.hours)
    for name, whose in (("orders", world.team), ("beauty", team)):
        Inbox.objects.create(
            kind="mail", brand=world.brand, address=f"{name}@handrail.test", name=name, team=whose
        )
    product = Product.offer(
        world.brand, "cream", names={"ko": "이슬 크림", "en": "Cream"}, by=SYSTEM, team=team
    )
    topic = Topic.objects.create(product=product, slug="use")
    article = Article.start(topic, by=world.agent)
    article.write("ko", title="크림 바르는 법", html="<p>조금씩 발라요.</p>", by=world.agent)
    article.translations.get(locale="ko").publish(by=world.agent)
    return product


def test_the_form_is_sent_from_the_address_of_the_team_that_looks_after_the_product(visitor, beauty):
    answer = visitor.presses("requests/new", **WRITTEN, product=beauty.pk)
    request = Conversation.objects.get()

    assert answer.status_code == 302
    assert request.team.slug == "beauty"
    assert request.endpoints.get().inbox.address == "beauty@handrail.test"


def test_the_form_about_nothing_in_particular_goes_to_the_first_address(visitor, beauty):
    assert visitor.opens("requests/new").status_code == 200
    assert visitor.presses("requests/new", **WRITTEN).status_code == 302
    assert Conversation.objects.get().endpoints.get().inbox.address == "help@handrail.test"


def test_a_chat_leaves_its_address_with_its_team(visitor, beauty):
    snapshot = visitor.says("크림이 새요", product=beauty.pk)

    answer = visitor.presses("chat/address", _json=True, c=snapshot["c"], email="minji@example.com")

    assert answer.status_code == 200, answer.content
    assert Conversation.objects.get().endpoints.get().inbox.address == "beauty@handrail.test"


def test_a_closed_address_is_never_chosen(visitor, beauty, world):
    Inbox.objects.filter(name__in=["help", "beauty"]).update(is_active=False)

    assert visitor.presses("requests/new", **WRITTEN, product=beauty.pk).status_code == 302
    request = Conversation.objects.get()
    assert (request.team.slug, request.endpoints.get().inbox.name) == ("beauty", "orders")
