"""The list of what there is to do is measured by how much of it is acted on within its week."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handrail.accounts.models import Role
from handrail.accounts.viewer import STRANGER, staff_viewer
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.insights import offered
from handrail.insights.offered import Offered, Share, shares
from handrail.knowledge import feedback
from tests.desk.conftest import signed_in
from tests.insights.conftest import sent_back
from tests.insights.test_tasks import gap

MONDAY = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)  # half past midnight in Seoul


@pytest.fixture
def author(world):
    return world.staff("author@handrail.test", "민가은", Role.AUTHOR)


@pytest.fixture
def work(world, author):
    """A draft sent back and a question asked in vain, in this order."""
    article = sent_back(world, author)
    asked = gap("새벽 배송", 7)
    world.settle()
    return article, asked


def kept(at=MONDAY):
    with clock.at(at):
        return offered.keep_week()


def of(author, at=MONDAY + timedelta(days=8)):
    with clock.at(at):
        offered.settle()
        return shares(staff_viewer(author))


def test_a_list_is_kept_once_a_monday_of_the_colleague_with_what_it_was_about(author, work):
    assert kept(MONDAY - timedelta(hours=1)) == 0
    assert kept() == 2
    assert kept(MONDAY + timedelta(hours=5)) == 0
    article, asked = work
    found = Offered.objects.order_by("place").values_list("place", "kind", "about", "about_id")
    assert list(found) == [
        (1, "changes", "knowledge.article", article.pk),
        (2, "gap", "insights.gap", asked.pk),
    ]
    assert kept(MONDAY + timedelta(days=7)) == 2


def test_what_a_colleague_did_something_about_counts_and_the_rest_does_not(author, work):
    article, _asked = work
    kept()
    with clock.at(MONDAY + timedelta(days=2)):
        article.write("ko", title="환불 기한", html="<p>5일이에요. 약관 3조예요.</p>", by=author)

    assert of(author, MONDAY + timedelta(days=6)) == [], "the week is not over"
    assert of(author) == [Share("top", 1, 2), Share("changes", 1, 1), Share("gap", 0, 1)]


@pytest.mark.parametrize("when", [timedelta(minutes=-5), timedelta(days=7, minutes=5)])
def test_before_and_after_the_week_is_not_in_it(author, work, when):
    article, _asked = work
    kept()
    with clock.at(MONDAY + when):
        article.write("ko", title="환불 기한", html="<p>6일이에요.</p>", by=author)

    assert of(author)[0] == Share("top", 0, 2)


def test_what_the_clock_or_a_reader_did_is_nobodys_act(author, work):
    article, asked = work
    kept()
    with clock.at(MONDAY + timedelta(days=1)):
        asked.close(None, by=SYSTEM)
        feedback.give(article, locale="ko", is_helpful=True, reader="someone", by=STRANGER)
        feedback.give(article, locale="ko", is_helpful=True, reader="staff", by=staff_viewer(author))

    assert of(author)[0] == Share("top", 0, 2)


def test_broken_links_count_once_there_are_fewer(author):
    for number, count in ((1, 3), (2, 0)):
        week = MONDAY.date() + timedelta(days=1 - 7 * number)
        Offered.objects.create(
            user=author,
            week=week,
            place=4,
            kind="links",
            count=count,
            at=MONDAY,
            until=MONDAY + timedelta(days=7),
        )

    assert of(author) == [Share("rest", 1, 2), Share("links", 1, 2)]


def test_the_page_says_how_the_list_did_to_those_who_write_and_names_nobody(world, author, work):
    kept()
    client = signed_in(author)
    assert "지난 8주" not in client.get("/console/tasks").content.decode()
    with clock.at(MONDAY + timedelta(days=8)):
        offered.settle()
        page = client.get("/console/tasks").content.decode()

    assert "지난 8주" in page and "앞의 세 가지" in page
    assert shares(STRANGER) == []


def test_after_half_a_year_it_is_forgotten(author, work):
    kept()
    with clock.at(MONDAY + timedelta(weeks=28)):
        offered.settle()
    assert not Offered.objects.exists()
