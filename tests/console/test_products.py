"""Products made, changed and put away in the console."""

from __future__ import annotations

import pytest

from handrail.accounts.models import Role
from handrail.core.events.models import Event
from handrail.knowledge.models import Article, Product
from handrail.web.portal import addresses
from tests.desk.conftest import signed_in
from tests.portal.shop import Shop


@pytest.fixture
def shop(standing_shop) -> Shop:
    return standing_shop


@pytest.fixture
def author(world):
    return signed_in(world.staff("author@handrail.test", "윤작가", Role.AUTHOR))


SPEAKER = {
    "name_ko": "소리 스피커",
    "name_en": "Sori Speaker",
    "description_ko": "거실을 채우는 소리",
    "description_en": "Sound that fills a room",
    "kind": "product",
    "icon": "monitor",
}


def test_a_product_made_here_stands_last_and_on_the_first_page_with_its_first_article(
    author, shop, world, client
):
    author.post("/console/topics/products/new", SPEAKER)

    made = Product.objects.last()
    assert made is not None
    assert (made.slug, made.icon, made.name("ko"), made.name("en")) == (
        "sori-speaker", "monitor", "소리 스피커", "Sori Speaker",
    )  # fmt: skip
    assert "소리 스피커" not in client.get("/hc/ko").content.decode()
    shop.write(shop.topic(made, "use", "쓰는 법", "Use"), ko=("스피커를 켜는 법", "<p>버튼을 눌러요.</p>"))
    page = client.get("/hc/ko").content.decode()
    assert "소리 스피커" in page and "거실을 채우는 소리" in page


def test_everything_said_of_a_product_is_changed_and_old_links_lead_on(author, shop, client):
    old = addresses.product(shop.buds, "ko")
    stamp = brand_stamp(shop)

    author.post(f"/console/topics/products/{shop.buds.pk}", {**SPEAKER, "slug": "새 이름", "kind": "service"})

    shop.buds.refresh_from_db()
    assert (shop.buds.slug, shop.buds.kind, shop.buds.name("en")) == ("새-이름", "service", "Sori Speaker")
    moved = client.get(old)
    assert (moved.status_code, moved["Location"]) == (301, addresses.product(shop.buds, "ko"))
    assert "소리 스피커" in client.get(moved["Location"]).content.decode()
    assert brand_stamp(shop) > stamp
    assert Event.objects.filter(verb="product.offered", subject_id=shop.buds.pk).count() == 1


@pytest.mark.parametrize("changed", [{"slug": "bit-lamp"}, {"name_en": " "}])
def test_a_slug_that_is_taken_and_a_name_that_is_missing_are_said_and_nothing_is_lost(author, shop, changed):
    answers = [
        author.post(where, {**SPEAKER, "description_ko": "쓰던 문장", **changed})
        for where in ("/console/topics/products/new", f"/console/topics/products/{shop.buds.pk}")
    ]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("쓰던 문장" in answer.content.decode() for answer in answers)
    assert shop.buds.name("ko") == "소리 버즈"


def test_a_product_put_away_leaves_every_list_loses_nothing_and_comes_back(author, shop, client):
    shop.faq(shop.silent)
    lists = ["/hc/ko", "/hc/ko/requests/new", "/sitemap.xml", "/llms.txt"]
    named = {where: mentions(client, where) for where in lists}
    held = Article.objects.count()

    author.post(f"/console/topics/products/{shop.buds.pk}/away")

    assert not any(mentions(client, where) for where in lists)
    assert client.get(addresses.article(shop.silent, "ko")).status_code == 200
    assert "이제 팔지 않아요" in client.get(addresses.product(shop.buds, "ko")).content.decode()
    assert "소리 버즈" in client.get(f"/hc/ko/requests/new?product={shop.buds.pk}").content.decode()
    assert Article.objects.count() == held
    author.post(f"/console/topics/products/{shop.buds.pk}/back")
    assert {where: mentions(client, where) for where in lists} == named
    assert all(named.values())


def test_who_writes_no_articles_changes_no_product(shop, world):
    agent, where = signed_in(world.agent), f"/console/topics/products/{shop.buds.pk}"

    refused = [agent.post(each, SPEAKER).status_code for each in (where, f"{where}/away", f"{where}/back")]

    assert set(refused) <= {403, 404}
    assert Product.objects.get(pk=shop.buds.pk).slug == "sori-buds"


def test_products_are_moved_among_those_that_are_listed(author, shop, world):
    lamp, buds = shop.lamp, shop.buds
    names = {"ko": "가운데", "en": "Middle"}
    middle = Product.offer(world.brand, "middle", names=names, by=world.agent)
    for each in (lamp, middle, buds):
        each.put(by=world.agent)
    middle.put_away(by=world.agent)

    author.post(f"/console/topics/products/{buds.pk}/move", {"to": "up"})

    listed = list(Product.objects.listed().filter(pk__in=[lamp.pk, buds.pk]))
    assert listed == [buds, lamp]
    assert author.post(f"/console/topics/products/{middle.pk}/move", {"to": "up"}).status_code == 404


def mentions(client, where: str) -> bool:
    page = client.get(where).content.decode()
    return "sori-buds" in page or "소리 버즈" in page


def brand_stamp(shop: Shop) -> int:
    shop.world.brand.refresh_from_db()
    return shop.world.brand.content_stamp
