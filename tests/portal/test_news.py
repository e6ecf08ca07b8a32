"""All news at one address."""

from __future__ import annotations

from datetime import timedelta

from handrail.core import clock
from handrail.knowledge.models import Article
from handrail.web.portal import news
from tests.portal.reading_pages import seen
from tests.portal.shop import Shop
from tests.portal.test_builder import switch_off


def announce(shop: Shop, title: str, *, days_ago: int, **texts: tuple[str, str]) -> Article:
    article = shop.write(shop.start, kind="news", **(texts or {"ko": (title, f"<p>{title}의 내용.</p>")}))
    since = clock.now() - timedelta(days=days_ago)
    article.translations.update(published_at=since, updated_at=since)
    return article


def test_the_first_page_leads_to_all_news_newest_first_with_their_days(client, shop):
    for day, title in ((3, "셋째 전"), (1, "어제"), (9, "아흐레 전")):
        announce(shop, title, days_ago=day)
    over = announce(shop, "지난 점검", days_ago=2)
    over.end_at(clock.now() - timedelta(hours=1), by=shop.world.agent)

    assert "/hc/ko/news" in seen(client.get("/hc/ko")).hrefs()
    page = client.get("/hc/ko/news").content.decode()

    assert page.index("어제") < page.index("셋째 전") < page.index("아흐레 전")
    assert page.count("<time datetime=") >= 3
    assert "지난 점검" not in page


def test_news_in_another_language_alone_says_so_in_both_places(client, shop):
    announce(shop, "", days_ago=1, en=("Maintenance on Sunday", "<p>We rest.</p>"))

    for where in ("/hc/ko", "/hc/ko/news"):
        page = client.get(where).content.decode()
        assert 'hreflang="en" lang="en">Maintenance on Sunday</a>' in page
        assert "영어로만 있어요" in page


def test_older_news_has_a_page_of_its_own(client, shop, monkeypatch):
    monkeypatch.setattr(news, "ON_A_PAGE", 2)
    for day in range(3):
        announce(shop, f"{day}일 전 소식", days_ago=day)

    first = client.get("/hc/ko/news")
    older = next(href for href in seen(first).hrefs() if "skip=2" in href)

    assert "2일 전 소식" not in first.content.decode()
    assert "2일 전 소식" in client.get(older).content.decode()


def test_news_for_colleagues_is_not_listed_and_without_the_block_there_is_no_page(client, shop):
    shop.write(shop.start, kind="news", audience="agents", ko=("내부 소식", "<p>쉿</p>"))
    assert "내부 소식" not in client.get("/hc/ko/news").content.decode()
    switch_off(shop.world.brand, "news")
    assert client.get("/hc/ko/news").status_code == 404
