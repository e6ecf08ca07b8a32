"""The true state of people, for the end of the rail: open now, or from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from handrail.accounts.models import Team
from handrail.conversations.expect import HOUR_MINUTES, Expectation, expect
from handrail.conversations.waiting import WaitRange
from handrail.core import clock
from handrail.workspace.hours_words import hours_short
from handrail.workspace.models import BusinessHours


@dataclass(frozen=True)
class People:
    """state: "open" or "closed"; text: a few words for the rail; sentence: the same in full, and what happens meanwhile;
    opens_at: None when open or unknown."""

    state: str
    text: str
    sentence: str
    opens_at: datetime | None = None


def people_now(team: Team | None, *, locale: str, zone: str = "") -> People:
    """Whether somebody of the team is there now and the usual wait, else from when again.

    zone  the reader's; "" where nobody knows it
    """
    if team is None:
        return _no_hours()
    return told(expect(team, channel="chat"), at=clock.now(), locale=locale, zone=zone)


def told(expected: Expectation, *, at: datetime, locale: str, zone: str) -> People:
    """What is expected, short enough for the rail."""
    sentence = expected.sentence(locale=locale, zone=zone)
    if expected.is_open:
        # Told before it comes: who asks on Friday learns that Monday is a day off.
        ahead = f"{sentence} {expected.why_off(at=at, locale=locale)}".rstrip()
        return People("open", _now_text(expected.wait), ahead)
    if expected.opens_at is None:
        return _no_hours()
    when = expected.opening(at=at, locale=locale, zone=zone)
    meanwhile = _("Until then a new chat answers from our articles, and whatever you write is kept for them.")
    return People("closed", _("back %(when)s") % {"when": when}, f"{sentence} {meanwhile}", expected.opens_at)


def _no_hours() -> People:
    return People("closed", _("Leave a message; we answer by mail"), _("Leave a message; we answer by mail."))


def hours_text(hours: BusinessHours | None, *, locale: str) -> str:
    """When people are there, true whenever it is read: "Weekdays 9 am–6 pm"."""
    return (hours_short(hours, locale=locale) if hours else "") or _("Leave a message; we answer by mail")


def _now_text(wait: WaitRange | None) -> str:
    low, high = wait.minutes if wait else (0, 0)
    if not 0 < high < HOUR_MINUTES:
        return _("A person is here now")
    if low == high:
        return ngettext("A person now · about %(n)d min", "A person now · about %(n)d min", high) % {
            "n": high
        }
    return _("A person now · about %(low)d–%(high)d min") % {"low": low, "high": high}
