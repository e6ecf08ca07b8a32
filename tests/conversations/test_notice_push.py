"""Pushes from our own server, against a push service that decrypts what it gets and checks whose it is."""

import json
from datetime import UTC, datetime, time, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from pytest_httpserver import HTTPServer
from werkzeug import Response

from handrail.accounts.models import Role
from handrail.channels.push.subscriptions import (
    BROWSERS_MOST,
    NoSubscription,
    PushSubscription,
    subscribe_browser,
)
from handrail.channels.push.wire import TTL_SECONDS, push
from handrail.conversations.notices.choices import NoticeChoices
from handrail.conversations.presence import look
from handrail.core import clock
from handrail.core.jobs.models import Job
from tests.push_service import Browser, b64


@pytest.fixture(scope="module")
def server():
    with HTTPServer(host="localhost") as running:
        yield running


@pytest.fixture
def browser(server, settings):
    server.clear()
    settings.FETCH_INTERNAL = [f"localhost:{server.port}"]
    return Browser(server)


@pytest.fixture
def two(world, browser):
    user = world.staff("two@handrail.test", "정해결", Role.AGENT)
    session = SessionStore()
    session.create()
    subscribe_browser(user, **browser.given, session=session.session_key, by=user)
    return user


def assign(world, two, subject="환불 <b>문의</b>"):
    conversation = world.conversation(subject=subject, text="카드 번호는 비밀이에요")
    world.settle()
    conversation.assign(to=two, by=world.agent)
    world.settle()
    return conversation


def test_an_assignment_arrives_encrypted_signed_and_without_a_word_of_anybody(world, two, browser):
    conversation = assign(world, two)
    (_headers, body) = browser.got[0]
    assert len(browser.got) == 1 and "환불".encode() not in body
    said = browser.read()
    assert said["title"] == f"#{conversation.number} 문의가 나에게 배정됐어요" and said["body"] == ""
    assert said["path"] == f"/desk/conversations/{conversation.number}" and said["lang"] == "ko"
    for word in ("환불", "비밀", "이서준", "김민지"):
        assert word not in json.dumps(said, ensure_ascii=False)


def test_who_chose_to_see_contents_sees_the_subject_as_text(world, two, browser):
    NoticeChoices.of([two])[two.pk].choose(by=two, hides_contents=False)
    assign(world, two)
    said = browser.read()
    assert "이서준" in said["title"] and said["body"] == "환불 <b>문의</b>"


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(world, two, browser, status):
    browser.answers = [Response(status=status)]
    assign(world, two)
    assert not PushSubscription.objects.exists() and not Job.objects.filter(state="dead").exists()


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_service_is_asked_again_later_and_shows_it_once(world, two, browser, status):
    browser.answers = [Response(status=status)]
    assign(world, two)
    assert Job.objects.get(task__endswith="push_one").state == "ready"
    with clock.at(clock.now() + timedelta(seconds=5)):
        world.settle()
    assert len(browser.got) == 2 and browser.read(0)["tag"] == browser.read(1)["tag"]
    assert browser.got[0][0]["Topic"] == browser.got[1][0]["Topic"]


def test_a_service_that_names_its_wait_is_left_alone_for_it(world, two, browser):
    browser.answers = [Response(status=429, headers={"Retry-After": "600"})]
    assign(world, two)
    with clock.at(clock.now() + timedelta(seconds=590)):
        world.settle()
    assert len(browser.got) == 1
    with clock.at(clock.now() + timedelta(seconds=610)):
        world.settle()
    assert len(browser.got) == 2


def test_what_is_too_old_is_not_pushed_any_more(world, two, browser):
    browser.answers = [Response(status=500)]
    assign(world, two)
    with clock.at(clock.now() + timedelta(seconds=TTL_SECONDS + 60)):
        world.settle()
    assert len(browser.got) == 1


def test_signed_out_nothing_is_pushed(world, two, browser):
    SessionStore(PushSubscription.objects.get().session).delete()
    assign(world, two)
    assert not browser.got and not PushSubscription.objects.exists()


def test_who_looks_at_it_gets_none(world, two, browser):
    conversation = world.conversation()
    look(conversation.pk, user=two)
    conversation.assign(to=two, by=world.agent)
    world.settle()
    assert not [said for said in map(browser.read, range(len(browser.got))) if "배정" in said["title"]]


def test_quiet_hours_gather_them_into_one(world, two, browser):
    NoticeChoices.of([two])[two.pk].choose(by=two, quiet_from=time(12), quiet_until=time(13))
    noon = datetime(2026, 3, 2, 3, 30, tzinfo=UTC)
    with clock.at(noon):
        for _ in range(3):
            assign(world, two)
    assert not browser.got
    with clock.at(noon + timedelta(minutes=30)):
        world.settle()
    assert [browser.read(at)["title"] for at in range(len(browser.got))] == ["알림 3개"]


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://127.0.0.1/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://localhost:1/x",
    ],
)
def test_an_endpoint_inside_our_network_is_never_reached(world, browser, endpoint):
    """Kept as it may look public today; refused when it is fetched."""
    given = browser.given | {"endpoint": endpoint}
    row = subscribe_browser(world.agent, **given, session="s", by=world.agent)
    assert push(row, b"{}", topic="x").outcome == "gone" and not browser.got


@pytest.mark.parametrize(
    "flaw",
    [
        {"endpoint": "http://push.example.com/x"},
        {"endpoint": "file:///etc/passwd"},
        {"endpoint": "https://" + "x" * 1000},
        {"endpoint": ""},
        {"p256dh": b64(b"\x04" + b"1" * 64)},
        {"p256dh": "!!"},
        {"auth": b64(b"short")},
    ],
)
def test_what_is_no_subscription_is_refused(world, browser, flaw):
    with pytest.raises(NoSubscription):
        subscribe_browser(world.agent, **(browser.given | flaw), session="s", by=world.agent)


def test_a_browser_belongs_to_who_is_signed_in_now_and_ten_are_kept(world, two, browser):
    subscribe_browser(world.agent, **browser.given, session="s", by=world.agent)
    assert [row.user_id for row in PushSubscription.objects.all()] == [world.agent.pk]
    for at in range(BROWSERS_MOST + 2):
        given = browser.given | {"endpoint": f"https://push.example.com/{at}"}
        subscribe_browser(world.agent, **given, session="s", by=world.agent)
    assert PushSubscription.objects.count() == BROWSERS_MOST
