"""The state of people at the end of the rail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from handrail.accounts.models import Team
from handrail.channels.models import Inbox
from handrail.conversations.expect import Expectation, expect
from handrail.conversations.waiting import WaitRange
from handrail.core import clock
from handrail.web.portal.people import hours_text, people_now, told
from handrail.workspace.hours_words import hours_in_full
from handrail.workspace.models import BusinessHours


def seoul(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+09:00").astimezone(UTC)


@pytest.fixture
def hours(world) -> BusinessHours:
    return world.hours


@pytest.mark.parametrize(
    ("moment", "korean", "english"),
    [
        ("2026-11-20T10:00", "지금 상담할 수 있어요", "A person is here now"),
        ("2026-11-20T12:30", "오늘 오후 1시에 돌아와요", "back today at 1 pm"),
        ("2026-11-19T20:00", "내일 오전 9시에 돌아와요", "back tomorrow at 9 am"),
        ("2026-11-20T20:00", "월요일 오전 9시에 돌아와요", "back on Monday at 9 am"),
        # Seollal with its substitute holiday.
        ("2027-02-05T19:00", "수요일 오전 9시에 돌아와요", "back on Wednesday at 9 am"),
    ],
)
def test_it_says_now_or_from_when_with_lunch_weekends_and_korean_holidays(world, moment, korean, english):
    with clock.at(seoul(moment)):
        with translation.override("ko"):
            assert people_now(world.team, locale="ko", zone="Asia/Seoul").text == korean
        with translation.override("en"):
            assert people_now(world.team, locale="en", zone="Asia/Seoul").text == english


def test_an_opening_a_week_off_or_more_is_a_date(world):
    world.hours.weekly = {"0": [["09:00", "18:00"]]}
    world.team.hours = world.hours
    with clock.at(seoul("2027-02-02T10:00")):  # the next Monday is a holiday
        with translation.override("ko"):
            assert (
                people_now(world.team, locale="ko", zone="Asia/Seoul").text == "2월 15일 오전 9시에 돌아와요"
            )
        with translation.override("en"):
            assert (
                people_now(world.team, locale="en", zone="Asia/Seoul").text == "back on 15 February at 9 am"
            )


@pytest.mark.parametrize(
    ("wait", "text"),
    [
        (WaitRange(timedelta(seconds=170), timedelta(seconds=180)), "지금 상담 가능 · 약 3분"),
        (WaitRange(timedelta(seconds=5), timedelta(seconds=9)), "지금 상담 가능 · 약 1분"),
        (None, "지금 상담할 수 있어요"),
        (
            WaitRange(timedelta(minutes=4), timedelta(hours=14)),
            "지금 상담할 수 있어요",
        ),  # somebody wrote at night
    ],
)
def test_a_known_wait_is_said_in_minutes_and_an_unknown_one_is_not_invented(wait, text):
    at = seoul("2026-11-20T10:00")
    with translation.override("ko"):
        assert told(Expectation(True, at, None, wait), at=at, locale="ko", zone="Asia/Seoul").text == text


def test_before_there_is_a_team_it_promises_only_an_answer(db):
    with translation.override("ko"):
        assert people_now(None, locale="ko").text == "글을 남기시면 메일로 답해 드려요"


def unbroken(text: str) -> str:
    """Where a line may not end: at "–" and at "_", a space."""
    return text.replace("–", "\u2060–\u2060").replace("_", "\u00a0")


def test_the_words_that_are_always_true_name_the_days_and_hours(hours):
    with translation.override("ko"):
        assert hours_text(hours, locale="ko") == unbroken("평일 오전_9시–오후_6시 (점심 12–1시)")
        hours.weekly = hours.weekly | {"5": [["10:00", "14:30"]]}
        said = unbroken("월–금_오전_9시–오후_6시 (점심 12–1시)_· 토_오전_10시–오후_2:30")
        assert hours_text(hours, locale="ko") == said
        assert hours_in_full(hours, locale="ko") == f"{said}\u00a0· 공휴일은 쉬어요"
        assert hours_text(None, locale="ko") == "글을 남기시면 메일로 답해 드려요"


def test_the_live_part_is_true_for_seconds_and_the_same_for_everybody(client, world):
    with clock.at(seoul("2026-11-20T10:00")):
        answer = client.get("/hc/ko/rail.json?zone=Asia/Seoul")

    assert answer.json() == {
        "state": "open",
        "text": "지금 상담할 수 있어요",
        "sentence": "지금 상담할 수 있어요. 차례대로 답해 드려요.",
    }
    assert answer.headers["X-Edge-Cache"].endswith("seconds=20")
    assert not answer.cookies


def test_teams_with_other_hours_are_named_and_equal_ones_said_once(client, world):
    later = BusinessHours.objects.create(name="later", weekly={"0": [["11:30", "20:00"]]}, holidays="")
    team = Team.objects.create(slug="orders", name_ko="주문배송팀", name_en="Orders", hours=world.hours)
    Inbox.objects.create(kind="mail", brand=world.brand, address="orders@handrail.test", name="o", team=team)
    once = client.get("/hc/en/requests/new").content.decode()
    team.hours = later
    team.save()
    world.brand.touch()
    each = client.get("/hc/en/requests/new").content.decode()

    assert unbroken("Mon–Fri_9_am–6_pm (lunch 12–1_pm)_· closed on public holidays") in once
    assert "<strong>Orders</strong>" not in once
    assert f"<strong>Orders</strong> <span>{unbroken('Mon_11:30_am–8_pm')}<zone-note" in each


def test_rail_and_sentence_speak_alike(world):
    with clock.at(seoul("2026-11-20T20:00")), translation.override("ko"):
        assert people_now(world.team, locale="ko", zone="Asia/Seoul").text == "월요일 오전 9시에 돌아와요"
        said = expect(world.team, channel="chat").sentence(locale="ko", zone="Asia/Seoul")
        assert said == "상담사는 월요일 오전 9시에 돌아와 답해 드려요."


def test_in_closed_hours_the_whole_sentence_says_when_and_what_happens_meanwhile(client, world):
    with clock.at(seoul("2026-11-20T20:00")):
        korean = client.get("/hc/ko/rail.json?zone=Asia/Seoul").json()["sentence"]
        english = client.get("/hc/en/rail.json?zone=Asia/Seoul").json()["sentence"]
        page = client.get("/hc/ko/requests/new").content.decode()

    assert korean == (
        "상담사는 월요일 오전 9시에 돌아와 답해 드려요. "
        "그때까지 새 채팅은 도움말에서 찾아 바로 답하고, 남긴 글은 상담사에게 그대로 전해져요."
    )
    assert english.startswith("People are back on Monday at 9 am and will answer then. Until then a new chat")
    assert 'class="rail-said" data-says="sentence"' in page
