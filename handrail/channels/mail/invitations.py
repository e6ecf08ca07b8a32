"""The events a mail brings as calendar data (iCalendar, RFC 5545), as far as they can be said. Nothing is fetched, and no rule
of repetition is ever worked out; what is larger or more intricate than people's invitations stays a file and nothing else.

Runs in the limited child; within the bounds below it takes a small part of what that may spend on a mail.
"""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from handrail.channels.mail import charsets, mailboxes
from handrail.channels.mail.mailboxes import Mailbox
from handrail.channels.mail.parsed import Invitation, Repeats
from handrail.channels.mail.parts import Part
from handrail.core.legible import legible

TYPES = {"text/calendar", "text/x-vcalendar", "application/ics"}
BYTES_MAX, LINES_MAX, COMPONENTS_MAX, DEPTH_MAX, LINE_CHARS_MAX = 262_144, 3_000, 200, 5, 20_000
PARTS_READ, SHOWN = 3, 5
TITLE_CHARS, WORDS_CHARS = 300, 5_000
YEARS = range(1970, 2200)
OFTEN = {"DAILY": "daily", "WEEKLY": "weekly", "MONTHLY": "monthly", "YEARLY": "yearly"}
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ANSWERS = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}
FOLD = re.compile(r"\r?\n[ \t]")
EDGE = re.compile(r"^(BEGIN|END):", re.IGNORECASE | re.MULTILINE)
ZONES = re.compile(r"^BEGIN:VTIMEZONE.*?^END:VTIMEZONE[^\n]*\n?", re.IGNORECASE | re.MULTILINE | re.DOTALL)
# A zone's clock changes some days of a year; rules of any other kind are there to be worked out for ever.
BUSY = re.compile(r"FREQ=(?!YEARLY)", re.IGNORECASE)
NAMED = re.compile(r"([A-Za-z_]{2,20}/[A-Za-z_\-]{2,30}(?:/[A-Za-z_\-]{2,30})?)$")
FIXED = re.compile(r"\((?:UTC|GMT)([+\-])(\d\d?):?([0-5]\d)\)")


def read(parts: list[Part]) -> tuple[tuple[Invitation, ...], str]:
    """The first few events of a mail's leaves, each once, and what the first one says in words, "" for nothing. Never raises."""
    found: dict[tuple[str, ...], Invitation] = {}
    described = ""
    for part in [part for part in parts if _is_calendar(part)][:PARTS_READ]:
        try:
            for key, invitation, words in _events(part):
                described = described or words
                found.setdefault(key, invitation)
        except Exception:  # noqa: S112  (whatever a stranger's file does to the library, it is a file then)
            continue
    return tuple(found.values())[:SHOWN], described


def _is_calendar(part: Part) -> bool:
    kind, parameters = part.content_type
    name = part.disposition[1].get("filename") or parameters.get("name") or ""
    return kind in TYPES or name.lower().endswith(".ics")


def _events(part: Part) -> list[tuple[tuple[str, ...], Invitation, str]]:
    # The body is still encoded here: nothing of this size is worth to be decoded.
    if len(part.body) > 2 * BYTES_MAX or len(part.data) > BYTES_MAX:
        return []
    text = charsets.decode(part.data, part.content_type[1].get("charset", "utf-8")).lstrip("\ufeff \t\r\n")
    text = ZONES.sub(lambda zone: "" if BUSY.search(zone[0]) else zone[0], FOLD.sub("", text))
    if not _is_bounded(text):
        return []
    from icalendar import Calendar, use_zoneinfo  # in the child, which reads mail, and in no other process

    use_zoneinfo()  # forgets the zones that another mail described
    found: list[tuple[tuple[str, ...], Invitation, str]] = []
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the library thinks of a stranger's file is no line of our log
        calendars = Calendar.from_ical(text, multiple=True)
    for calendar in calendars:
        method = str(calendar.get("METHOD") or part.content_type[1].get("method") or "").upper()
        for event in calendar.walk("VEVENT"):
            if made := _invitation(event, method):
                # An answer repeats what whoever invited wrote, which may be us: of that its title is enough.
                key = (_text(event, "UID") or made.title, made.start, made.kind)
                found.append((key, made, made.title if method == "REPLY" else _words(event)))
    return found


def _is_bounded(text: str) -> bool:
    lines = text.split("\n")
    if text[:15].upper() != "BEGIN:VCALENDAR" or len(lines) > LINES_MAX:
        return False
    depth, deepest, edges = 0, 0, EDGE.findall(text)
    for edge in edges:
        depth += 1 if edge.upper() == "BEGIN" else -1
        deepest = max(deepest, depth)
    is_flat = len(edges) <= 2 * COMPONENTS_MAX and deepest <= DEPTH_MAX and depth == 0
    return is_flat and max(map(len, lines)) <= LINE_CHARS_MAX


def _invitation(event: Any, method: str) -> Invitation | None:
    title, (start, zone) = legible(_text(event, "SUMMARY"))[:TITLE_CHARS], _moment(event, "DTSTART")
    if not (title or start):
        return None
    return Invitation(
        kind=_kind(event, method),
        title=title,
        start=start.isoformat() if start else "",
        end=_end(event, start),
        zone=zone,
        place=legible(_text(event, "LOCATION"))[:TITLE_CHARS],
        organiser=_organiser(event),
        repeats=_repeats(event),
    )


