"""Where an answer would be a guess: no product named, news that shares a few words, letters struck at random, models away."""

from __future__ import annotations

import pytest

from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs, related
from handrail.answers.answer import answer, rank
from handrail.answers.asked_from import Page
from handrail.answers.asks import Ask
from handrail.answers.gate import gate_for
from handrail.answers.model_client import STARTS_WITHIN, ModelClient, using
from handrail.answers.news import news_behind
from handrail.answers.struck import ORDERS, other_orders
from handrail.core.actors import SYSTEM
from handrail.knowledge.articles import Article
from handrail.knowledge.products import Product, Topic

WARRANTY = "보증 기간은 받은 날부터 {years}이에요. 그동안 고장 나면 무료로 고쳐 드려요."


@pytest.fixture
def products(help_centre, world):
    """Two products, each with an article about its warranty: name -> product."""
    made = {}
    for slug, name, years in (("buds", "소리 버즈", "1년"), ("air", "바람 에어", "2년")):
        product = Product.objects.create(brand=world.brand, slug=slug)
        product.texts.create(locale="ko", name=name)
        topic = Topic.objects.create(product=product, slug=f"{slug}-care")
        topic.texts.create(locale="ko", name="보증과 수리")
        help_centre.articles[slug] = help_centre.write(
            {
                "ko": (
                    f"{name} 보증 안내",
                    f"<p>{WARRANTY.format(years=years)}</p>",
                    ["보증 기간이 얼마나 돼요", "무상 수리 되나요"]
                    if slug == "buds"
                    else ["무상으로 수리되나요"],
                )
            },
            topic=topic,
        )
        made[slug] = product
    jobs.catch_up.func()
    jobs.encode_wanting()
    return made


def told(question, locale="ko", **more):
    return answer(question, STRANGER, locale=locale, **more)


def test_a_question_that_names_no_product_is_answered_by_a_choice_among_them(help_centre, products):
    result = told("무상 수리 되나요")

    assert (result.outcome, result.answer) == ("choices", None)
    first_two = {(hit.article, hit.product) for hit in result.choices[:2]}
    assert first_two == {(help_centre.id_of("buds"), "소리 버즈"), (help_centre.id_of("air"), "바람 에어")}
    assert {choice["product"] for choice in result.as_json()["choices"][:2]} == {"소리 버즈", "바람 에어"}


def test_the_products_name_answers_it(help_centre, products):
    result = told("소리 버즈 무상 수리 되나요")

    assert result.outcome == "answer" and result.answer.article == help_centre.id_of("buds")


def test_so_does_the_scope_and_the_page_it_is_asked_from(help_centre, products):
    scoped = told("무상 수리 되나요", product=products["air"])
    from_page = told("무상 수리 되나요", page=Page.of(help_centre.articles["air"]))

    assert scoped.answer.article == from_page.considered[0].article == help_centre.id_of("air")


def test_a_question_that_one_product_alone_answers_is_answered(help_centre, products):
    assert told("이어폰 한쪽이 안 들려요").answer.article == help_centre.id_of("earbuds")


@pytest.fixture
def lamp_and_heater(help_centre, world):
    """A lamp's article that would be sure, by itself, of a question that names no product; and one of a heater."""
    for slug, name, title, aliases in (
        ("lamp", "Bit Lamp", "When the lamp won't turn on", ["it does not turn on"]),
        ("heater", "Onda Heater", "Modes and buttons", ["press the button and the heater will turn on"]),
    ):
        product = Product.objects.create(brand=world.brand, slug=slug)
        product.texts.create(locale="en", name=name)
        topic = Topic.objects.create(product=product, slug=f"{slug}-problems")
        topic.texts.create(locale="en", name="Problems")
        body = "<p>Look at the plug first. It won't turn on without power.</p>"
        help_centre.articles[slug] = help_centre.write({"en": (title, body, aliases)}, topic=topic)
    jobs.catch_up.func()
    jobs.encode_wanting()


def test_a_title_that_names_its_product_answers_no_question_that_names_none(help_centre, lamp_and_heater):
    result = told("it won't turn on", "en")

    assert (result.outcome, result.answer) == ("choices", None)
    assert [hit.product for hit in result.choices[:2]] == ["Bit Lamp", "Onda Heater"]


