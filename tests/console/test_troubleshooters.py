"""Drawing a troubleshooter in the console."""

from __future__ import annotations

import re

import pytest

from handrail.accounts.models import Role
from handrail.contacts.segments import Rule, Segment
from handrail.knowledge.models import Troubleshooter
from tests.desk.conftest import signed_in
from tests.portal.shop import Shop
from tests.portal.trees import drawn


@pytest.fixture
def shop(standing_shop) -> Shop:
    return standing_shop


@pytest.fixture
def author(world):
    return signed_in(world.staff("author@handrail.test", "윤작가", Role.AUTHOR))


@pytest.fixture
def reviewer(world):
    return signed_in(world.staff("reviewer@handrail.test", "윤서진", Role.REVIEWER))


def test_a_reviewer_draws_a_tree_from_nothing_and_publishes_it(reviewer, shop, client):
    made = reviewer.post(
        "/console/troubleshooters", {"name_ko": "진단", "name_en": "Diagnosis", "topic": shop.problems.pk}
    )
    where = made["Location"]
    fields = {
        "seen": 1,
        "intro.ko": "함께 찾아요.", "intro.en": "Together.",
        "step.s1.ko": "무엇인가요?", "step.s1.en": "What is it?",
        "choice.c1.ko": "소리", "choice.c1.en": "Sound", "choice.c1.to": "new:article",
        "choice.c2.ko": "그 밖", "choice.c2.en": "Other", "choice.c2.to": "person",
    }  # fmt: skip

    saved = reviewer.post(where, fields)
    assert saved["Location"].endswith("#step-s2")
    refused = reviewer.post(where, {"do": "publish"})
    assert refused.status_code == 400 and "해결 글을 골라 주세요" in refused.content.decode()
    reviewer.post(where, {"step.s2.article": shop.silent.pk, "do": "publish"})

    one = Troubleshooter.objects.get()
    assert one.published is not None
    assert "무엇인가요?" in client.get(f"/hc/ko/troubleshooters/{one.pk}").content.decode()


def test_what_an_author_draws_waits_for_a_reviewer_who_finds_it(author, reviewer, shop):
    one = drawn(shop)
    where = f"/console/troubleshooters/{one.pk}"

    assert 'value="publish"' not in author.get(where).content.decode()
    assert where not in reviewer.get("/console/tasks").content.decode(), "an unfinished tree is nobody's task"
    told = author.post(where, {"step.s1.ko": "무엇이 문제인가요?", "do": "publish"}, follow=True)
    assert "검토자가" in told.content.decode()
    one.refresh_from_db()
    assert one.published is None and one.drawn.steps["s1"].text["ko"] == "무엇이 문제인가요?"
    assert not one.article.translations.filter(published__isnull=False).exists()
    assert where not in author.get("/console/tasks").content.decode()

    assert where in reviewer.get("/console/tasks").content.decode()
    author.post(where, {"step.s1.ko": "어디가 문제인가요?"})
    assert where not in reviewer.get("/console/tasks").content.decode(), "it isn't what was asked about"
    author.post(where, {"do": "ask"})
    reviewer.post(where, {"do": "publish"})
    one.refresh_from_db()
    assert one.published is not None
    assert where not in reviewer.get("/console/tasks").content.decode()


def test_a_tree_with_something_missing_is_not_handed_to_a_reviewer(author, shop):
    one = drawn(shop)
    where = f"/console/troubleshooters/{one.pk}"

    assert author.post(where, {"choice.c1.en": "", "do": "ask"}).status_code == 400
    assert not Troubleshooter.objects.asked().exists()


def test_only_a_reviewer_lets_more_people_read_a_published_tree(author, reviewer, shop, world):
    one = drawn(shop)
    one.publish(by=world.agent)
    one.article.show_to("agents", by=world.agent)
    where = f"/console/troubleshooters/{one.pk}"

    refused = author.post(where, {"audience": "public", "step.s1.ko": "바뀐 질문"})
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "검토자에게 대상을" in said and "바뀐 질문" in said
    assert audience_of(one) == "agents"

    reviewer.post(where, {"audience": "public"})
    assert audience_of(one) == "public"


