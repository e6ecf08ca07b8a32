"""An article's page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from handrail.core.actors import SYSTEM
from handrail.web.portal import addresses
from tests.portal.reading_pages import at, json_ld, seen


def test_the_trail_names_product_and_topic_and_each_opens(client, shop):
    page = client.get(addresses.article(shop.silent, "ko"))

    hrefs = seen(page).hrefs()
    for path in (addresses.product(shop.buds, "ko"), addresses.topic(shop.problems, "ko")):
        assert at(path) in hrefs
        assert client.get(path).status_code == 200


def test_every_public_article_is_at_most_three_clicks_from_home(client, shop):
    reached, frontier = {"/hc/ko"}, {"/hc/ko"}
    for _click in range(3):
        frontier = {
            href.split("?")[0].split("#")[0]
            for path in frontier
            for href in seen(client.get(path)).hrefs()
            if href.startswith("/hc/ko/")
            and not any(part in href for part in ("/requests", "/chat", ".atom", ".pdf", "/feedback"))
        } - reached
        reached |= frontier

    for article in (shop.pairing, shop.silent, shop.korean_only):
        assert at(addresses.article(article, "ko")) in reached


def test_a_renamed_article_redirects_from_its_old_address_for_good(client, shop):
    old = addresses.article(shop.pairing, "ko")
    shop.pairing.write("ko", title="새 제목", html="<p>뚜껑을 열어요.</p>", slug="새-이름", by=SYSTEM)
    shop.pairing.translations.get(locale="ko").publish(by=SYSTEM)

    answer = client.get(old)

    assert answer.status_code == 301
    assert at(answer["Location"]) == f"/hc/ko/articles/{shop.pairing.pk}-새-이름"


def test_an_address_an_import_remembers_leads_to_the_article(client, shop):
    shop.pairing.redirects.create(path="ko/manual/pairing.html", locale="ko")

    answer = client.get("/hc/ko/manual/pairing.html")

    assert answer.status_code == 301
    assert answer["Location"] == addresses.article(shop.pairing, "ko")
    assert client.get("/hc/ko/manual/other.html").status_code == 404


def test_headings_can_be_pointed_at_and_are_listed(client, shop):
    page = client.get(addresses.article(shop.silent, "ko"))

    look = seen(page)
    assert "#순서대로" in look.hrefs()
    assert {"id": "순서대로", "tabindex": "-1"} in look.all("h2")


def test_a_text_missing_in_this_language_is_shown_in_the_other_and_says_so(client, shop):
    page = client.get(addresses.article(shop.korean_only, "en"))

    text = page.content.decode()
    assert page.status_code == 200
    assert "This article exists only in Korean so far." in text
    assert '<h1 lang="ko">해외 카드 수수료</h1>' in text
    links = seen(page).all("link")
    assert [at(link["href"]) for link in links if link.get("rel") == "canonical"] == [
        at(addresses.absolute(addresses.article(shop.korean_only, "ko")))
    ]
    assert "en" not in {link["hreflang"] for link in links if "hreflang" in link}


def test_a_translated_article_names_both_languages_and_a_default(client, shop):
    page = client.get(addresses.article(shop.silent, "en"))

    languages = {link["hreflang"]: at(link["href"]) for link in seen(page).all("link") if "hreflang" in link}
    assert set(languages) == {"ko", "en", "x-default"}
    assert (
        languages["ko"]
        == languages["x-default"]
        == at(addresses.absolute(addresses.article(shop.silent, "ko")))
    )


def test_still_stuck_carries_the_article_and_product_to_the_form(client, shop):
    page = client.get(addresses.article(shop.silent, "ko"))

    forms = [href for href in seen(page).hrefs() if href.startswith("/hc/ko/requests/new")]
    assert forms and all(
        f"article={shop.silent.pk}" in href and f"product={shop.buds.pk}" in href for href in forms
    )


def test_what_the_author_chose_as_related_stands_before_neighbours(client, shop):
    near = shop.write(shop.problems, ko=("충전이 안 될 때", "<p>닦아요.</p>"))
    shop.silent.related.add(shop.korean_only)

    page = client.get(addresses.article(shop.silent, "ko")).content.decode()
    related = page[page.index('id="related"') :]

    assert related.index("해외 카드 수수료") < related.index("충전이 안 될 때")
    assert near.pk


@pytest.mark.parametrize("suffix", ["", ".md"])
def test_what_is_for_staff_does_not_exist_for_strangers(client, shop, suffix):
    assert client.get(addresses.article(shop.internal, "ko") + suffix).status_code == 404


def test_staff_see_it_and_search_engines_are_told_to_pass_by(client, shop):
    client.force_login(shop.world.agent)

    page = client.get(addresses.article(shop.internal, "ko"))

    assert page.status_code == 200
    assert {"name": "robots", "content": "noindex"} in seen(page).all("meta")


def test_structured_data_is_whole_and_a_title_cannot_break_out_of_it(client, shop):
    nasty = shop.write(shop.start, ko=("</script><script>alert(1)</script>", "<p>안전해요.</p>"))

    page = client.get(addresses.article(nasty, "ko"))

    assert "<script>alert(1)" not in page.content.decode()
    kinds = {piece["@type"]: piece for piece in json_ld(page)}
    assert set(kinds) == {"BreadcrumbList", "Article"}
    assert kinds["Article"]["headline"] == "</script><script>alert(1)</script>"


def test_an_article_from_elsewhere_changed_no_earlier_than_it_was_published(client, shop):
    text = shop.silent.translations.get(locale="ko")
    text.updated_at = text.published_at - timedelta(days=400)
    text.save()

    article = next(
        piece
        for piece in json_ld(client.get(addresses.article(shop.silent, "ko")))
        if piece["@type"] == "Article"
    )

    assert article["datePublished"] <= article["dateModified"]


def test_an_article_taken_back_is_gone_and_one_that_never_was_is_not_found(client, shop):
    address = addresses.article(shop.silent, "ko")
    for text in shop.silent.translations.all():
        text.withdraw(by=SYSTEM)

    gone, never = client.get(address), client.get("/hc/ko/articles/99999-x")

    assert (gone.status_code, never.status_code) == (410, 404)
    assert "내려갔어요" in gone.content.decode()
    assert "10초" not in gone.content.decode()


@pytest.mark.parametrize(
    ("asked", "locale"), [("en-GB,en;q=0.9", "en"), ("ko", "ko"), ("fr", "ko"), ("", "ko")]
)
def test_an_address_without_a_language_is_missing_in_the_one_the_browser_asks_for(
    client, shop, asked, locale
):
    page = client.get("/en/", headers={"Accept-Language": asked})
    assert page.status_code == 404
    assert f'<html lang="{locale}"' in page.content.decode()


def test_a_missing_page_still_offers_search_and_people_in_its_language(client, shop):
    page = client.get("/hc/en/nowhere")

    text = page.content.decode()
    assert page.status_code == 404
    assert "Nothing at this address" in text and 'name="query"' in text and "Ask a person" in text


def test_before_there_is_a_brand_an_address_is_simply_not_there(client, db):
    assert client.get("/hc/ko").status_code == 404


def test_readers_see_when_an_article_was_checked_and_that_its_date_has_passed(shop, client):
    shop.pairing.confirm(by=SYSTEM)
    checked = client.get(f"/hc/ko/articles/{shop.pairing.pk}", follow=True).content.decode()
    shop.pairing.check_again(on=date(2026, 1, 1), by=SYSTEM)
    late = client.get(f"/hc/ko/articles/{shop.pairing.pk}", follow=True).content.decode()

    assert "마지막 확인" in checked and "확인한 지 오래되어" not in checked
    assert "확인한 지 오래되어" in late
