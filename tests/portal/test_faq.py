"""FAQ sets."""

from __future__ import annotations

from handrail.core.actors import SYSTEM
from handrail.knowledge.feedback import give
from handrail.web.portal import addresses
from tests.portal.reading_pages import json_ld


def test_a_set_shows_its_questions_in_order_with_how_many_each_helped(client, shop):
    give(shop.silent, locale="ko", is_helpful=True, reader="a", by=SYSTEM)
    faq = shop.faq(shop.silent, shop.pairing)

    page = client.get(addresses.faq_set(faq, "ko"))

    text = page.content.decode()
    assert text.index("한쪽에서 소리가 나지 않을 때") < text.index("휴대폰에 연결하는 방법")
    assert "1명에게 도움이 됐어요 (최근 30일)" in text
    asked = next(piece for piece in json_ld(page) if piece["@type"] == "FAQPage")["mainEntity"]
    assert [question["name"] for question in asked] == [
        "한쪽에서 소리가 나지 않을 때",
        "휴대폰에 연결하는 방법",
    ]


def test_an_answer_in_a_set_ends_at_the_articles_first_heading(client, shop):
    faq = shop.faq(shop.silent)

    text = client.get(addresses.faq_set(faq, "ko")).content.decode()

    assert "10초 닫았다가 열어 보세요." in text
    assert "그래도 안 되면" not in text


def test_an_article_that_begins_with_a_heading_answers_with_what_stands_below_it(client, shop):
    article = shop.write(
        shop.silent.topic,
        ko=(
            "무선으로 충전되나요",
            "<h2>충전</h2><h3>무선</h3><p>네, 케이스를 올려 두세요.</p><h2>더</h2><p>멀리 있어요.</p>",
        ),
    )
    page = client.get(addresses.faq_set(shop.faq(article), "ko"))

    (asked,) = next(piece for piece in json_ld(page) if piece["@type"] == "FAQPage")["mainEntity"]
    assert asked["acceptedAnswer"]["text"] == "<p>네, 케이스를 올려 두세요.</p>"
    assert "멀리 있어요" not in page.content.decode()


def test_a_set_for_staff_and_an_article_for_staff_stay_hidden(client, shop):
    hidden, shown = (
        shop.faq(shop.silent, audience="agents", slug="staff"),
        shop.faq(shop.silent, shop.internal),
    )

    assert client.get(addresses.faq_set(hidden, "ko")).status_code == 404
    assert "내부 환불 기준" not in client.get(addresses.faq_set(shown, "ko")).content.decode()


def test_a_product_lists_its_sets(client, shop):
    faq = shop.faq(shop.silent)

    assert addresses.faq_set(faq, "ko") in client.get(addresses.product(shop.buds, "ko")).content.decode()
