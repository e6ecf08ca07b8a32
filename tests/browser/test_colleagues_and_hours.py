"""An administrator adds a colleague and sets the hours in a browser, with scripts and without."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from handrail.accounts.models import Role, User
from handrail.core import clock
from tests.browser.access import assert_accessible
from tests.browser.conftest import LAPTOP, PHONE


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_a_colleague_is_added_and_has_left_again(office, sit_down, size):
    boss = office.staff("boss@handrail.test", "박운영", Role.ADMIN)
    page = sit_down("/console/colleagues", user=boss, size=size)
    assert_accessible(page)
    page.get_by_label("이름").fill("정하늘")
    page.get_by_label("메일 주소").fill("sky@handrail.test")
    page.get_by_label("역할", exact=True).select_option("manager")
    page.get_by_label("고객지원팀").check()
    page.get_by_role("button", name="추가하고 링크 보내기").click()
    expect(page.locator(".said")).to_contain_text("sky@handrail.test")
    page.get_by_role("link", name="정하늘").click()
    expect(page.get_by_label("고객지원팀")).to_be_checked()
    assert_accessible(page)
    page.get_by_role("button", name="퇴사 처리").click()
    expect(page.get_by_text("닫힌 계정이라")).to_be_visible()
    assert not User.objects.get(email="sky@handrail.test").is_active


@pytest.mark.parametrize(("size", "scripts"), [(LAPTOP, True), (PHONE, False)])
def test_the_week_is_set_and_a_day_is_closed(office, sit_down, size, scripts):
    boss = office.staff("boss@handrail.test", "박운영", Role.ADMIN)
    page = sit_down(f"/console/hours/{office.hours.pk}", user=boss, size=size, scripts=scripts)
    expect(page.get_by_label("토요일 시작", exact=True)).to_be_hidden()
    page.get_by_label("토요일", exact=True).check()
    page.get_by_label("월요일 끝", exact=True).fill("17:30")
    page.get_by_role("button", name="다른 여는 날에도 · 월요일").click()
    expect(page.get_by_label("토요일 끝", exact=True)).to_have_value("17:30")
    expect(page.get_by_label("토요일 쉬는 시간 1 시작")).to_have_value("12:00")
    page.get_by_role("button", name="저장").click()
    expect(page.locator(".said")).to_be_visible()
    day = clock.now().date() + timedelta(days=3)
    page.get_by_label("날짜").fill(day.isoformat())
    page.get_by_label("한국어 이유").fill("창립기념일")
    page.get_by_label("영어 이유").fill("Foundation day")
    page.get_by_role("button", name="휴무일로 정하기").click()
    expect(page.get_by_role("button", name="휴무 취소")).to_be_visible()
    office.hours.refresh_from_db()
    assert office.hours.weekly["5"] == [["09:00", "12:00"], ["13:00", "17:30"]]
    assert office.hours.closures.get().day == day
    if scripts:
        assert_accessible(page)
