"""Time zones as people call them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import available_timezones

import pytest

from handrail.core import clock
from handrail.web.portal.zones import zones_offered
from handrail.workspace.zone_names import city, zone_name

WINTER, SUMMER = datetime(2026, 1, 15, tzinfo=UTC), datetime(2026, 7, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "korean", "english"),
    [
        ("Asia/Seoul", WINTER, "서울 (UTC+9)", "Seoul (UTC+9)"),
        ("America/New_York", WINTER, "뉴욕 (UTC−5)", "New York (UTC−5)"),
        ("America/New_York", SUMMER, "뉴욕 (UTC−4)", "New York (UTC−4)"),
        ("Asia/Kolkata", WINTER, "인도 (UTC+5:30)", "Kolkata (UTC+5:30)"),
        ("Europe/London", WINTER, "런던 (UTC)", "London (UTC)"),
        ("UTC", WINTER, "UTC", "UTC"),
        ("Etc/GMT+5", WINTER, "UTC−5", "UTC−5"),
        ("Etc/GMT-8", SUMMER, "UTC+8", "UTC+8"),
    ],
)
def test_a_zone_is_its_city_and_todays_offset_in_the_readers_language(zone, at, korean, english):
    with clock.at(at):
        assert zone_name(zone, locale="ko") == korean
        assert zone_name(zone, locale="en") == english


def test_every_zone_there_is_has_a_name():
    assert all(city(zone, locale=locale) for zone in available_timezones() for locale in ("ko", "en"))


def test_zones_to_choose_from_are_named_once_and_ones_own_is_among_them():
    offered = zones_offered("Asia/Kolkata", locale="ko")

    names = [name for _zone, name in offered]
    assert len(set(names)) == len(names)
    assert {("Asia/Kolkata", "인도 (UTC+5:30)"), ("Asia/Seoul", "서울 (UTC+9)")} <= set(offered)