def test_with_the_product_named_it_does(help_centre, lamp_and_heater):
    assert told("the lamp won't turn on", "en").answer.article == help_centre.id_of("lamp")


def test_nor_is_it_asked_back_where_no_other_product_knows_the_words(help_centre, lamp_and_heater):
    help_centre.articles["heater"].archive(by=SYSTEM)
    jobs.encode_wanting()

    assert told("it won't turn on", "en").answer.article == help_centre.id_of("lamp")


@pytest.fixture
def news(help_centre, world):
    made = Article.start(world.topic, by=SYSTEM, kind=Article.Kind.NEWS)
    made.write(
        "en",
        title="Filter subscription is now open",
        html="<p>We send a new filter as often as you have to change it.</p>",
        aliases=["how often is a filter sent"],
        by=SYSTEM,
    )
    made.translations.get(locale="en").publish(by=SYSTEM)
    jobs.encode_wanting()
    return made


def test_news_is_not_first_because_it_shares_more_words(help_centre, news):
    ranked = rank("how often to replace a filter", STRANGER, gate=gate_for("en", "portal"))

    assert ranked.order[0] == help_centre.id_of("filter")


def test_who_asks_for_the_news_gets_it(help_centre, news):
    assert told("filter subscription now open", "en").considered[0].article == news.pk


def test_news_that_would_be_first_goes_just_behind_and_makes_nothing_surer(help_centre, news):
    plain = rank("how often to replace a filter", STRANGER, gate=gate_for("en", "portal"))
    at = {article: place for place, article in enumerate(plain.measured.articles)}
    scores = plain.scores.copy()
    scores[at[news.pk]] = scores.max() + 5.0

    behind = news_behind(plain.candidates, plain.measured, scores)

    others = [place for article, place in at.items() if article != news.pk]
    assert behind[at[news.pk]] < max(scores[others])
    assert (behind[others] == scores[others]).all()


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("asdfqwer zxcv", "en"),
        ("asdfqwer zxcv", "ko"),
        ("ㅁㄴㅇㄹ ㅋㅋㅋㅋ", "ko"),
        ("ㅁㄴㅇㄹ", "ko"),
        ("ㅋㅋㅋㅋㅋ", "ko"),
        ("hjkl;hjkl", "en"),
    ],
)
def test_letters_struck_at_random_are_near_nothing(help_centre, text, locale):
    result = told(text, locale)

    assert (result.outcome, result.answer, result.choices, result.considered) == ("handover", None, [], [])
    assert result.as_json()["contact"].endswith(f"/hc/{locale}/requests/new")
    if result.ask:
        assert Ask.objects.get(key=result.ask).offered == []


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("환불", "ko"),
        ("refnud", "en"),
        ("ㅎㅂ", "ko"),
        ("Rückerstattung", "en"),
        ("remboursement", "en"),
        ("dkssud ghksqnf", "ko"),
    ],
)
def test_words_of_another_layout_or_language_and_slips_are_not_struck_at_random(help_centre, text, locale):
    assert help_centre.id_of("refund") in [hit.article for hit in told(text, locale).considered]


def test_the_other_orders_of_letters_are_the_same_each_time_and_keep_spaces():
    text, orders = "abcd efg1", other_orders("abcd efg1")
    assert orders == other_orders(text) and text not in orders and len(orders) == ORDERS
    assert all(each[4] == " " and each[8] == "1" and sorted(each) == sorted(text) for each in orders)
    assert other_orders("ㅋㅋㅋ") == []


def test_while_the_models_start_it_is_said_and_nothing_found_so_is_kept(help_centre, tmp_path, monkeypatch):
    article = help_centre.articles["refund"]
    related._kept.clear()
    client = ModelClient(tmp_path / "models.sock")
    with using(client):
        result = told("환불 방법")
        related.like(article, "환불 신청하는 방법", STRANGER, locale="ko", at_most=3)

        assert result.is_starting and result.as_json()["starting"] and "vectors" in result.missing
        assert not related._kept

        monkeypatch.setattr(client, "_began", client._began - STARTS_WITHIN)
        assert not told("환불 방법").is_starting
    assert not told("환불 방법").is_starting
