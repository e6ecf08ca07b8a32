"""The state of people at the end of the rail."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from handrail.core import clock
from handrail.web.portal.people import hours_text, people_now
from handrail.workspace.models import BusinessHours

WEEKDAYS = {str(day): [["09:00", "12:00"], ["13:00", "18:00"]] for day in range(5)}


def seoul(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+09:00").astimezone(UTC)


@pytest.fixture
def hours(db) -> BusinessHours:
    return BusinessHours.objects.create(name="care", weekly=WEEKDAYS)


@pytest.mark.parametrize(
    ("moment", "korean", "english"),
    [
        ("2026-11-20T10:00", "지금 상담할 수 있어요", "A person is here now"),
        ("2026-11-20T12:30", "오늘 오후 1시부터", "from 1 pm today"),
        ("2026-11-19T20:00", "내일 오전 9시부터", "from 9 am tomorrow"),
        ("2026-11-20T20:00", "월요일 오전 9시부터", "from 9 am on Monday"),
        # Seollal with its substitute holiday.
        ("2027-02-05T19:00", "수요일 오전 9시부터", "from 9 am on Wednesday"),
    ],
)
def test_it_says_now_or_from_when_with_lunch_weekends_and_korean_holidays(hours, moment, korean, english):
    at = seoul(moment)
    with translation.override("ko"):
        assert people_now(hours, at=at, locale="ko").text == korean
    with translation.override("en"):
        assert people_now(hours, at=at, locale="en").text == english


def test_an_opening_a_week_off_or_more_is_a_date(hours):
    hours.weekly = {"0": [["09:00", "18:00"]]}
    at = seoul("2027-02-02T10:00")  # the next Monday is a holiday
    with translation.override("ko"):
        assert people_now(hours, at=at, locale="ko").text == "2월 15일 오전 9시부터"
    with translation.override("en"):
        assert people_now(hours, at=at, locale="en").text == "from 9 am on 15 February"


def test_a_known_wait_is_said_in_minutes_and_an_unknown_one_is_not_invented(hours):
    at = seoul("2026-11-20T10:00")
    with translation.override("ko"):
        assert (
            people_now(hours, at=at, locale="ko", wait=timedelta(seconds=190)).text
            == "지금 상담 가능 · 약 3분"
        )
        assert (
            people_now(hours, at=at, locale="ko", wait=timedelta(seconds=5)).text == "지금 상담 가능 · 약 1분"
        )
        assert "분" not in people_now(hours, at=at, locale="ko").text


def test_the_words_that_are_always_true_name_the_days_and_hours(hours):
    with translation.override("ko"):
        assert hours_text(hours, locale="ko") == "평일 오전 9시–오후 6시"
        hours.weekly = WEEKDAYS | {"5": [["10:00", "14:30"]]}
        assert hours_text(hours, locale="ko") == "월–금 오전 9시–오후 6시 · 토 오전 10시–오후 2:30"
        assert hours_text(None, locale="ko") == "글을 남기시면 메일로 답해 드려요"


def test_the_live_part_is_never_kept(client, hours):
    with clock.at(seoul("2026-11-20T10:00")):
        answer = client.get("/hc/ko/rail.json")

    assert answer.json() == {"state": "open", "text": "지금 상담할 수 있어요"}
    assert "no-store" in answer["Cache-Control"]
