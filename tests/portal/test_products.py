"""A product's page, and what it means to have picked a product."""

from __future__ import annotations

from handrail.web.portal import addresses
from tests.portal.reading_pages import at, json_ld, seen

ORDER_KO = ["자주 찾는 질문", "시작하기", "문제 해결", "모든 주제", "문의하기"]
ORDER_EN = ["Common questions", "Getting started", "Common problems", "All topics", "Contact us"]


def test_every_product_page_has_the_same_parts_in_the_same_order(client, shop):
    for product in (shop.buds, shop.lamp):
        for locale, order in (("ko", ORDER_KO), ("en", ORDER_EN)):
            page = seen(client.get(addresses.product(product, locale)))
            assert [heading for heading in page.headings() if heading in order] == order


def test_only_its_own_questions_are_on_it(client, shop):
    page = client.get(addresses.product(shop.buds, "ko")).content.decode()

    assert "한쪽에서 소리가 나지 않을 때" in page
    assert "해외 카드 수수료" not in page


def test_search_articles_and_contact_stay_with_the_product_until_it_is_cleared(client, shop):
    page = client.get(addresses.product(shop.buds, "ko"))
    look = seen(page)

    assert {"type": "hidden", "name": "product", "value": str(shop.buds.pk)} in look.all("input")
    contacts = [href for href in look.hrefs() if "/requests/new" in href]
    assert contacts and all(f"product={shop.buds.pk}" in href for href in contacts)
    assert "/hc/ko" in look.hrefs()  # the way to clear it
    articles = [href for href in look.hrefs() if "/articles/" in href]
    assert articles and all(f"product={shop.buds.pk}" in href for href in articles)


def limited_to(response) -> tuple[set[str], set[str]]:
    """The product every search field of the page is limited to, sent as a form and while typing."""
    look = seen(response)
    typed = {each["data-product"] for each in look.all("answer-search")}
    sent = {each["value"] for each in look.all("input") if each.get("name") == "product"}
    return typed, sent


def test_where_a_page_names_the_product_it_is_limited_to_its_search_is_too(client, shop):
    lamp, buds = ({str(shop.lamp.pk)}, {str(shop.buds.pk)})
    article = addresses.article(shop.korean_only, "ko")

    for _again in range(2):  # the second comes from the sheet
        page = client.get(article)
        assert limited_to(page) == (lamp, lamp)
        assert 'placeholder="빛 스탠드에서 찾기"' in page.content.decode()
        assert limited_to(client.get(article, {"product": shop.buds.pk})) == (buds, buds)
    assert limited_to(client.get(addresses.topic(shop.lamp_use, "ko"))) == (lamp, lamp)


def test_a_picked_product_goes_along_to_an_article_of_another(client, shop):
    page = client.get(addresses.article(shop.korean_only, "ko"), {"product": shop.buds.pk})

    assert f"product={shop.buds.pk}" in next(href for href in seen(page).hrefs() if "/requests/new" in href)


def test_a_wrong_or_missing_slug_is_put_right_for_good_and_keeps_the_query(client, shop):
    right = addresses.product(shop.buds, "ko")
    for wrong in (f"/hc/ko/products/{shop.buds.pk}", f"/hc/ko/products/{shop.buds.pk}-older-name"):
        answer = client.get(wrong, {"page": 2})
        assert answer.status_code == 301
        assert answer["Location"] == f"{right}?page=2"


def test_a_product_that_holds_nothing_for_this_reader_does_not_exist(client, shop):
    hidden = shop.product("secret", "비밀", "Secret", icon="lock")

    assert client.get(addresses.product(hidden, "ko")).status_code == 404


def test_a_topic_shows_its_articles_and_the_way_up(client, shop):
    page = client.get(addresses.topic(shop.problems, "en"))

    look = seen(page)
    assert at(addresses.article(shop.silent, "en")) + f"?product={shop.buds.pk}" in look.hrefs()
    assert at(addresses.product(shop.buds, "en")) in look.hrefs()
    assert [step["name"] for step in json_ld(page)[0]["itemListElement"]] == [
        "Help centre",
        "Sori Buds",
        "Common problems",
    ]


def test_a_product_is_followed_from_its_page_by_mail_and_by_feed(client, shop):
    page = client.get(addresses.product(shop.buds, "ko"))
    hrefs = seen(page).hrefs()

    follow, feed = f"/hc/ko/follow?product={shop.buds.pk}", f"/hc/ko/products/{shop.buds.pk}.atom"
    assert follow in hrefs and feed in hrefs
    assert f'type="application/atom+xml" title="소리 버즈" href="{feed}"' in page.content.decode()
    assert "소리 버즈" in client.get(follow).content.decode()
    assert client.get(feed).status_code == 200


def test_a_product_shows_its_own_news_and_the_way_to_all_of_it(client, shop):
    shop.write(shop.start, kind="news", ko=("버즈 새 소식", "<p>새로워요.</p>"))
    shop.write(shop.lamp_use, kind="news", ko=("스탠드 새 소식", "<p>밝아요.</p>"))

    page = client.get(addresses.product(shop.buds, "ko"))

    assert "버즈 새 소식" in page.content.decode() and "스탠드 새 소식" not in page.content.decode()
    whole = f"/hc/ko/news?product={shop.buds.pk}"
    assert whole in seen(page).hrefs()
    listed = client.get(whole).content.decode()
    assert "버즈 새 소식" in listed and "스탠드 새 소식" not in listed
