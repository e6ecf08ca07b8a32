"""Who answers for an article and until when: owners are told before the date, once; stale is stale from the day after."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handrail.accounts.models import Role
from handrail.core import clock
from handrail.core.events.models import Event
from handrail.knowledge.jobs import renew_past, tell_owners
from handrail.knowledge.tasks import tasks
from handrail.workspace.models import Brand

TODAY = datetime(2026, 11, 28, 9, tzinfo=ZoneInfo("Asia/Seoul"))


@pytest.fixture
def owner(world):
    return world.staff("owner@handrail.test", "한지우", Role.AUTHOR)


@pytest.fixture
def article(world, owner):
    article = world.article("환불 기한", "<p>환불은 3일 안에 돼요.</p>")
    article.give_to(owner, by=owner)
    article.check_again(on=date(2026, 12, 3), every_days=90, by=owner)
    return article


def told() -> int:
    return Event.objects.filter(verb="article.check_due").count()


def test_an_owner_is_told_a_week_before_and_once(article):
    with clock.at(TODAY - timedelta(days=5)):
        tell_owners.call()
        early = told()
    with clock.at(TODAY):
        tell_owners.call()
        tell_owners.call()

    assert (early, told()) == (0, 1)


def test_pages_kept_in_memory_are_renewed_when_a_date_has_passed(world, article):
    with clock.at(TODAY):
        renew_past.call()
        before = Brand.objects.get().content_stamp
    with clock.at(TODAY + timedelta(days=6)):
        renew_past.call()

    assert Brand.objects.get().content_stamp == before + 1


def test_the_owner_has_a_task_before_the_date_and_others_have_none(world, article, owner):
    colleague = world.staff("other@handrail.test", "오하늘", Role.AUTHOR)
    with clock.at(TODAY - timedelta(days=5)):
        early = tasks(world.viewer(owner))
    with clock.at(TODAY):
        mine, theirs = tasks(world.viewer(owner)), tasks(world.viewer(colleague))

    assert (early, theirs) == ([], [])
    assert [(task.kind, task.article, task.title) for task in mine] == [("soon", article, "환불 기한")]


def test_an_article_needs_checking_from_the_day_after_its_date(article):
    assert not article.needs_checking(on=date(2026, 12, 3))
    assert article.needs_checking(on=date(2026, 12, 4))
    with clock.at(datetime(2026, 12, 4, 0, 30, tzinfo=ZoneInfo("Asia/Seoul"))):
        assert article.needs_checking(), "the day begins where the site is, not where UTC is"


def test_a_confirmed_article_is_due_again_after_its_interval(world, article, owner):
    with clock.at(TODAY + timedelta(days=10)):
        article.confirm(by=owner)
        waiting = tasks(world.viewer(owner))

    assert article.check_by == date(2027, 3, 8)
    assert waiting == []


def test_past_their_date_are_tasks_before_those_that_are_near(world, article, owner):
    late = world.article("배송 조회", "<p>조회해요.</p>")
    late.give_to(owner, by=owner)
    late.check_again(on=date(2026, 11, 1), by=owner)

    with clock.at(TODAY):
        found = tasks(world.viewer(owner))

    assert [(task.kind, task.article) for task in found] == [("check", late), ("soon", article)]
