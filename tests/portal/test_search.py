"""Asking: suggestions while typing, and the results page. Through the real answer engine."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from handrail.answers import answer as engine
from handrail.answers.models import Ask
from handrail.core import clock
from handrail.core.events.models import Event
from handrail.web.limits import forget_all
from handrail.web.portal import addresses, suggest
from tests.portal.reading_pages import at, seen


@pytest.fixture
def refund(shop):
    """The refund article in both languages, with another wording."""
    article = shop.write(
        shop.lamp_use,
        ko=("환불 신청하는 방법", "<p>주문 목록에서 환불을 누르세요.</p>"),
        en=("How to ask for a refund", "<p>Press refund in your orders.</p>"),
    )
    shop.world.settle()
    return article


def suggested(client, typed, locale="ko", **fields) -> list[str]:
    answer = client.get(f"/hc/{locale}/suggest", {"query": typed, **fields})
    return [at(row["url"]) for row in answer.json()["suggestions"]]


@pytest.mark.parametrize("typed", ["환불", "환ㅂ", "ㅎㅂ", "ghksqnf", "환불방법", "환불 방법을", "refund"])
def test_every_way_of_typing_it_finds_the_refund_article_among_the_first_three(client, shop, refund, typed):
    assert at(addresses.article(refund, "ko")) in suggested(client, typed)[:3]


def test_a_suggestion_opens_in_the_language_of_the_page_and_names_its_product(client, shop, refund):
    row = client.get("/hc/en/suggest", {"query": "refund"}).json()["suggestions"][0]

    assert at(row["url"]) == at(addresses.article(refund, "en"))
    assert row["note"] == "Bit Lamp"


def test_what_exists_in_another_language_alone_says_so_where_it_is_offered(client, shop, refund):
    shop.write(shop.lamp_use, ko=("램프 밝기 바꾸는 방법", "<p>위쪽을 길게 누르세요.</p>"))
    shop.world.settle()
    notes = {
        row["title"]: row["note"]
        for row in client.get("/hc/en/suggest", {"query": "램프 밝기"}).json()["suggestions"]
    }
    assert notes["램프 밝기 바꾸는 방법"] == "Bit Lamp · Only in Korean"

    page = client.get("/hc/en/search", {"query": "램프 밝기"}).content.decode()
    assert "Only in Korean" in page or "exists only in Korean" in page
    assert "Only in" not in client.get("/hc/ko/search", {"query": "램프 밝기"}).content.decode()


def test_with_a_product_picked_only_its_articles_are_suggested_and_found(client, shop, refund):
    elsewhere = at(addresses.article(refund, "ko"))

    assert elsewhere not in suggested(client, "환불", product=shop.buds.pk)
    hrefs = seen(client.get("/hc/ko/search", {"query": "환불", "product": shop.buds.pk})).hrefs()
    assert not any(href.startswith(elsewhere) for href in hrefs)
    assert "/hc/ko/search?query=환불" in hrefs  # the way out of the product


def test_what_is_for_staff_is_never_suggested_or_found(client, shop):
    shop.world.settle()
    hidden = f"/hc/ko/articles/{shop.internal.pk}-"

    assert not any(url.startswith(hidden) for url in suggested(client, "내부 환불 기준"))
    assert not any(
        href.startswith(hidden)
        for href in seen(client.get("/hc/ko/search", {"query": "내부 환불 기준"})).hrefs()
    )


def test_a_search_is_remembered_and_typing_is_not(client, shop, refund):
    suggested(client, "환불 신청 방법")
    assert not Ask.objects.exists()

    client.get("/hc/ko/search", {"query": "환불 신청 방법"})

    assert Ask.objects.get().text == "환불 신청 방법"


def test_the_question_goes_along_to_a_person(client, shop, refund):
    look = seen(client.get("/hc/ko/search", {"query": "환불이 안 돼요"}))

    ways = [href for href in look.hrefs() if href.startswith(("/hc/ko/requests/new", "/hc/ko/chat"))]
    assert ways and all("question=환불이+안+돼요" in href for href in ways)
    assert any(f"ask={Ask.objects.get().key}" in href for href in ways)


@pytest.mark.parametrize(("locale", "words"), [("ko", "상담사 연결해 주세요"), ("en", "talk to a human")])
def test_who_asks_for_a_person_sees_the_way_to_one_first(client, shop, refund, locale, words):
    page = client.get(f"/hc/{locale}/search", {"query": words}).content.decode()

    way = page.index(f'href="/hc/{locale}/chat?', page.index('class="results-page"'))
    assert page.count('class="contact-card"') == 1
    assert page.index('class="contact-card"') < way < page.index('class="row"')
    assert "question=" in page[way : way + 200]


def test_initial_consonants_find_on_the_results_page_too(client, shop, refund):
    look = seen(client.get("/hc/ko/search", {"query": "ㅎㅂ"}))
    assert any(href.startswith(at(addresses.article(refund, "ko"))) for href in look.hrefs())


def test_results_are_for_one_reader_and_not_for_search_engines(client, shop, refund):
    page = client.get("/hc/ko/search", {"query": "환불"})

    assert "no-store" in page["Cache-Control"]
    assert "X-Edge-Cache" not in page.headers
    assert {"name": "robots", "content": "noindex"} in seen(page).all("meta")


@pytest.mark.parametrize("query", ["", "   ", "x" * 900, "<script>alert(1)</script>", "👋", "%"])
def test_odd_questions_get_a_page(client, shop, refund, query):
    page = client.get("/hc/ko/search", {"query": query, "product": "9" * 40})

    assert page.status_code == 200
    assert "<script>alert(1)" not in page.content.decode()


def test_results_cost_the_same_for_one_and_for_many(client, shop, refund, django_assert_max_num_queries):
    for number in range(12):
        shop.write(shop.problems, ko=(f"환불 문제 {number}", "<p>답</p>"))
    shop.world.settle()

    with django_assert_max_num_queries(45):
        client.get("/hc/ko/search", {"query": "환불 문제"})


@pytest.fixture
def sure(monkeypatch):
    """A site whose measured gate lets every first candidate through."""
    real = engine.gate_for

    def measured(*asked, **more):
        return replace(real(*asked, **more), answer_from=0.0, by_words=None, is_provisional=False)

    monkeypatch.setattr(engine, "gate_for", measured)


def test_a_quoted_answer_while_typing_names_its_source_and_keeps_nothing(client, shop, refund, sure):
    found = client.get("/hc/en/answer", {"query": "How to ask for a refund"}).json()["answer"]

    assert at(found["url"]) == at(addresses.article(refund, "en"))
    assert found["text"] in "Press refund in your orders."
    assert not Ask.objects.exists()


def test_an_answer_on_the_results_page_is_quoted_and_not_listed_again(client, shop, refund, sure):
    page = client.get("/hc/ko/search", {"query": "환불 신청하는 방법"})

    text = page.content.decode()
    quoted = text[text.index('<section class="answer" aria-label') :]
    assert "주문 목록에서 환불을 누르세요." in quoted[: quoted.index("</section>")]
    assert seen(page).paths().count(at(addresses.article(refund, "ko"))) == 1


@pytest.fixture
def unblocking(shop, refund):
    """An article about something else entirely."""
    article = shop.write(shop.lamp_use, ko=("스피커 비밀번호 변경", "<p>설정에서 비밀번호를 바꾸세요.</p>"))
    shop.world.settle()
    return article


TWO = "환불 신청은 어떻게 하고 스피커 비밀번호는 어디서 바꾸나요?"


def test_two_questions_in_one_get_two_quotations_each_with_its_source(client, shop, refund, unblocking, sure):
    page = client.get("/hc/ko/search", {"query": TWO})

    text = page.content.decode()
    first, second = text.split('<section class="answer" aria-label')[1:]
    assert "환불 신청은 어떻게 하나요" in first
    assert "주문 목록에서 환불을 누르세요." in first
    assert "스피커 비밀번호는 어디서 바꾸나요?" in second
    assert "설정에서 비밀번호를 바꾸세요." in second
    for article in (refund, unblocking):
        assert seen(page).paths().count(at(addresses.article(article, "ko"))) == 1


def test_two_questions_are_both_answered_while_typing(client, shop, refund, unblocking, sure):
    told = client.get("/hc/ko/answer", {"query": TWO}).json()

    assert at(told["answer"]["url"]) == at(addresses.article(refund, "ko"))
    assert [at(part["url"]) for part in told["parts"]] == [at(addresses.article(unblocking, "ko"))]
    assert told["parts"][0]["question"] == "스피커 비밀번호는 어디서 바꾸나요?"


def test_somebody_who_asks_faster_than_people_type_is_told_when_to_come_back(client, shop, monkeypatch):
    forget_all()
    monkeypatch.setattr(suggest, "TYPED", "2/minute")
    answers = [client.get("/hc/ko/suggest", {"query": "환불"}) for _time in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    forget_all()


def test_an_answer_from_an_article_that_is_only_in_korean_says_so(client, shop):
    said = "This article exists only in Korean so far."
    page = client.get("/hc/en/search", {"query": "해외 카드 수수료는 몇 퍼센트예요?"}).content.decode()
    quoted = page.partition('<section class="answer"')[2].partition("</section>")[0]
    assert (said in quoted) == ('lang="ko"' in quoted)
    assert said not in client.get("/hc/en/search", {"query": "Pair with your phone"}).content.decode()


def pressed(client, page, place: str, **fields: object):
    """The form of the results, sent by one of its buttons."""
    form = page.content.decode().partition('<form id="verdict"')[2].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    return client.post(f"/hc/ko/search/{place}", {**hidden, **fields})


def test_an_answer_that_solved_it_is_kept_once_and_said_thanks_for(client, shop, refund, sure):
    page = client.get("/hc/ko/search", {"query": "환불 신청하는 방법"})
    button = f'form="verdict" name="article" value="{refund.pk}"'
    assert button in page.content.decode()

    for _press in range(2):
        thanks = pressed(client, page, "solved", article=refund.pk)

    assert thanks.status_code == 200 and "다행이에요" in thanks.content.decode()
    ask = Ask.objects.get()
    assert ask.solved_by == refund
    assert Event.objects.about(ask).filter(verb="ask.solved").count() == 1


def test_none_of_these_is_kept_once_and_leads_to_a_person_with_the_question(client, shop, refund, sure):
    page = client.get("/hc/ko/search", {"query": "환불 신청하는 방법", "product": shop.lamp.pk})
    assert "이 중에 없어요" in page.content.decode()

    for _press in range(2):
        answer = pressed(client, page, "refused")

    ask = Ask.objects.get()
    assert Event.objects.about(ask).filter(verb="ask.refused").count() == 1
    form = client.get(answer["Location"]).content.decode()
    assert (
        'name="subject" type="text" value="환불 신청하는 방법"' in form
        or 'value="환불 신청하는 방법"' in form
    )
    assert f'name="ask" value="{ask.key}"' in form


@pytest.mark.parametrize("place", ["solved", "refused"])
def test_a_verdict_needs_the_key_of_a_question_that_was_just_asked(client, shop, refund, sure, place):
    page = client.get("/hc/ko/search", {"query": "환불 신청하는 방법"})

    assert pressed(client, page, place, article=refund.pk, ask="nobodys").status_code == 404
    with clock.at(clock.now() + timedelta(days=2)):
        assert pressed(client, page, place, article=refund.pk).status_code == 404


def test_only_what_was_offered_can_have_solved_it(client, shop, refund, sure):
    page = client.get("/hc/ko/search", {"query": "환불 신청하는 방법"})

    assert pressed(client, page, "solved", article=shop.internal.pk).status_code == 404
    assert pressed(client, page, "solved", article="").status_code == 404
    assert Ask.objects.get().solved_by is None


def test_what_is_quoted_says_that_it_was_found_automatically_however_sure_the_site_is(
    client, shop, refund, sure
):
    page = client.get("/hc/ko/search", {"query": "환불 신청하는 방법"}).content.decode()
    typed = client.get("/hc/ko/answer", {"query": "환불 신청하는 방법"}).json()["answer"]

    quoted = page.partition('<section class="answer" aria-label')[2].partition("</section>")[0]
    assert "자동으로 찾은" in quoted
    assert typed["automatic"] is True


def test_what_to_choose_from_shows_what_of_it_comes_near_the_question(client, shop):
    body = "<p>주문 목록에서 시작해요.</p><h2>기한</h2><p>단순 변심은 칠 일 안에 알려 주세요.</p>"
    for title in ("환불 신청하는 방법", "환불 규정"):
        shop.write(shop.lamp_use, ko=(title, body))
    shop.world.settle()

    page = client.get("/hc/ko/search", {"query": "환불 기한 단순 변심"}).content.decode()

    assert "이 중에 찾는 글이 있나요?" in page
    near = re.findall(r'row-near"[^>]*>([^<]+)<', page)
    assert near == ["단순 변심은 칠 일 안에 알려 주세요."] * 2