def test_a_button_loses_nothing_that_was_typed(author, shop):
    one = drawn(shop)

    author.post(f"/console/troubleshooters/{one.pk}", {"step.s1.ko": "바뀐 질문", "do": "add-choice:s2"})

    one.refresh_from_db()
    assert one.drawn.steps["s1"].text["ko"] == "바뀐 질문"
    assert len(one.drawn.steps["s2"].choices) == 3


def test_what_somebody_else_saved_is_not_overwritten_silently(author, shop, world):
    one = drawn(shop)
    fields = {"seen": one.edition, "step.s1.ko": "내 질문"}
    one.draw({**one.draft, "name": {"ko": "남의 이름", "en": "x"}}, by=world.agent)

    answer = author.post(f"/console/troubleshooters/{one.pk}", fields)

    assert answer.status_code == 409
    assert "내 질문" in answer.content.decode()


def test_an_author_tries_the_draft_before_anybody_sees_it(author, shop, client):
    one = drawn(shop)

    page = author.get(f"/hc/ko/troubleshooters/{one.pk}?draft=1&a=c1").content.decode()

    assert "한쪽만 그런가요?" in page and "초안" in page
    assert client.get(f"/hc/ko/troubleshooters/{one.pk}?draft=1").status_code == 404


def test_the_picture_names_the_article_an_answer_leads_to(author, shop):
    one = drawn(shop)

    page = author.get(f"/console/troubleshooters/{one.pk}").content.decode()

    picture = page[page.index('class="tree-svg"') : page.index("</svg>", page.index('class="tree-svg"'))]
    title = shop.silent.published("ko").title
    assert title[:8] in picture and "· " not in picture


def test_agents_do_not_draw(world, shop):
    one = drawn(shop)
    agent = signed_in(world.agent)

    assert agent.get(f"/console/troubleshooters/{one.pk}").status_code == 404
    assert agent.post(f"/console/troubleshooters/{one.pk}", {"do": "publish"}).status_code == 404


def test_where_an_answer_leads_is_named_by_the_article(author, shop):
    one = drawn(shop)
    title = shop.silent.published("ko").title
    page = author.get(f"/console/troubleshooters/{one.pk}").content.decode()
    assert re.search(rf"<option[^>]*>\d+\. {title}", page)


def test_saving_a_tree_for_a_segment_leaves_it_to_that_segment(author, shop, world, client):
    one, segment = drawn(shop), partners(world)
    one.publish(by=world.agent)
    one.article.show_to("segment", segment=segment, by=world.agent)
    where = f"/console/troubleshooters/{one.pk}"

    page = author.get(where).content.decode()
    chosen = re.search(r'<select[^>]*name="audience".*?<option value="([^"]*)" selected>', page, re.DOTALL)
    assert chosen is not None and chosen[1] == f"segment:{segment.pk}"
    author.post(where, {"audience": chosen[1], "name.ko": "새 이름"})
    assert audience_of(one) == f"segment:{segment.pk}"
    assert client.get(f"/hc/ko/troubleshooters/{one.pk}").status_code == 404


@pytest.mark.parametrize("said", ["", "segment", "segment:999", "nobody"])
def test_an_audience_nobody_knows_never_makes_a_tree_wider(author, shop, world, said):
    one, segment = drawn(shop), partners(world)
    one.article.show_to("segment", segment=segment, by=world.agent)

    author.post(f"/console/troubleshooters/{one.pk}", {"audience": said})

    assert audience_of(one) == f"segment:{segment.pk}"


def test_a_tree_for_a_segment_may_lead_to_an_article_for_the_same_one(shop, world):
    one, segment = drawn(shop), partners(world)
    shop.silent.show_to("segment", segment=segment, by=world.agent)
    assert any(problem.is_blocking for problem in one.problems())

    one.article.show_to("segment", segment=segment, by=world.agent)

    assert not any(problem.is_blocking for problem in one.problems())


def audience_of(one: Troubleshooter) -> str:
    return Troubleshooter.objects.get(pk=one.pk).article.audience_key


def partners(world) -> Segment:
    names = {"ko": "협력사", "en": "Partners"}
    return Segment.define("partners", names=names, rules=[Rule(mark="vip")], by=world.agent)
