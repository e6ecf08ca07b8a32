"""When each past conversation began: on a day people were there, and never in the future."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from demo.data import days_before, in_seoul, number_of
from handrail.accounts.models import Team

FIRST_HOUR, HOURS = 9, 7  # conversations with people begin between nine and four


class Diary:
    """Moments counted back from the one the demo is made at."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.times = {
            team.slug: team.hours.times() for team in Team.objects.select_related("hours") if team.hours
        }

    def start_of(self, said: dict[str, Any]) -> datetime:
        """The moment of the first word, aware.

        Under a day ago it is exact; older ones that people took part in began in office hours of an open day.
        """
        days = said["started_days_ago"]
        start = days_before(self.now, days)
        lasts = timedelta(minutes=said["messages"][-1]["minutes_after"] + 10)
        if days >= 1 and any(one["from"] == "agent" for one in said["messages"]):
            chance = number_of(said["key"])
            start = in_seoul(start, hour=FIRST_HOUR + chance % HOURS, minute=chance % 60)
            while start + lasts > self.now or not self.times[said["team"]].is_open(at=start):
                start -= (
                    timedelta(days=1) if self._is_closed_all_day(said["team"], start) else timedelta(hours=1)
                )
        return min(start, self.now - lasts)

    def before_now(self, moment: datetime) -> datetime:
        return min(moment, self.now - timedelta(minutes=5))

    def _is_closed_all_day(self, team: str, moment: datetime) -> bool:
        return not self.times[team].spans_on(moment.date())
