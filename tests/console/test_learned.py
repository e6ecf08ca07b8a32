"""The page of what was learned: seen, searched, taken back and pointed elsewhere."""

from __future__ import annotations

import pytest

from handrail.accounts.models import Role
from handrail.answers import learn, teaching
from handrail.answers.labels import Evidence, Label
from handrail.core.actors import SYSTEM, Actor
from handrail.core.events.models import Event
from tests.desk.conftest import signed_in

LEARNED = "/console/answers/learned"


@pytest.fixture
def manager(world):
    return signed_in(world.staff("manager@handrail.test", "최관리", Role.MANAGER))


@pytest.fixture
def author(world):
    return signed_in(world.staff("author@handrail.test", "민가은", Role.AUTHOR))


@pytest.fixture
def refund(world):
    return world.article("환불 신청하는 방법", "<p>주문 내역에서 신청해요.</p>")


def taught(question, article, *, by=None, **more):
    verdict = learn.Verdict(question, article, "ko", is_held_out=False, **more)
    return learn.confirm_all([verdict], by=by or Actor("person", 5))[0]


def text_of(client, address=LEARNED):
    return client.get(address, follow=True).content.decode()


def test_each_verdict_shows_its_question_article_source_and_weight(author, world, refund):
    taught("돈은 언제 와요 010-1234-5678", refund, by=world.agent, evidence=Evidence.RESOLVED)
    taught("김치찌개 끓이는 법", None, weight=0.7, evidence=Evidence.REFUSED)
    Label.objects.filter(article=None).update(is_held_out=True)

    text = text_of(author)

    for shown in ("돈은 언제 와요 [phone]", "환불 신청하는 방법", world.agent.name, "김치찌개", "0.7"):
        assert shown in text
    assert "1234" not in text


def test_it_is_searched_and_narrowed_by_source_and_colleague(author, world, refund):
    taught("돈은 언제 와요", refund, by=world.agent, evidence=Evidence.SENT)
    taught("환불 며칠 걸려요", refund, weight=0.3, evidence=Evidence.CLICKED)
    taught("며칠 만에 환불돼요", refund, by=SYSTEM)

    for asked, seen, hidden in (
        ("query=돈은", "돈은 언제", "며칠"),
        ("source=clicked", "환불 며칠", "돈은 언제"),
        ("source=data", "며칠 만에", "환불 며칠"),
        ("source=sent", "돈은 언제", "며칠 만에"),
        (f"by={world.agent.pk}", "돈은 언제", "며칠"),
    ):
        text = text_of(author, f"{LEARNED}?{asked}")
        assert seen in text and hidden not in text


def test_agents_have_no_way_in(world, refund):
    label = taught("돈은 언제 와요", refund)
    agent = signed_in(world.agent)
    assert agent.get(LEARNED).status_code == 404
    assert agent.post(f"{LEARNED}/{label.pk}/withdrawal").status_code == 404
    assert Label.objects.standing().exists()


def test_one_is_taken_back_and_stands_again(author, refund):
    label = taught("돈은 언제 와요", refund)

    author.post(f"{LEARNED}/{label.pk}/withdrawal")
    assert not Label.objects.standing().exists()
    assert "돈은 언제" not in text_of(author) and "돈은 언제" in text_of(author, f"{LEARNED}?state=taken")
    author.post(f"{LEARNED}/{label.pk}/return")

    assert Label.objects.standing().exists()
    assert list(
        Event.objects.filter(verb__startswith="label.").values_list("verb", flat=True).order_by("pk")
    ) == [
        "label.given",
        "label.withdrawn",
        "label.restored",
    ]


def test_one_is_pointed_at_an_article_found_by_its_words_or_at_none(author, world, refund):
    other = world.article("배송 조회하는 방법", "<p>운송장으로 봐요.</p>")
    label = taught("돈은 언제 와요", refund)
    page = text_of(author, f"{LEARNED}/{label.pk}?find=배송")
    assert "배송 조회하는 방법" in page and f'value="{other.pk}"' in page

    author.post(f"{LEARNED}/{label.pk}/article", {"article": other.pk})
    moved = Label.objects.standing().get()
    assert (moved.article, moved.given_by_kind) == (other, "staff")
    author.post(f"{LEARNED}/{moved.pk}/article", {"article": ""})

    assert Label.objects.standing().get().article is None


def test_an_article_the_editor_may_not_read_cannot_be_named(author, refund):
    label = taught("돈은 언제 와요", refund)
    assert author.post(f"{LEARNED}/{label.pk}/article", {"article": "987654"}).status_code == 404
    assert Label.objects.standing().get().article == refund


def test_all_of_one_colleague_go_at_once_the_count_is_shown_first_and_it_is_undone(manager, world, refund):
    for number in range(3):
        taught(f"돈은 언제 와요 {number}", refund, by=world.agent)
    taught("환불 며칠 걸려요", refund)
    narrowed = f"{LEARNED}?by={world.agent.pk}"
    assert "3" in text_of(manager, narrowed).split("learned-many")[1].split("</form>")[0].split("<span>")[1]

    answer = manager.post(f"{LEARNED}/withdrawal", {"by": world.agent.pk})
    assert Label.objects.standing().count() == 1
    shown = text_of(manager, answer.url)
    moment = shown.split('name="moment" value="')[1].split('"')[0].replace("&#43;", "+")
    manager.post(f"{LEARNED}/return", {"moment": moment})

    assert Label.objects.standing().count() == 4


def test_nothing_is_taken_back_at_once_without_a_source_or_by_an_author(manager, author, refund):
    taught("돈은 언제 와요", refund)
    manager.post(f"{LEARNED}/withdrawal", {"query": "돈"})
    manager.post(f"{LEARNED}/withdrawal", {"source": "data"})
    assert author.post(f"{LEARNED}/withdrawal", {"source": "editor"}).status_code in {403, 404}
    assert Label.objects.standing().count() == 1


def test_the_list_costs_the_same_for_two_and_for_forty_and_goes_on_by_key(
    author, world, refund, django_assert_max_num_queries
):
    for number in range(2):
        taught(f"돈은 언제 와요 {number}", refund, by=world.agent)
    author.get(LEARNED)
    with django_assert_max_num_queries(20) as few:
        author.get(LEARNED)
    teaching.teach([f"환불 질문 {number}" for number in range(60)], refund, "ko", by=world.agent)
    with django_assert_max_num_queries(20) as many:
        text = text_of(author)

    assert len(many) == len(few)
    assert text.count("shelf-row") == 50 and "before=" in text
