"""A text's life: written, reviewed, approved, published by hand or by the clock, archived, restored."""

from datetime import timedelta

import pytest
from django.utils import translation

from handrail.accounts.models import Role
from handrail.accounts.viewer import STRANGER
from handrail.core import clock
from handrail.core.events.models import Event
from handrail.knowledge.activity import history
from handrail.knowledge.articles import Article
from handrail.knowledge.jobs import publish_due
from handrail.knowledge.stages import OutOfOrder, Stage
from handrail.knowledge.steps import Step, steps

MOMENT = clock.now().replace(microsecond=0)


@pytest.fixture
def author(world):
    return world.staff("author@handrail.test", "한지우", Role.AUTHOR)


@pytest.fixture
def reviewer(world):
    return world.staff("reviewer@handrail.test", "오하늘", Role.REVIEWER)


@pytest.fixture
def draft(world, author):
    article = Article.start(world.topic, by=author)
    article.write("ko", title="환불 기한", html="<p>환불은 3일 안에 돼요.</p>", by=author)
    return article.translations.get()


def test_each_may_take_the_steps_that_are_theirs(world, draft, author, reviewer):
    mine, theirs, agents = world.viewer(author), world.viewer(reviewer), world.viewer()

    assert steps(draft, mine) == [Step.ASK]
    assert steps(draft, agents) == []
    draft.ask_for_review(by=author)
    assert steps(draft, mine) == []
    assert steps(draft, theirs) == [Step.APPROVE, Step.CHANGES, Step.PUBLISH]
    draft.approve(by=reviewer)
    assert steps(draft, mine) == [Step.PUBLISH, Step.SCHEDULE]


def test_steps_are_taken_in_order(draft, author, reviewer):
    with pytest.raises(OutOfOrder):
        draft.request_changes("아직 검토 전이에요", by=reviewer)
    with pytest.raises(OutOfOrder):
        draft.schedule(clock.now() + timedelta(days=1), by=author)
    draft.ask_for_review(by=author)
    with pytest.raises(OutOfOrder):
        draft.ask_for_review(by=author)


def test_an_approval_is_for_the_words_that_were_read(draft, author, reviewer):
    draft.ask_for_review(by=author)
    draft.approve(by=reviewer)
    draft.schedule(clock.now() + timedelta(days=1), by=author)

    draft.article.write("ko", title="환불 기한", html="<p>환불은 안 돼요.</p>", by=author)

    draft.refresh_from_db()
    assert (draft.stage, draft.publish_at) == (Stage.DRAFT, None)


def test_what_is_scheduled_appears_once_at_its_moment(draft, author, reviewer):
    draft.approve(by=reviewer)
    draft.schedule(MOMENT + timedelta(hours=1), by=author)

    with clock.at(MOMENT + timedelta(minutes=59)):
        assert publish_due.call() == 0
    with clock.at(MOMENT + timedelta(hours=1)):
        assert publish_due.call() == 1
        assert publish_due.call() == 0

    assert Article.objects.visible_to(STRANGER).count() == 1
    assert Event.objects.filter(verb="article.published").count() == 1


def test_two_workers_publish_one_schedule_once(draft, author, reviewer):
    draft.approve(by=reviewer)
    draft.schedule(MOMENT + timedelta(hours=1), by=author)
    other = type(draft).objects.get(pk=draft.pk)

    with clock.at(MOMENT + timedelta(hours=2)):
        assert draft.take_due()
        assert not other.take_due()


def test_an_archived_article_is_nowhere_and_comes_back_ready_to_be_shown(world, author):
    article = world.article("배송 조회", "<p>조회해요.</p>")

    article.archive(by=author)
    gone = Article.objects.visible_to(STRANGER).count()
    text = article.translations.get()
    text.article = article
    with pytest.raises(OutOfOrder):
        text.publish(by=author)
    article.bring_back(by=author)
    text = article.translations.get()

    assert gone == 0
    assert text.stage == Stage.APPROVED
    text.publish(by=author)
    assert Article.objects.visible_to(STRANGER).count() == 1


def test_any_version_can_be_restored_as_a_new_one(world, author):
    article = world.article("배송 조회", "<p>첫 번째.</p>")
    article.write("ko", title="배송 조회", html="<p>두 번째.</p>", by=author)
    text = article.translations.get()

    written = article.restore(text.revisions.get(number=1), by=author)

    assert (written.number, written.text) == (3, "첫 번째.")
    assert article.translations.get().published.text == "첫 번째."


def test_the_history_says_who_did_what(draft, author, reviewer):
    draft.ask_for_review(by=author)
    draft.request_changes("기한을 적어 주세요", by=reviewer)

    with translation.override("en"):
        told = [each.text for each in history(draft.article)]

    assert told[0] == "오하늘 asked for changes to version 1 in Korean"
    assert told[1] == "한지우 asked for a review of version 1 in Korean"
    assert told[-1] == "한지우 began the article"
    assert "기한" not in " ".join(told), "what a remark says is no fact"


def test_what_is_archived_is_answered_and_shown_nowhere(world, author, client):
    article = world.article("배송 조회하는 방법", "<p>송장 번호로 조회해요.</p>")
    world.settle()
    asked = {"query": "배송 조회하는 방법"}
    before = client.get("/hc/ko/suggest", asked).json()["suggestions"]

    article.archive(by=author)

    assert before and client.get("/hc/ko/suggest", asked).json()["suggestions"] == []
    assert client.get(f"/hc/ko/articles/{article.pk}").status_code == 410
