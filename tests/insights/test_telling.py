"""Authors, reviewers and owners are told of the work that waits for them: by mail, once, in their language, as they chose."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail
from django.urls import resolve

from handrail.accounts.models import Role
from handrail.conversations.notices.choices import NoticeChoices
from handrail.conversations.notices.notice import Notice
from handrail.conversations.notices.places import path_of
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.insights.subscribers import tell_those_who_keep_it
from handrail.insights.telling import settle_what_is_done
from handrail.knowledge.activity import history
from handrail.knowledge.jobs import tell_owners
from handrail.knowledge.tasks import tasks
from tests.desk.conftest import signed_in

NOON = datetime(2026, 3, 2, 3, tzinfo=UTC)  # a Monday, in Seoul
LATER = timedelta(minutes=3)


@pytest.fixture
def author(world):
    return world.staff("author@handrail.test", "민가은", Role.AUTHOR)


@pytest.fixture
def reviewer(world):
    return world.staff("reviewer@handrail.test", "노재원", Role.REVIEWER)


@pytest.fixture
def draft(world, author):
    with clock.at(NOON - timedelta(days=1)):
        article = world.article("환불 기한", "<p>3일이에요.</p>")
        article.write("ko", title="환불 기한", html="<p>5일이에요.</p>", by=author)
        world.settle()
    mail.outbox.clear()
    return article.translations.get()


def settle(world, *, at=NOON):
    with clock.at(at):
        world.settle()
    with clock.at(at + LATER):
        world.settle()
    found = [message_from_bytes(sent.message().as_bytes(), policy=default) for sent in mail.outbox]
    mail.outbox.clear()
    return found


def to(sent):
    return [each["To"].addresses[0].addr_spec for each in sent]


def text_of(sent):
    return sent.get_body(("plain",)).get_content()


def ask(draft, author, reviewer=None):
    with clock.at(NOON):
        draft.ask_for_review(by=author, reviewer=reviewer)


def test_a_reviewer_is_told_when_a_review_is_asked_of_them(world, draft, author, reviewer):
    world.staff("second@handrail.test", "차도현", Role.REVIEWER)
    ask(draft, author, reviewer)

    (sent,) = settle(world)

    assert to([sent]) == ["reviewer@handrail.test"]
    assert "민가은" in sent["Subject"] and "환불 기한" in sent["Subject"]
    path = f"/console/articles/{draft.article_id}/ko/difference"
    assert path in text_of(sent) and resolve(path).url_name == "article-difference"
    assert [task.kind for task in tasks(world.viewer(reviewer))] == ["review"]


def test_without_a_name_everybody_who_may_review_is_told_and_never_who_asked(world, draft, reviewer):
    second = world.staff("second@handrail.test", "차도현", Role.REVIEWER)
    ask(draft, second)

    assert to(settle(world)) == ["reviewer@handrail.test"]


def test_a_reviewer_who_reads_english_is_told_in_english(world, draft, author, reviewer):
    reviewer.set_up(locale="en", by=reviewer)
    ask(draft, author, reviewer)

    (sent,) = settle(world)

    assert "asks for your review" in sent["Subject"] and "Open the article" in text_of(sent)


def test_the_author_is_told_what_should_change_and_when_it_is_approved(world, draft, author, reviewer):
    ask(draft, author, reviewer)
    settle(world)
    with clock.at(NOON + timedelta(hours=1)):
        draft.request_changes("기한의 근거를 적어 주세요", by=reviewer)
    (back,) = settle(world, at=NOON + timedelta(hours=1))
    with clock.at(NOON + timedelta(hours=2)):
        draft.approve(by=reviewer)
    (approved,) = settle(world, at=NOON + timedelta(hours=2))

    assert to([back, approved]) == ["author@handrail.test"] * 2
    assert "기한의 근거를 적어 주세요" in text_of(back)
    assert [task.kind for task in tasks(world.viewer(author))] == ["approved"]


def test_what_is_reviewed_before_the_mail_leaves_needs_none(world, draft, author, reviewer):
    ask(draft, author, reviewer)
    with clock.at(NOON):
        world.settle()
        draft.approve(by=reviewer)

    assert to(settle(world)) == ["author@handrail.test"]


def test_a_fact_that_is_handed_on_twice_tells_once(world, draft, author, reviewer):
    ask(draft, author, reviewer)
    settle(world)

    with clock.at(NOON + LATER):
        tell_those_who_keep_it(Event.objects.get(verb="article.review_asked"))

    assert settle(world, at=NOON + LATER) == [] and Notice.objects.count() == 1


def test_who_wants_no_mail_of_it_gets_none_and_quiet_hours_are_kept(world, draft, author, reviewer):
    second = world.staff("second@handrail.test", "차도현", Role.REVIEWER)
    NoticeChoices.of([reviewer])[reviewer.pk].choose(ways={"review": ["app"]}, by=reviewer)
    NoticeChoices.of([second])[second.pk].choose(quiet_from=time(11), quiet_until=time(14), by=second)
    ask(draft, author)

    early, late = settle(world), settle(world, at=NOON + timedelta(hours=2, minutes=1))

    assert (to(early), to(late)) == ([], ["second@handrail.test"])
    assert Notice.objects.get(user=reviewer).is_shown


def test_who_writes_articles_chooses_it_and_reads_it_in_the_desk(world, draft, author, reviewer):
    ask(draft, author, reviewer)
    settle(world)
    client = signed_in(reviewer)

    page, listed = client.get("/desk/notices/choices"), client.get("/desk/notices")
    client.post("/desk/notices/choices", {"weekly-app": "on", "digest": "once", "contents": "hide"})

    assert 'name="review-mail"' in page.content.decode()
    assert 'name="assigned-mail"' not in page.content.decode(), "they read no conversations"
    assert path_of(Notice.objects.get()) in listed.content.decode()
    assert client.get("/desk/counts").json()["unread"]["notices"] == "1"
    assert NoticeChoices.objects.get(user=reviewer).ways["weekly"] == [], (
        "a week's gathering is a mail or nothing"
    )


def test_an_owner_is_told_a_week_before_and_on_the_day(world, draft, author):
    article = draft.article
    article.give_to(author, by=SYSTEM)
    article.check_again(on=date(2026, 3, 7), every_days=90, by=SYSTEM)
    settle(world, at=NOON - timedelta(hours=1))
    got = []
    for days in range(8):
        with clock.at(NOON + timedelta(days=days)):
            tell_owners.call()
        got.append(to(settle(world, at=NOON + timedelta(days=days))))

    assert got == [["author@handrail.test"], [], [], [], [], ["author@handrail.test"], [], []]
    told = [each.text for each in history(article) if each.verb == "article.check_due"]
    assert len(told) == len(set(told)) == 2


def test_what_is_checked_before_the_mail_leaves_needs_none(world, draft, author):
    article = draft.article
    article.give_to(author, by=SYSTEM)
    article.check_again(on=date(2026, 3, 2), every_days=90, by=SYSTEM)
    with clock.at(NOON):
        tell_owners.call()
        world.settle()
        article.confirm(by=author)

    assert settle(world) == []


def test_nobody_is_said_to_have_been_told_who_left(world, draft, author):
    article = draft.article
    article.give_to(author, by=SYSTEM)
    article.check_again(on=date(2026, 3, 2), by=SYSTEM)
    author.is_active = False
    author.save()

    with clock.at(NOON):
        assert tell_owners.call() == 0


def test_what_ended_an_earlier_review_and_is_heard_late_leaves_the_next_one(world, draft, author, reviewer):
    ask(draft, author, reviewer)
    with clock.at(NOON):
        draft.request_changes("날짜를 적어요", by=reviewer)
        ended = Event.objects.filter(verb="article.changes_asked").get()
        draft.ask_for_review(by=author, reviewer=reviewer)
        world.settle()
    notices = Notice.objects.filter(user=reviewer, kind="review", read_at=None)
    assert notices.count() == 1

    settle_what_is_done(ended)  # its job ran late
    assert notices.count() == 1

    with clock.at(NOON + timedelta(minutes=1)):
        draft.request_changes("아직이에요", by=reviewer)
        world.settle()
    assert notices.count() == 0
