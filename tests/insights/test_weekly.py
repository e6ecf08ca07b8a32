"""Monday morning's mail: ranked like the page, once a week, in the reader's zone and language, and none without a reason."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail
from django.urls import resolve

from handrail.accounts.models import Role
from handrail.accounts.viewer import staff_viewer
from handrail.conversations.notices.choices import NoticeChoices
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.insights.failing import keep_failing
from handrail.insights.jobs import tell_the_week
from handrail.insights.todo_words import lines
from handrail.knowledge import feedback
from tests.insights.conftest import sent_back
from tests.insights.test_tasks import STRANGER, gap

EIGHT = datetime(2026, 3, 1, 23, tzinfo=UTC)  # Monday the second of March in Seoul


@pytest.fixture
def author(world):
    return world.staff("author@handrail.test", "민가은", Role.AUTHOR)


@pytest.fixture
def work(world, author):
    """A draft sent back, a gap, an article that fails."""
    article = sent_back(world, author)
    gap("<새벽> 배송", 7)
    failing = world.article("교환하기", "<p>눌러요.</p>")
    for reader in range(6):
        feedback.give(failing, locale="ko", is_helpful=False, reader=str(reader), by=STRANGER)
    keep_failing()
    world.settle()
    mail.outbox.clear()
    return article


def monday(world, moment=EIGHT):
    """What came in the minutes after `moment`, to the author."""
    with clock.at(moment):
        tell_the_week.call()
        world.settle()
    sent = [message_from_bytes(each.message().as_bytes(), policy=default) for each in mail.outbox]
    mail.outbox.clear()
    found = [each for each in sent if each["List-Unsubscribe"] and "/console/tasks" in text_of(each)]
    return [each for each in found if each["To"].addresses[0].addr_spec == "author@handrail.test"]


def text_of(sent):
    return sent.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_it_holds_what_the_page_lists_in_its_order_with_links(world, author, work):
    (sent,) = monday(world)

    listed = lines(staff_viewer(author))
    text = text_of(sent)
    places = [text.index(line.path + "\n") for line in listed]
    assert [line.kind for line in listed] == ["changes", "gap", "failing"]
    assert places == sorted(places) and "3" in sent["Subject"]
    assert [resolve(line.path).url_name for line in listed] == ["article", "gap", "readers-article"]
    html = sent.get_body(("html",)).get_content()
    assert "&lt;새벽&gt; 배송" in html and "<새벽>" not in html
    assert html.count("<li>") == 3


def test_it_comes_once_a_week(world, work):
    week = [monday(world, EIGHT + timedelta(hours=hours)) for hours in range(0, 8 * 24, 5)]

    assert [len(each) for each in week if each] == [1, 1]


def test_it_comes_when_it_is_morning_where_they_are(world, author, work):
    author.set_up(zone="America/New_York", locale="en", by=author)

    seoul, new_york = monday(world), monday(world, datetime(2026, 3, 2, 13, tzinfo=UTC))

    assert seoul == []
    assert new_york[0]["Subject"] == "This week: 3 things to write or mend"


def test_no_mail_comes_with_nothing_to_do_or_to_who_wants_none(world, author, work):
    NoticeChoices.of([author])[author.pk].choose(ways={"weekly": []}, by=author)
    assert monday(world) == []

    NoticeChoices.of([author])[author.pk].choose(ways={}, by=author)
    work.archive(by=SYSTEM)
    lines_left = lines(staff_viewer(author))
    assert len(lines_left) == 2 and len(monday(world, EIGHT + timedelta(days=7))) == 1


def test_an_author_with_nothing_to_do_is_left_in_peace(world, author):
    assert monday(world) == []


def test_quiet_hours_are_kept(world, author, work):
    NoticeChoices.of([author])[author.pk].choose(quiet_from=time(22), quiet_until=time(10), by=author)

    assert monday(world) == []
    assert len(monday(world, EIGHT + timedelta(hours=2))) == 1
