"""The page a question is asked from is a preference: counted from where questions were solved, never a filter."""

from __future__ import annotations

import json

import numpy as np
import pytest
from django.core.management import call_command

from handrail.accounts.viewer import STRANGER, Viewer
from handrail.answers import jobs
from handrail.answers.answer import answer, rank
from handrail.answers.asked_from import ELSEWHERE, Page, count_habits, preferences
from handrail.answers.asks import Ask
from handrail.answers.entries import IndexState
from handrail.answers.gate import gate_for
from handrail.core.actors import SYSTEM
from handrail.intake import respond
from handrail.knowledge.products import Product, Topic


class Shelf:
    """A product with one topic and an article on cleaning."""

    def __init__(self, help_centre, slug: str) -> None:
        self.product = Product.objects.create(brand=help_centre.world.brand, slug=slug)
        self.topic = Topic.objects.create(product=self.product, slug=f"{slug}-care")
        html = "<p>먼지를 털고 물로 씻으세요.</p>"
        self.article = help_centre.write({"ko": ("먼지 거름망 청소하기", html, [])}, topic=self.topic)


@pytest.fixture
def shelves(help_centre) -> list[Shelf]:
    made = [Shelf(help_centre, "dryer"), Shelf(help_centre, "fan")]
    jobs.encode_wanting()
    return made


QUESTION = "먼지 거름망은 어떻게 청소하나요?"


def first(question, page, viewer=STRANGER):
    return answer(question, viewer, locale="ko", page=page).considered[0].article


def solved(page, article, *, voice, times=1):
    for _time in range(times):
        Ask.objects.create(
            channel="portal",
            locale="ko",
            text="q",
            outcome="answer",
            confidence=1.0,
            is_provisional=False,
            asker_kind="visitor",
            asker_key=voice,
            milliseconds=1.0,
            from_product_id=page.product,
            from_topic_id=page.topic,
            solved_by=article,
        )


def test_of_two_alike_the_one_of_the_page_comes_first(shelves):
    for shelf in shelves:
        assert first(QUESTION, Page.of(shelf.article)) == shelf.article.pk
        assert first(QUESTION, Page.of(None, shelf.product)) == shelf.article.pk


def test_what_stands_elsewhere_and_answers_is_still_first(help_centre, shelves):
    result = answer("환불 신청하는 방법", STRANGER, locale="ko", page=Page.of(shelves[0].article))

    assert result.considered[0].article == help_centre.id_of("refund")
    assert len(result.considered) > 1


def test_a_page_never_makes_the_engine_surer_of_what_was_first_anyway(help_centre):
    gate = gate_for("ko", "portal")
    for question in ("환불 신청하는 방법", "택배 어디쯤", "필터는 언제"):
        plain = rank(question, STRANGER, gate=gate)
        there = rank(question, STRANGER, gate=gate, page=Page(help_centre.world.product.pk))
        if there.order[0] == plain.order[0]:
            assert there.confidence <= plain.confidence


def test_before_anything_was_solved_each_place_is_equally_likely(shelves):
    state = IndexState.now()
    topics = [shelves[0].topic.pk, shelves[1].topic.pk]
    same, other = preferences(Page.of(None, shelves[0].product), topics, state)

    # One of nine articles stands in the product.
    assert same == pytest.approx(np.log(0.5 / (1 / 9)))
    assert other == pytest.approx(np.log(0.5 / (8 / 9)))


def test_where_all_articles_stand_in_one_place_a_page_says_nothing(help_centre):
    said = preferences(Page(help_centre.world.product.pk), [help_centre.world.topic.pk] * 3, IndexState.now())

    assert said.tolist() == [0.0, 0.0, 0.0]


def test_a_site_whose_readers_ask_about_other_things_learns_that_its_pages_say_little(help_centre, shelves):
    page = Page.of(None, shelves[0].product)
    for number in range(40):
        solved(page, help_centre.articles["refund"], voice=f"reader-{number}")
    before = preferences(page, [shelves[0].topic.pk, shelves[1].topic.pk], IndexState.now())

    assert count_habits()["product"] == [0, 0, 40]

    after = preferences(page, [shelves[0].topic.pk, shelves[1].topic.pk], IndexState.now())
    assert before[0] > before[1]
    assert after[0] < after[1]


def test_one_voice_a_thousand_times_counts_once(help_centre, shelves):
    page = Page.of(None, shelves[0].product)
    solved(page, help_centre.articles["refund"], voice="one", times=50)

    assert count_habits()["product"][ELSEWHERE] == 1


def test_a_question_is_kept_with_the_page_it_was_asked_from(shelves):
    result = answer(QUESTION, STRANGER, locale="ko", page=Page.of(shelves[0].article))
    ask = Ask.objects.get(key=result.ask)

    assert (ask.from_product, ask.from_topic) == (shelves[0].product, shelves[0].topic)
    assert ask.product is None


def test_a_chat_begun_on_a_page_prefers_it_and_leaves_nothing_out(help_centre, shelves, world):
    chat = world.conversation()
    chat.about = {"product": shelves[1].product.pk, "article": shelves[1].article.pk}
    page = respond.page_of(chat)

    assert page == Page(shelves[1].product.pk, shelves[1].topic.pk)
    assert first(QUESTION, page) == shelves[1].article.pk
    assert first("환불 신청하는 방법", page) == help_centre.id_of("refund")


def test_the_api_takes_the_page_only_as_far_as_the_caller_may_see_it(client, shelves, help_centre):
    hidden = shelves[1].article
    asked = {"query": QUESTION, "from_article": hidden.pk}
    seen = client.get("/api/v2/answers", asked).json()
    hidden.show_to("agents", by=SYSTEM)
    unseen = client.get("/api/v2/answers", asked)

    assert Ask.objects.get(key=seen["ask"]).from_topic == shelves[1].topic
    assert unseen.status_code == 200
    assert Ask.objects.get(key=unseen.json()["ask"]).from_topic is None


def test_the_command_takes_the_page_too(help_centre, shelves, capsys):
    call_command("ask", QUESTION, json=True, from_product="fan")
    said = json.loads(capsys.readouterr().out)

    assert ([said["answer"]] if said["answer"] else said["choices"])[0]["article"] == shelves[1].article.pk


def test_a_reader_of_few_things_is_preferred_nothing_they_may_not_read(help_centre, shelves):
    shelves[0].article.show_to("agents", by=SYSTEM)

    found = answer(QUESTION, Viewer(), locale="ko", page=Page.of(shelves[0].article))

    assert shelves[0].article.pk not in [hit.article for hit in found.considered]
