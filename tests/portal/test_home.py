"""The first page."""

from __future__ import annotations

import pytest

from handrail.core.actors import SYSTEM
from handrail.knowledge.feedback import count_read, give
from handrail.web.portal import addresses
from tests.portal.reading_pages import at, seen


@pytest.mark.parametrize(
    ("locale", "name", "question"),
    [("ko", "소리 버즈", "한쪽에서 소리가 나지 않을 때"), ("en", "Sori Buds", "When one bud is silent")],
)
def test_it_shows_search_products_questions_and_topics_in_the_language_of_its_address(
    client, shop, locale, name, question
):
    page = client.get(f"/hc/{locale}")

    text = page.content.decode()
    assert f'<html lang="{locale}"' in text
    assert 'name="query"' in text
    assert name in text and question in text
    assert at(addresses.topic(shop.problems, locale)) in seen(page).hrefs()


def test_the_front_door_follows_the_browsers_first_language_we_speak(client, shop):
    assert client.get("/", headers={"accept-language": "fr, en;q=0.8"})["Location"] == "/hc/en"
    assert client.get("/", headers={"accept-language": "ko-KR,en"})["Location"] == "/hc/ko"
    assert client.get("/", headers={"accept-language": "fr"})["Location"] == "/hc/ko"


def test_pinned_questions_come_first_then_the_most_read(client, shop):
    count_read(shop.silent.pk, locale="ko", times=3)
    count_read(shop.pairing.pk, locale="ko", times=9)
    shop.korean_only.pin(by=SYSTEM)

    page = client.get("/hc/ko").content.decode()

    places = [
        page.index(title) for title in ("해외 카드 수수료", "휴대폰에 연결하는 방법", "한쪽에서 소리가")
    ]
    assert places == sorted(places)


def test_a_question_says_how_many_it_helped_lately(client, shop):
    for reader in ("a", "b"):
        give(shop.silent, locale="ko", is_helpful=True, reader=reader, by=SYSTEM)
    give(shop.silent, locale="ko", is_helpful=False, reader="c", by=SYSTEM)

    assert "2명에게 도움이 됐어요 (최근 30일)" in client.get("/hc/ko").content.decode()
    assert "Helped 2 people in the last 30 days" in client.get("/hc/en").content.decode()


def test_what_is_written_for_staff_is_nowhere_on_it(client, shop):
    assert "내부 환불 기준" not in client.get("/hc/ko").content.decode()


def test_it_is_one_page_for_everybody_and_starts_no_session(client, shop):
    page = client.get("/hc/ko")

    assert not page.cookies
    assert page.headers["X-Edge-Cache"].startswith(f"brand={shop.world.brand.pk};")
    assert "csrfmiddlewaretoken" not in page.content.decode()


def test_before_the_first_article_it_says_what_comes_next(client, world):
    page = client.get("/hc/en")

    assert page.status_code == 200
    assert "There are no articles yet" in page.content.decode()


def test_it_costs_the_same_for_few_articles_and_for_many(client, shop, django_assert_max_num_queries):
    for number in range(12):
        shop.write(
            shop.problems, ko=(f"문제 {number}", "<p>답</p>"), en=(f"Problem {number}", "<p>Answer</p>")
        )

    with django_assert_max_num_queries(26):
        client.get("/hc/ko")
