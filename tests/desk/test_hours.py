"""Hours to choose from say first how one calls them, and then the moment."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from handrail.core import clock
from handrail.web.desk.hours import mornings, snoozes

SEOUL = ZoneInfo("Asia/Seoul")


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (datetime(2026, 11, 30, 14, tzinfo=SEOUL), ["Tomorrow morning", "Wednesday morning"]),
        (datetime(2026, 12, 4, 7, tzinfo=SEOUL), ["This morning", "Monday morning"]),
        (datetime(2026, 12, 5, 12, tzinfo=SEOUL), ["Monday morning", "Tuesday morning"]),
    ],
)
def test_a_morning_is_called_as_one_says_it_before_its_moment(now, said):
    with clock.at(now), translation.override("en"):
        found = [each.words for each in mornings("Asia/Seoul", locale="en")]
    assert [each.partition(" · ")[0] for each in found] == said
    assert all(each.endswith("2026 9:00 am") for each in found)


def test_the_first_hour_to_snooze_until_is_in_three_hours():
    with clock.at(datetime(2026, 11, 30, 14, tzinfo=SEOUL)), translation.override("en"):
        assert snoozes("Asia/Seoul", locale="en")[0].words == "In three hours · Mon 30 Nov 2026 5:00 pm"
