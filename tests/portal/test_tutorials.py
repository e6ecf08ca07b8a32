"""The list of how-tos, and the refund article on each of the three ways to it."""

from __future__ import annotations

import pytest

from handrail.answers import jobs
from handrail.core.actors import SYSTEM
from handrail.knowledge.models import Topic
from handrail.web.portal import addresses, tutorials
from handrail.workspace.models import PortalDraft
from tests.portal.reading_pages import at, seen

LIST = "/hc/ko/tutorials"


def titles(response) -> list[str]:
    """The articles of the list, in its order."""
    return [path for path in seen(response).paths() if "/articles/" in path]


@pytest.fixture
def refund(shop, models):
    """The shop's refund article under a topic of its own, with others near it."""
    topic = shop.topic(shop.buds, "refunds", "환불·교환", "Refunds and exchanges")
    article = shop.write(
        topic,
        ko=(
            "환불 신청하는 방법",
            "<p>주문 내역에서 [환불 신청]을 누르면 돼요. 돈은 영업일 3일 안에 들어와요.</p>",
        ),
        en=(
            "How to ask for a refund",
            "<p>Open your order and press Refund. The money is back in 3 working days.</p>",
        ),
    )
    for number in range(8):
        shop.write(
            topic,
            ko=(f"교환 방법 {number}", "<p>상품을 다른 색으로 바꿔 드려요.</p>"),
            en=(f"Exchange {number}", "<p>We change the colour.</p>"),
        )
    jobs.encode_wanting()
    return article


def test_the_refund_article_is_found_by_topic_in_the_list_of_how_tos_and_by_search(client, shop, refund):
    for locale, queries in (("ko", ("환불방법", "환불 방법을", "refund")), ("en", ("refund",))):
        there = at(addresses.article(refund, locale))
        home = seen(client.get(f"/hc/{locale}")).paths()
        topic = at(addresses.topic(refund.topic, locale))

        assert topic in home and there in seen(client.get(topic)).paths()
        assert f"/hc/{locale}/tutorials" in home and there in titles(client.get(f"/hc/{locale}/tutorials"))
        for words in queries:
            hits = titles(client.get(f"/hc/{locale}/search", {"query": words}))
            assert there in list(dict.fromkeys(hits))[:3], (locale, words)


def test_it_stands_by_product_and_topic_as_these_are_nested(client, shop):
    deeper = Topic.offer(shop.buds, "deep", names={"ko": "여러 기기", "en": "Several devices"}, by=SYSTEM)
    deeper.put(parent=shop.start, by=SYSTEM)
    below = shop.write(deeper, ko=("두 기기에 연결하기", "<p>둘 다 켜요.</p>"))
    film = shop.write(shop.start, kind="video", ko=("연결하는 영상", "<p>보여 드려요.</p>"))
    shop.write(shop.start, kind="policy", ko=("보증 기준", "<p>1년이에요.</p>"))

    page = client.get(LIST)

    expected = [shop.pairing, film, below, shop.korean_only]
    assert titles(page) == [at(addresses.article(one, "ko")) for one in expected]
    text = page.content.decode()
    assert text.index("시작하기") < text.index("시작하기 › 여러 기기") < text.index("쓰는 법")
    assert "내부 환불 기준" not in text and "보증 기준" not in text


def test_one_product_has_a_list_of_its_own_that_keeps_it_in_the_other_language(client, shop):
    product = seen(client.get(addresses.product(shop.buds, "ko")))
    own = f"{LIST}?product={shop.buds.pk}"
    assert own in product.hrefs()

    page = seen(client.get(own))
    assert [path for path in page.paths() if "/articles/" in path] == [
        at(addresses.article(shop.pairing, "ko"))
    ]
    assert f"/hc/en/tutorials?product={shop.buds.pk}" in page.hrefs()
    assert LIST in page.hrefs()  # the way to all


def test_search_engines_know_it_in_both_languages(client, shop):
    page = seen(client.get(LIST))
    heads = {(each.get("rel"), each.get("hreflang", "")): each["href"] for each in page.all("link")}
    assert heads["canonical", ""].endswith(LIST)
    assert heads["alternate", "en"].endswith("/hc/en/tutorials")
    assert LIST in client.get("/sitemap.xml").content.decode()
    assert client.get(LIST).headers["X-Edge-Cache"].startswith(f"brand={shop.world.brand.pk};")


def test_a_long_list_comes_in_pages_that_name_each_article_once(client, shop, monkeypatch):
    monkeypatch.setattr(tutorials, "ON_A_PAGE", 3)
    for number in range(5):
        shop.write(shop.lamp_use, ko=(f"스탠드 {number}", "<p>켜요.</p>"))

    found, where = [], LIST
    while where:
        page = client.get(where)
        found += titles(page)
        where = next((href for href in seen(page).hrefs() if "skip=" in href and href > where), "")

    assert len(found) == len(set(found)) == 7
    assert titles(client.get(f"{LIST}?skip=900")) == found[:3]
    assert titles(client.get(f"{LIST}?skip=-1&product=none")) == found[:3]


def test_nothing_to_list_says_what_to_do(client, shop):
    nothing = shop.product("case", "케이스", "Case", icon="package")
    shop.write(shop.topic(nothing, "t", "주제", "Topic"), kind="faq", ko=("색이 뭐예요?", "<p>검정</p>"))

    text = client.get(f"/hc/en/tutorials?product={nothing.pk}").content.decode()

    assert "No how-tos yet" in text and "Show all how-tos" in text


def test_it_costs_the_same_however_many_there_are(client, shop, django_assert_max_num_queries):
    for number in range(12):
        shop.write(shop.start if number % 2 else shop.lamp_use, ko=(f"방법 {number}", "<p>이렇게 해요.</p>"))
    client.get(LIST)
    with django_assert_max_num_queries(17):
        client.get(LIST)


def test_it_goes_with_its_block_and_may_be_put_on_the_menu(client, shop):
    draft = PortalDraft.of(shop.world.brand)
    document = draft.design.as_json()
    document["menu"] = [{"place": "tutorials", "url": "", "text": {"ko": "", "en": ""}}]
    draft.draw(document, by=shop.world.agent)
    draft.publish(by=shop.world.agent)
    menu = client.get("/hc/en").content.decode().split('class="site-menu"')[1].split("</nav>")[0]
    assert 'href="/hc/en/tutorials"' in menu and "How-tos" in menu

    for block in document["blocks"]:
        block["on"] = block["code"] != "tutorials"
    draft.draw(document, by=shop.world.agent)
    draft.publish(by=shop.world.agent)
    assert "/tutorials" not in client.get("/hc/ko").content.decode()
    assert "/tutorials" not in client.get(addresses.product(shop.buds, "ko")).content.decode()
    assert "/tutorials" not in client.get("/sitemap.xml").content.decode()
    assert client.get(LIST).status_code == 404