def _kind(event: Any, method: str) -> str:
    if method == "CANCEL" or _text(event, "STATUS").upper() == "CANCELLED":
        return "cancelled"
    if method == "REPLY":
        answer = _property(event, "ATTENDEE")
        return ANSWERS.get(str(getattr(answer, "params", {}).get("PARTSTAT", "")).upper(), "event")
    if method not in {"REQUEST", "ADD"}:
        return "event"
    sequence = _text(event, "SEQUENCE")
    return "update" if sequence.isdecimal() and int(sequence[:9]) > 0 else "invitation"


def _property(event: Any, name: str) -> Any:
    """The first of this name; None where there is none, and where the library could make nothing of it."""
    from icalendar import vBroken

    value = event.get(name)
    value = value[0] if isinstance(value, list) and value else value
    return None if isinstance(value, vBroken) else value


def _text(event: Any, name: str) -> str:
    value = _property(event, name)
    return "" if value is None else str(value)


def _words(event: Any) -> str:
    said = _text(event, "DESCRIPTION") or _text(event, "SUMMARY")
    return charsets.UNPRINTABLE.sub("", said.replace("\r\n", "\n"))[:WORDS_CHARS].strip()


def _moment(event: Any, name: str) -> tuple[date | None, str]:
    """A day or a moment, and the zone it is written in; no day where there is none that a calendar has."""
    held = _property(event, name)
    value = getattr(held, "dt", None)
    if not isinstance(value, date) or value.year not in YEARS:
        return None, ""
    if not isinstance(value, datetime):
        return value, ""
    if value.tzinfo is None:
        zone = _zone(str(held.params.get("TZID", "")))
        value = value.replace(tzinfo=zone) if zone else value
    key = str(getattr(value.tzinfo, "key", ""))
    return value, "" if key == "UTC" else key


def _zone(named: str) -> tzinfo | None:
    """The zone of a name that no table has, as other programs write them: a path to one, or with the distance in words."""
    if found := NAMED.search(named[:200]):
        try:
            return ZoneInfo(found[1])
        except (KeyError, ValueError, OSError):
            return None
    if found := FIXED.search(named[:200]):
        minutes = int(found[2]) * 60 + int(found[3])
        apart = timedelta(minutes=-minutes if found[1] == "-" else minutes)
        return timezone(apart) if minutes < 15 * 60 else None
    return None


def _end(event: Any, start: date | None) -> str:
    end, _zone_of_end = _moment(event, "DTEND")
    if start is None:
        return ""
    length = getattr(_property(event, "DURATION"), "dt", None) if end is None else None
    if isinstance(length, timedelta) and timedelta() < length < timedelta(days=3_660):
        end = start + length
    if end is None or isinstance(end, datetime) is not isinstance(start, datetime):
        return ""
    if not isinstance(end, datetime):
        # Calendars name the day after the last one.
        last = end - timedelta(days=1)
        return last.isoformat() if last > start else ""
    assert isinstance(start, datetime)
    is_alike = (end.utcoffset() is None) is (start.utcoffset() is None)
    return end.isoformat() if is_alike and end > start else ""


def _organiser(event: Any) -> Mailbox:
    value = _property(event, "ORGANIZER")
    address = re.sub(r"^mailto:", "", str(value or ""), flags=re.IGNORECASE)
    name = legible(str(getattr(value, "params", {}).get("CN", "")))[: mailboxes.NAME_CHARS_MAX]
    return Mailbox(mailboxes.normalise(address), name)


def _repeats(event: Any) -> Repeats | None:
    if "RRULE" not in event:
        return None
    rule = _property(event, "RRULE")
    if isinstance(event["RRULE"], list) or rule is None:
        return Repeats("other")
    often = OFTEN.get(str(_first(rule, "FREQ")).upper(), "other")
    every, count, until = _first(rule, "INTERVAL", 1), _first(rule, "COUNT", 0), _first(rule, "UNTIL", None)
    days = tuple(str(day).upper() for day in rule.get("BYDAY", []))
    if often == "other" or not (isinstance(every, int) and 1 <= every <= 999):
        return Repeats("other")
    is_plain = often == "weekly" and len(days) <= 7 and set(days) <= set(WEEKDAYS)
    others = {name for name in rule if str(name).startswith("BY")} - ({"BYDAY"} if is_plain else set())
    return Repeats(
        often=often,
        every=every,
        days=tuple(day for day in WEEKDAYS if day in days) if is_plain else (),
        is_by_rule=bool(others),
        count=count if isinstance(count, int) and 0 < count <= 9_999 else 0,
        until=(until.date() if isinstance(until, datetime) else until).isoformat()
        if isinstance(until, date) and until.year in YEARS
        else "",
    )


def _first(rule: Any, name: str, default: Any = "") -> Any:
    values = rule.get(name)
    if isinstance(values, list):
        return values[0] if values else default
    return default if values is None else values
