"""Opening hours in the console, and what customers read of them at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import translation

from handrail.accounts.models import Role
from handrail.conversations.expect import expect
from handrail.core import clock
from handrail.core.actors import SYSTEM
from handrail.core.events.models import Event
from handrail.web.portal.people import people_now
from handrail.workspace.hours_words import hours_in_full, state_now
from handrail.workspace.models import BusinessHours
from tests.desk.conftest import signed_in

FRIDAY = datetime(2026, 11, 20, 1, tzinfo=UTC)  # 10:00 in Seoul
NIGHT = datetime(2026, 11, 20, 11, tzinfo=UTC)  # 20:00


@pytest.fixture
def admin(world) -> Client:
    return signed_in(world.staff("boss@handrail.test", "박운영", Role.ADMIN))


def week(**days: tuple[str, ...]) -> dict[str, object]:
    """d0=("09:00", "18:00", "12:00", "13:00"): from, until, and the breaks."""
    sent: dict[str, object] = {"name": "support", "zone": "Asia/Seoul", "holidays": "KR", "do": "save"}
    sent["open"] = [day[1:] for day in days]
    for day, (start, end, *breaks) in days.items():
        code = day[1:]
        sent |= {f"start-{code}": start, f"end-{code}": end}
        sent |= {f"break-start-{code}": breaks[::2], f"break-end-{code}": breaks[1::2]}
    return sent


def test_a_week_is_kept_as_spans_and_customers_read_it_at_once(world, admin, client):
    path = f"/console/hours/{world.hours.pk}"
    before = client.get("/hc/en").content.decode()

    sent = week(d0=("10:00", "19:00", "12:30", "13:30"), d5=("22:00", "00:00"))
    assert admin.post(path, sent).status_code == 302

    world.hours.refresh_from_db()
    assert world.hours.weekly == {"0": [["10:00", "12:30"], ["13:30", "19:00"]], "5": [["22:00", "24:00"]]}
    after = client.get("/hc/en").content.decode()
    assert "10" in after and after != before
    assert Event.objects.filter(verb="hours.changed").latest("pk").data == {"fields": ["weekly"]}
    stamp = world.brand.content_stamp
    world.brand.refresh_from_db()
    assert world.brand.content_stamp > stamp


def test_the_form_shows_what_is_kept_and_saving_it_changes_nothing(world, admin):
    world.hours.weekly = {"2": [["00:00", "08:00"], ["09:00", "10:00"], ["11:00", "24:00"]]}
    world.hours.save()
    html = admin.get(f"/console/hours/{world.hours.pk}").content.decode()

    assert html.count('name="break-start-2"') == 2
    admin.post(
        f"/console/hours/{world.hours.pk}", week(d2=("00:00", "00:00", "08:00", "09:00", "10:00", "11:00"))
    )
    assert not Event.objects.filter(verb="hours.changed").exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (week(d0=("", "18:00")), "월요일: 시작과 끝"),
        (week(d0=("09:00", "25:00")), "월요일: 시작과 끝"),
        (week(d0=("09:00", "18:00", "12:00", "")), "월요일: 시작과 끝"),
        (week(d1=("22:00", "02:00")), "화요일: 끝나는 시각"),
        (week(d2=("09:00", "18:00", "08:00", "10:00")), "수요일: 쉬는 시간"),
        (week(d2=("09:00", "18:00", "12:00", "14:00", "13:00", "15:00")), "수요일: 쉬는 시간"),
        (week() | {"name": ""}, "이름을 80자까지"),
        (week() | {"name": "later"}, "이미 있어요"),
        (week() | {"zone": "Mars/Olympus"}, "Asia/Seoul"),
        (week() | {"holidays": "XX"}, "공휴일"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(world, admin, sent, said):
    BusinessHours.make("later", weekly={}, zone="Asia/Seoul", holidays="", by=SYSTEM)
    before = dict(world.hours.weekly)

    answer = admin.post(f"/console/hours/{world.hours.pk}", sent)

    world.hours.refresh_from_db()
    assert answer.status_code == 422 and said in answer.content.decode()
    assert (world.hours.weekly, world.hours.name, world.hours.zone) == (before, "support", "Asia/Seoul")


def test_a_day_is_copied_to_the_other_open_days_and_a_break_gets_its_line_without_keeping(world, admin):
    path = f"/console/hours/{world.hours.pk}"
    sent = week(d0=("07:00", "11:00"), d3=("", "")) | {"do": "copy:0"}
    html = admin.post(path, sent).content.decode()
    assert 'name="start-3" value="07:00"' in html and 'name="start-1" value=""' in html
    html = admin.post(path, sent | {"do": "break:0"}).content.decode()
    assert html.count('name="break-start-0"') == 1

    world.hours.refresh_from_db()
    assert world.hours.weekly["0"][0] == ["09:00", "12:00"]


def test_the_preview_says_what_holds_for_what_is_typed(world, admin):
    path = f"/console/hours/{world.hours.pk}"
    with clock.at(FRIDAY):
        kept = admin.get(path).content.decode()
        typed = admin.post(path, week(d0=("09:00", "18:00")) | {"do": "show"}).content.decode()

    assert "지금 열려 있고, 오후 12시까지예요." in kept
    assert "지금은 쉬는 시간이고, 월요일 오전 9시에 다시 열어요." in typed


def test_new_hours_are_made_with_what_was_typed(world, admin):
    assert "09:00" in admin.get("/console/hours/new").content.decode()
    answer = admin.post(
        "/console/hours/new", week(d6=("10:00", "14:00")) | {"name": "일요일", "holidays": ""}
    )

    made = BusinessHours.objects.get(name="일요일")
    assert answer.url == f"/console/hours/{made.pk}"
    assert (made.weekly, made.holidays) == ({"6": [["10:00", "14:00"]]}, "")
    assert "아직 쓰는 팀이 없어요" in admin.get("/console/hours").content.decode()
    assert admin.post("/console/hours/new", week() | {"name": "일요일"}).status_code == 422


def test_a_closed_day_is_told_with_its_reason_before_and_while_it_is(world, admin):
    closing = {"first": "2026-11-23", "last": "", "reason_ko": "창립기념일", "reason_en": "Foundation day"}
    with clock.at(FRIDAY):
        assert admin.post(f"/console/hours/{world.hours.pk}/closures", closing).status_code == 302
        page = admin.get(f"/console/hours/{world.hours.pk}").content.decode()
        assert "월요일은 쉬어요: 창립기념일." in page and "2026. 11. 23.(월)" in page

    def said(moment: datetime, locale: str) -> str:
        with clock.at(moment), translation.override(locale):
            return people_now(world.team, locale=locale).sentence

    assert "월요일은 쉬어요: 창립기념일." in said(FRIDAY, "ko")
    assert (
        "People are back on Tuesday at 9 am Seoul time and will answer then. Closed on Monday: Foundation day."
        in said(NIGHT, "en")
    )
    monday = datetime(2026, 11, 23, 1, tzinfo=UTC)
    assert "Closed today: Foundation day." in said(monday, "en")
    assert "창립기념일" not in said(datetime(2026, 11, 19, 1, tzinfo=UTC), "ko"), "Friday comes first"
    with clock.at(NIGHT), translation.override("ko"):
        assert people_now(world.team, locale="ko").text == "화요일 오전 9시(서울 시각)에 돌아와요", (
            "the rail stays short"
        )


def test_holidays_are_named_too_and_several_days_for_one_reason_are_said_once(world):
    with clock.at(datetime(2027, 2, 5, 11, tzinfo=UTC)), translation.override("ko"):
        said = expect(world.team, channel="chat").sentence(locale="ko", zone="Asia/Seoul")
        assert "월요일은 쉬어요: 설날 다음날. 화요일은 쉬어요: 설날 대체 휴일." in said
    for day in range(23, 28):
        world.hours.close_on(date(2026, 11, day), reason_ko="겨울 휴가", reason_en="Winter break", by=SYSTEM)
    with clock.at(NIGHT), translation.override("en"):
        said = expect(world.team, channel="chat").sentence(locale="en", zone="Asia/Seoul")
        assert "Closed Monday to 27 November: Winter break." in said


def test_a_closed_day_is_taken_back(world, admin):
    world.hours.close_on(date(2026, 11, 23), reason_ko="쉼", reason_en="Off", by=SYSTEM)

    for _twice in range(2):
        admin.post(f"/console/hours/{world.hours.pk}/closures/opened", {"day": "2026-11-23"})

    assert not world.hours.closures.exists()
    assert Event.objects.filter(verb="hours.opened").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"first": ""},
        {"first": "2026-02-30"},
        {"first": "2026-11-19"},
        {"last": "2026-11-20"},
        {"last": "2027-11-20"},
        {"first": "2041-01-01"},
        {"reason_en": ""},
        {"reason_ko": "가" * 121},
    ],
)
def test_a_closed_day_that_cannot_be_is_refused_and_what_was_typed_stays(world, admin, wrong):
    closing = {"first": "2026-11-23", "last": "", "reason_ko": "창립기념일", "reason_en": "Foundation day"}
    with clock.at(FRIDAY):
        answer = admin.post(f"/console/hours/{world.hours.pk}/closures", closing | wrong)

    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert "reason_ko" in wrong or 'value="창립기념일"' in answer.content.decode()
    assert not world.hours.closures.exists()


def test_midnight_is_said_as_a_word(world):
    world.hours.weekly = {"4": [["10:00", "24:00"]]}
    with translation.override("en"):
        assert hours_in_full(world.hours, locale="en").startswith("Fri\u00a010\u00a0am\u2060–\u2060midnight")
        assert state_now(world.hours.times(), at=FRIDAY, locale="en") == "Open now, until midnight."


def test_hours_without_a_day_say_so(world):
    world.hours.weekly = {}
    with translation.override("en"):
        said = state_now(world.hours.times(), at=FRIDAY, locale="en")
    assert said == "Closed now, and for the next 60 days."
