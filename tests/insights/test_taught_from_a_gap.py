"""What an author teaches from the page of a gap is what people are told from then on: asked again, and asked in other words."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.urls import reverse

from handrail.accounts.models import Role
from handrail.accounts.viewer import STRANGER
from handrail.answers import jobs
from handrail.answers.answer import answer
from handrail.insights.closing import close_answered
from handrail.insights.collecting import collect
from handrail.insights.gaps import Gap
from handrail.insights.gathering import gather
from handrail.insights.grouping import group
from handrail.knowledge.models import Article
from handrail.web import limits
from tests.desk.conftest import signed_in

# What was asked in vain, and the same in words that nobody had used then.
TUB = [
    "물통을 식기세척기에 넣어도 되나요?",
    "식기세척기에 물통 돌려도 되나요?",
    "물통 식기세척기 사용 되나요?",
]
TUB_AGAIN = "식기세척기로 물통 씻어도 괜찮나요?"
SMELL = ["기계에서 쉰내가 나요", "기계에서 쉰내가 너무 나요", "기계 쉰내가 나는데 왜 그래요?"]
SMELL_AGAIN = "기계에서 쉰내가 심해졌어요"
COINED = [
    "쭈글이 고장 나면 어디에 말해요?",
    "쭈글이 고장 났는데 어디에 말해요?",
    "쭈글이가 고장 나면 어디에 말하나요?",
]
COINED_AGAIN = "우리 집 쭈글이가 멈췄어요"
SOFT = [
    "뽀송이를 갈 때가 됐는지 어떻게 알아요?",
    "뽀송이 갈 때가 됐는지 어떻게 아나요?",
    "뽀송이를 언제 갈아야 하는지 어떻게 알아요?",
]
SOFT_AGAIN = "뽀송이 교체 시기가 궁금해요"  # fmt: skip


@pytest.fixture
def author(world):
    return signed_in(world.staff("author@handrail.test", "민가은", Role.AUTHOR))


@pytest.fixture
def reviewer(world):
    return signed_in(world.staff("reviewer@handrail.test", "윤서진", Role.REVIEWER))


def missed(world, asked: list[str]) -> Gap:
    """The gap that these questions make, each asked in the help centre by a person of their own."""
    for question in asked:
        limits.forget_all()
        Client().get("/hc/ko/search", {"query": question})
    world.settle()
    gather()
    collect()
    group()
    return Gap.objects.worth_showing().ranked().get()


def told(question: str) -> tuple[str, int | None]:
    result = answer(question, STRANGER, locale="ko", remember=False)
    return result.outcome, result.answer.article if result.answer else None


def assert_taught(world, gap: Gap, article: Article, *questions: str) -> None:
    world.settle()
    jobs.encode_wanting()  # what was taught is read by the encoder within a minute, by a schedule of the worker
    assert [told(each) for each in questions] == [("answer", article.pk)] * len(questions)
    close_answered()
    gap.refresh_from_db()
    assert gap.state == Gap.State.CLOSED


def form_on(client: Client, gap: Gap, address: str) -> str:
    """The address of a form that the gap's page leads to."""
    page = client.get(f"/console/gaps/{gap.pk}").content.decode()
    links = [html.unescape(each.split('"')[0]) for each in page.split('href="')[1:]]
    return next(each for each in links if each.startswith(f"{address}?"))


def test_an_article_written_from_the_gap(world, help_centre, author, reviewer):
    gap = missed(world, TUB)
    assert all(told(each)[0] == "handover" for each in (*TUB, TUB_AGAIN))

    author.post(f"/console/gaps/{gap.pk}/draft")
    gap.refresh_from_db()
    page = reverse("console:article", args=[gap.article.pk, "ko"])
    words = {"title": gap.title, "html": "<p>물통은 식기세척기에 넣지 말고 손으로 씻어 주세요.</p>"}
    reviewer.post(page, {**words, "base": gap.article.translations.get().draft.number, "then": "publish"})

    assert_taught(world, gap, gap.article, *TUB, TUB_AGAIN)


def test_an_article_there_is_named_as_the_one_that_answers(world, help_centre, author):
    gap = missed(world, SMELL)
    article = help_centre.articles["filter"]
    assert ("answer", article.pk) not in [told(each) for each in (*SMELL, SMELL_AGAIN)]

    author.post(f"/console/gaps/{gap.pk}/answered", {"article": article.pk})

    assert_taught(world, gap, article, *SMELL, SMELL_AGAIN)


def test_a_word_tied_to_an_answer(world, help_centre, author):
    gap = missed(world, COINED)
    article = help_centre.articles["filter"]
    assert all(told(each)[0] == "handover" for each in (*COINED, COINED_AGAIN))

    form = form_on(author, gap, "/console/keywords")
    assert "쭈글이" in html.unescape(author.get(form).content.decode())
    author.post("/console/keywords", {"words": "쭈글이", "article": article.pk})

    assert_taught(world, gap, article, *COINED, COINED_AGAIN)


def test_a_word_that_means_the_same_as_one_of_ours(world, help_centre, author):
    """Its own words are not written here, so nothing but the synonym leads from them to the article."""
    gap = missed(world, SOFT)
    article = help_centre.articles["filter"]
    assert ("answer", article.pk) not in [told(each) for each in (*SOFT, SOFT_AGAIN)]

    form = form_on(author, gap, "/console/synonyms")
    assert "뽀송이" in author.get(form).content.decode()
    author.post("/console/synonyms/keep", {"locale": "ko", "words": "뽀송이, 필터"})

    assert_taught(world, gap, article, *SOFT, SOFT_AGAIN)
