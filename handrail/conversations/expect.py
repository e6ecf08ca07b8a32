"""When can a person be expected? Said in every place in the same way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.accounts.models import Team
from handrail.conversations.waiting import WaitRange, usual_wait
from handrail.core import clock
from handrail.workspace.hours_words import off_in_words, opening
from handrail.workspace.opening import DayOff
from handrail.workspace.zone_names import city, tell_alike

HOUR_MINUTES = 60  # past it, nights and weekends are in it, and it says nothing of the next few minutes


@dataclass(frozen=True)
class Expectation:
    """State of people: open now (until `closes_at`), or from `opens_at`; `wait` is how long people waited lately, if known.

    zone      where they are; "" for a team without hours
    days_off  from today until they are there on another day
    """

    is_open: bool
    opens_at: datetime | None
    closes_at: datetime | None
    wait: WaitRange | None
    zone: str = ""
    days_off: tuple[DayOff, ...] = ()

    def sentence(self, *, locale: str, zone: str, is_named: bool = False, is_kept: bool = False) -> str:
        """Whole sentence in the current language; times as in `opening`."""
        if self.is_open and (lately := self._lately()):
            return lately
        if self.is_open:
            return _("People are here now and will answer in turn.")
        if self.opens_at is None:
            return _("We will answer as soon as we can.")
        when = self.opening(at=clock.now(), locale=locale, zone=zone, is_named=is_named, is_kept=is_kept)
        back = _("People are back %(when)s and will answer then.") % {"when": when}
        return f"{back} {self.why_off(at=clock.now(), locale=locale)}".rstrip()

    def _lately(self) -> str:
        """How long people waited lately, as a sentence; "" where nothing short of an hour is known."""
        low, high = self.wait.minutes if self.wait else (0, 0)
        if not 0 < high < HOUR_MINUTES:
            return ""
        if low == high:
            return ngettext(
                "A person is here now. Lately it took about %(n)d minute until they answered.",
                "A person is here now. Lately it took about %(n)d minutes until they answered.",
                high,
            ) % {"n": high}
        return _(
            "A person is here now. Lately it usually took %(low)d to %(high)d minutes until they answered."
        ) % {"low": low, "high": high}

    def why_off(self, *, at: datetime, locale: str) -> str:
        """Why nobody is there on the days off ahead; "" where there are none."""
        return off_in_words(self.days_off, at=at, locale=locale, zone=self.zone) if self.days_off else ""

    def opening(
        self, *, at: datetime, locale: str, zone: str, is_named: bool = False, is_kept: bool = False
    ) -> str:
        """From when, in the reader's zone, said to be theirs where people are in another; "" where nobody knows.

        zone      the reader's; "" where nobody knows it: then told where people are, and named after their city
        is_named  names it wherever it isn't said to be the reader's, as in a mail, which is read anywhere
        is_kept   names it in any case, the reader's too: others read a stored line as well, wherever they are
        """
        if self.opens_at is None:
            return ""
        here = self.zone or zone or settings.TIME_ZONE
        when = opening(self.opens_at, at=at, locale=locale, zone=zone or here)
        is_elsewhere = bool(zone) and not tell_alike(zone, here, at=self.opens_at)
        if is_elsewhere and is_kept:
            named = {"when": when, "city": city(zone, locale=locale)}
            return _("%(when)s your time (%(city)s)") % named
        if is_elsewhere:
            return _("%(when)s your time") % {"when": when}
        if is_named or is_kept or not zone:
            return _("%(when)s %(city)s time") % {"when": when, "city": city(here, locale=locale)}
        return when


def expect(team: Team | None, *, channel: str) -> Expectation:
    """The state of a team's people now; always open where a team has no hours."""
    moment = clock.now()
    wait = usual_wait(channel=channel, team=team)
    if team is None or team.hours is None:
        return Expectation(True, moment, None, wait)
    times = team.hours.times()
    return Expectation(
        times.is_open(at=moment),
        times.next_opening(at=moment),
        times.closes_at(at=moment),
        wait,
        team.hours.zone,
        tuple(times.days_off(at=moment)),
    )
