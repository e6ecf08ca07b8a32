"""A question finds its article, in any wording, layout and language, and nothing else leaks."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers import jobs
from handrail.answers.answer import answer
from handrail.answers.asks import Ask
from handrail.answers.encoder import NoReader
from handrail.answers.model_client import using
from handrail.core.actors import SYSTEM
from handrail.knowledge.articles import Article
from handrail.knowledge.products import Product, Topic


def offered(question, viewer=STRANGER, *, locale="ko", **more):
    """Titles' ids in the order a person would see them."""
    result = answer(question, viewer, locale=locale, **more)
    return [hit.article for hit in result.considered]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("환불방법", "refund"),
        ("환불 방법을", "refund"),
        ("refund", "refund"),
        ("환불 어떻게 해요?", "refund"),
        ("ghksqnf qkdqjq", "refund"),
        ("배송조회", "track"),
        ("배송 조회가 안돼요", "track"),
        ("조회", "track"),
        ("비번을 잊어버렸어요", "password"),
        ("이어폰 왼쪽이 안들려요", "earbuds"),
        ("필터 교체 시기", "filter"),
    ],
)
def test_each_wording_finds_its_article_among_the_first_three(help_centre, question, name):
    assert help_centre.id_of(name) in offered(question)[:3]


def test_an_article_is_found_in_the_transaction_that_publishes_it(help_centre):
    with transaction.atomic():
        made = help_centre.write({"ko": ("선물 포장 신청하기", "<p>장바구니에서 고르세요.</p>", [])})
        assert made.pk in offered("선물 포장")[:1]


def test_an_article_that_was_not_published_after_all_is_not_found(help_centre):
    with pytest.raises(RuntimeError), transaction.atomic():
        made = help_centre.write({"ko": ("선물 포장 신청하기", "<p>장바구니에서 고르세요.</p>", [])})
        raise RuntimeError("changed our mind")
    assert made.pk not in offered("선물 포장")


def test_a_withdrawn_article_is_gone_at_once(help_centre):
    article = help_centre.articles["refund"]
    assert article.pk in offered("환불 방법")

    for text in article.translations.all():
        text.withdraw(by=SYSTEM)

    assert article.pk not in offered("환불 방법")


def test_the_answer_is_quoted_from_the_article_with_its_source(help_centre):
    result = answer("환불 신청하는 방법", STRANGER, locale="ko")

    assert result.outcome == "answer"
    assert result.answer.article == help_centre.id_of("refund")
    assert result.answer.text == "주문 내역에서 [환불 신청]을 누르면 돼요. 돈은 영업일 3일 안에 들어와요."
    assert result.answer.url.endswith(
        f"/hc/ko/articles/{help_centre.id_of('refund')}-{result.answer.url.split('-', 1)[1]}"
    )


def test_a_wish_is_answered_by_what_it_is_for(help_centre):
    """ "~고 싶다" and "want" are rare in articles; where one stands is not where the answer is."""
    own = "<p>'내 정보' 맨 아래의 '탈퇴하기'에서 직접 할 수 있어요. 그 뒤에는 정보를 지워요.</p>"
    other = "<h2>소식</h2><p>소식만 그만 받고 싶다면 탈퇴하지 않고 '알림'에서 끌 수 있어요.</p>"
    help_centre.write({"ko": ("회원 탈퇴하는 방법", own + other, ["회원 탈퇴하고 싶어요"])})
    jobs.encode_wanting()

    result = answer("회원 탈퇴하고 싶어요", STRANGER, locale="ko")

    assert result.answer.text.startswith("'내 정보' 맨 아래의")


def test_the_passage_that_speaks_of_it_is_quoted_rather_than_the_first(help_centre):
    result = answer("카드로 낸 경우 카드사 명세서에는 환불이 언제 보이나요", STRANGER, locale="ko")
    hit = result.answer or result.choices[0]
    assert hit.article == help_centre.id_of("refund")
    if result.answer:
        assert "카드사" in result.answer.text


def test_an_english_question_finds_what_exists_only_in_korean_and_says_so(help_centre):
    result = answer("foreign credit card payment fee", STRANGER, locale="en")

    found = {hit.article: hit for hit in result.considered[:3]}
    assert help_centre.id_of("abroad") in found
    hit = found[help_centre.id_of("abroad")]
    assert (hit.locale, hit.is_in_another_language) == ("ko", True)


def test_a_korean_question_finds_what_exists_only_in_english(help_centre):
    result = answer("리눅스 노트북에 이어폰 연결", STRANGER, locale="ko")
    assert help_centre.id_of("linux") in [hit.article for hit in result.considered[:3]]


def test_a_question_about_nothing_of_ours_goes_to_a_person(help_centre):
    result = answer("김치찌개 끓이는 법", STRANGER, locale="ko")
    assert result.outcome == "handover"
    assert (result.answer, result.choices) == (None, [])


@pytest.mark.parametrize("question", ["", "   ", "?!", "🙂", "\x00"])
def test_nothing_asked_is_nothing_answered_and_nothing_kept(help_centre, question):
    assert answer(question, STRANGER, locale="ko").outcome == "handover"


@pytest.mark.parametrize(
    ("audience", "reader"),
    [
        ("signed_in", Viewer(person_id=1, assurance=3)),
        ("employees", Viewer(person_id=1, assurance=3, is_employee=True)),
        ("agents", Viewer(role="agent", assurance=3)),
    ],
)
def test_what_a_viewer_may_not_read_does_not_exist_for_them(help_centre, audience, reader):
    texts = {"ko": ("도매 할인율 표", "<p>거래처 등급마다 달라요.</p>", ["도매가 할인"])}
    secret = help_centre.write(texts, audience=audience)

    assert secret.pk not in offered("도매 할인율 표")
    assert secret.pk in offered("도매 할인율 표", reader)


def test_a_stricter_audience_holds_from_the_next_question_on(help_centre):
    article = help_centre.articles["refund"]
    article.show_to("agents", by=SYSTEM)
    assert article.pk not in offered("환불 신청하는 방법")


def test_a_reader_of_little_still_gets_a_full_list_when_most_is_hidden(help_centre):
    for number in range(70):
        texts = {"ko": (f"환불 방법 내부 지침 {number}", "<p>환불 방법</p>", [])}
        help_centre.write(texts, audience="agents")
    assert help_centre.id_of("refund") in offered("환불 방법")[:1]


def test_within_one_product_only_its_articles_are_offered(help_centre):
    other = Product.objects.create(brand=help_centre.world.brand, slug="lamp")
    topic = Topic.objects.create(product=other, slug="care")
    lamp = help_centre.write({"ko": ("스탠드 환불 방법", "<p>가까운 매장에서.</p>", [])}, topic=topic)
    assert offered("환불 방법", product=other) == [lamp.pk]


def test_every_question_is_kept_with_its_outcome_and_without_its_secrets(help_centre):
    result = answer(
        "주문 20261103-0042 환불해 주세요 010-1234-5678 a@b.kr", STRANGER, locale="ko", channel="chat"
    )

    ask = Ask.objects.get(key=result.ask)
    assert ask.text == "주문 [number] 환불해 주세요 [phone] [mail]"
    assert (ask.channel, ask.outcome, ask.locale) == ("chat", result.outcome, "ko")
    assert ask.offered[0][0] == result.considered[0].article


def test_what_is_still_being_typed_is_not_kept(help_centre):
    answer("환불", STRANGER, locale="ko", remember=False)
    assert Ask.objects.count() == 0


def test_a_new_site_says_that_its_answers_are_provisional(help_centre):
    assert answer("환불 신청하는 방법", STRANGER, locale="ko").as_json()["answer"]["provisional"] is True


def test_the_probe_has_the_promised_shape(help_centre):
    said = answer("환불 신청하는 방법", STRANGER, locale="ko").as_json()
    assert {"outcome", "answer", "choices", "ms"} <= set(said)
    assert {"text", "article", "title", "url", "confidence", "provisional"} <= set(said["answer"])
    for choice in said["choices"]:
        assert {"article", "title", "url", "confidence"} <= set(choice)


def test_without_any_model_questions_are_still_answered_and_it_is_said_what_is_missing(help_centre):
    with using(NoReader()):
        result = answer("환불방법", STRANGER, locale="ko")
    assert help_centre.id_of("refund") in [hit.article for hit in result.considered[:3]]
    assert result.missing == ("morphs", "vectors")


def test_desk_and_portal_find_the_same(help_centre):
    agent = help_centre.world.viewer()
    assert offered("환불 방법") == offered("환불 방법", agent)


def test_the_address_is_the_one_the_help_centre_answers_at(help_centre):
    from handrail.web.portal import addresses

    hit = answer("환불 방법", STRANGER, locale="en").considered[0]
    assert hit.path == addresses.article(Article.objects.get(pk=hit.article), "en")


def test_a_question_costs_the_same_number_of_queries_whatever_it_finds(
    help_centre, django_assert_max_num_queries
):
    answer("환불", STRANGER, locale="ko", remember=False)
    # PostgreSQL fetches candidates and their frequencies apart.
    with django_assert_max_num_queries(9 if connection.vendor == "postgresql" else 8):
        answer("배송 조회 방법 알려주세요", STRANGER, locale="ko", remember=False)
